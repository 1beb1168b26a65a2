import { Currency } from '@souk/kernel/money'
import { z } from 'zod'

const minor = z.int()
const text = z.string().max(400)
const Party = z.object({ name: text, lines: z.array(text).max(12), email: text.nullable() })

const DocumentLine = z.object({
  name: text,
  detail: text,
  quantity: z.int(),
  unitPriceMinor: minor,
  totalMinor: minor,
})

/** One rate's part of a document. `rateBasisPoints` is unknown for orders from before rates were kept. */
export const TaxLine = z.object({
  rateBasisPoints: z.int().nullable(),
  netMinor: minor,
  taxMinor: minor,
  grossMinor: minor,
})
export type TaxLine = z.infer<typeof TaxLine>

export const documentKinds = ['invoice', 'credit_note'] as const

/** Everything an invoice or a credit note says, as it was on the day it was issued. Nothing is looked up later. */
export const DocumentSnapshot = z.object({
  id: z.string(),
  kind: z.enum(documentKinds),
  number: z.string(),
  issuedAt: z.string(),
  orderNumber: z.string(),
  orderedAt: z.string(),
  /** The invoice that a credit note takes back, in whole or in part. */
  invoiceNumber: z.string().nullable(),
  seller: Party.extend({ taxId: text.nullable() }),
  buyer: Party,
  currency: Currency,
  lines: z.array(DocumentLine).max(200),
  subtotalMinor: minor,
  discountMinor: minor,
  shippingMinor: minor,
  totalMinor: minor,
  taxMinor: minor,
  taxes: z.array(TaxLine).max(20),
})
export type DocumentSnapshot = z.infer<typeof DocumentSnapshot>

/** `INV-2026-000001.pdf`: made of our own numbers alone, so it is safe in a header and on any disk. */
export function fileNameOf({ number }: Pick<DocumentSnapshot, 'number'>): string {
  return `${number.replace(/[^A-Za-z0-9-]/g, '')}.pdf`
}
