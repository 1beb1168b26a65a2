import { DocumentSnapshot } from '@souk/invoice/snapshot'
import { Id } from '@souk/kernel/id'
import { Money } from '@souk/kernel/money'
import { z } from 'zod'

export const OrderDocument = z.object({
  id: Id,
  kind: DocumentSnapshot.shape.kind,
  number: z.string(),
  /** The invoice that a credit note takes back. */
  invoiceNumber: z.string().nullable(),
  total: Money,
  issuedAt: z.string(),
})
export type OrderDocument = z.infer<typeof OrderDocument>
export const OrderDocumentList = z.object({ items: z.array(OrderDocument) })
export type OrderDocumentList = z.infer<typeof OrderDocumentList>

export const PdfFile = z.object({ fileName: z.string(), base64: z.string() })
export type PdfFile = z.infer<typeof PdfFile>
