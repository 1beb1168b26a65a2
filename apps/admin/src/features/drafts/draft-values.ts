import type { Draft } from '@souk/order/contract'
import { SaveDraft } from '@souk/order/contract'
import type { z } from 'zod'
import { amountText, parseAmount } from '../../money-text.ts'

export type LineValues = {
  sku: string
  name: string
  optionsLabel: string
  quantity: string
  unitPrice: string
}
export type DraftValues = {
  email: string
  name: string
  line1: string
  line2: string
  postalCode: string
  city: string
  country: string
  shippingMethod: string
  lines: LineValues[]
  discount: string
  note: string
  validDays: string
}

export const emptyDraft: DraftValues = {
  email: '',
  name: '',
  line1: '',
  line2: '',
  postalCode: '',
  city: '',
  country: 'DE',
  shippingMethod: '',
  lines: [],
  discount: '',
  note: '',
  validDays: '14',
}

export function valuesOf(draft: Draft): DraftValues {
  const address = draft.shippingAddress
  return {
    email: draft.email,
    name: address.name,
    line1: address.line1,
    line2: address.line2 ?? '',
    postalCode: address.postalCode,
    city: address.city,
    country: address.country,
    shippingMethod: draft.shippingMethod.code,
    lines: draft.lines.map((line) => ({
      sku: line.sku,
      name: line.name,
      optionsLabel: line.optionsLabel,
      quantity: String(line.quantity),
      unitPrice: amountText(line.unitPrice.amount),
    })),
    discount: draft.totals.discount.amount > 0 ? amountText(draft.totals.discount.amount) : '',
    note: draft.note ?? '',
    validDays: '14',
  }
}

type Read =
  | { status: 'ok'; input: z.input<typeof SaveDraft> }
  /** By the path of the field in the command, such as `lines.0.quantity`. */
  | { status: 'wrong'; errors: ReadonlyMap<string, string> }

/** What was typed as the command to save it, or which fields to look at. */
export function readValues(values: DraftValues, draft: { id: string; version: number }): Read {
  const amount = (text: string) => ({ amount: parseAmount(text) ?? Number.NaN, currency: 'EUR' as const })
  const input = {
    id: draft.id,
    version: draft.version,
    email: values.email,
    shippingAddress: {
      name: values.name,
      line1: values.line1,
      ...(values.line2.trim() === '' ? {} : { line2: values.line2 }),
      postalCode: values.postalCode,
      city: values.city,
      country: values.country.trim().toUpperCase(),
    },
    ...(values.shippingMethod === '' ? {} : { shippingMethod: values.shippingMethod }),
    lines: values.lines.map((line) => ({
      sku: line.sku,
      quantity: Number(line.quantity),
      ...(line.unitPrice.trim() === '' ? {} : { unitPrice: amount(line.unitPrice) }),
    })),
    ...(values.discount.trim() === '' ? {} : { discount: amount(values.discount) }),
    ...(values.note.trim() === '' ? {} : { note: values.note }),
    validDays: Number(values.validDays),
  }
  const parsed = SaveDraft.safeParse(input)
  if (parsed.success) return { status: 'ok', input }
  const errors = new Map<string, string>()
  for (const { path } of parsed.error.issues) {
    const field = path.filter((part) => part !== 'amount').join('.')
    if (!errors.has(field)) errors.set(field, sentenceFor(field))
  }
  return { status: 'wrong', errors }
}

function sentenceFor(field: string): string {
  if (field === 'lines') return 'Add at least one product.'
  if (/^lines\.\d+\.quantity$/.test(field)) return 'A whole number from 1 to 999.'
  if (/unitPrice$|^discount$/.test(field)) return 'Type an amount such as 12.50.'
  if (field === 'email') return 'Enter an e-mail address such as name@example.com.'
  if (field === 'validDays') return 'From 1 to 90 days.'
  if (field === 'shippingAddress.country') return 'Two letters, such as DE.'
  return 'Fill in this field.'
}
