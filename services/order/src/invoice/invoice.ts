import type { DocumentSnapshot, TaxLine } from '@souk/invoice/snapshot'
import { allocate } from '@souk/kernel/money'
import type { Order, OrderLine } from '../order/order.ts'

export type DocumentHead = Pick<DocumentSnapshot, 'id' | 'number' | 'issuedAt' | 'seller'>
type BilledLine = Pick<
  OrderLine,
  | 'sku'
  | 'name'
  | 'optionsLabel'
  | 'quantity'
  | 'unitPriceMinor'
  | 'totalMinor'
  | 'discountMinor'
  | 'taxMinor'
  | 'taxBasisPoints'
>
/** What an invoice lists; an order, or what a change added to one. */
export type Billed = Pick<
  Order,
  'subtotalMinor' | 'discountMinor' | 'shippingMinor' | 'taxMinor' | 'totalMinor' | 'shippingTaxBasisPoints'
> &
  Partial<Pick<Order, 'pricesIncludeTax'>> & { lines: readonly BilledLine[] }

export function invoiceOf(order: Order, billed: Billed, head: DocumentHead): DocumentSnapshot {
  return {
    ...head,
    kind: 'invoice',
    orderNumber: order.number,
    orderedAt: (order.placedAt ?? order.createdAt).toISOString(),
    invoiceNumber: null,
    buyer: buyerOf(order),
    currency: order.currency,
    lines: billed.lines.map((line) => ({
      name: line.name,
      detail: [line.optionsLabel, line.sku].filter((part) => part !== '').join(', '),
      quantity: line.quantity,
      unitPriceMinor: line.unitPriceMinor,
      totalMinor: line.totalMinor,
    })),
    subtotalMinor: billed.subtotalMinor,
    discountMinor: billed.discountMinor,
    shippingMinor: billed.shippingMinor,
    totalMinor: billed.totalMinor,
    taxMinor: billed.taxMinor,
    taxes: taxesOf(billed),
  }
}

type TaxPart = { rateBasisPoints: number | null; grossMinor: number; taxMinor: number }

/** What was paid at each rate, highest first. What no line accounts for is shipping. */
export function taxesOf(billed: Billed): TaxLine[] {
  const goods = billed.lines.map((line) => ({
    rateBasisPoints: line.taxBasisPoints,
    grossMinor:
      line.totalMinor - line.discountMinor + (billed.pricesIncludeTax === false ? line.taxMinor : 0),
    taxMinor: line.taxMinor,
  }))
  const shipping = {
    rateBasisPoints: billed.shippingTaxBasisPoints,
    grossMinor: billed.totalMinor - sum(goods, ({ grossMinor }) => grossMinor),
    taxMinor: billed.taxMinor - sum(goods, ({ taxMinor }) => taxMinor),
  }
  const byRate = new Map<number | null, TaxPart>()
  for (const part of [...goods, shipping]) {
    const known = byRate.get(part.rateBasisPoints)
    byRate.set(part.rateBasisPoints, {
      rateBasisPoints: part.rateBasisPoints,
      grossMinor: (known?.grossMinor ?? 0) + part.grossMinor,
      taxMinor: (known?.taxMinor ?? 0) + part.taxMinor,
    })
  }
  return [...byRate.values()]
    .filter(({ grossMinor }) => grossMinor !== 0)
    .sort((a, b) => (b.rateBasisPoints ?? -1) - (a.rateBasisPoints ?? -1))
    .map((part) => ({ ...part, netMinor: part.grossMinor - part.taxMinor }))
}

/** How much of an invoice its credit notes have not taken back yet. */
export function creditableMinor(invoice: DocumentSnapshot, credits: readonly DocumentSnapshot[]): number {
  return invoice.totalMinor - sum(credits, ({ totalMinor }) => totalMinor)
}

/**
 * Takes back a part of an invoice. The part is spread over what is left at each rate, so that the credit
 * notes of an invoice that is taken back whole add up to its own tax lines, to the cent.
 */
export function creditOf(
  invoice: DocumentSnapshot,
  earlier: readonly DocumentSnapshot[],
  amountMinor: number,
  head: DocumentHead,
): DocumentSnapshot {
  const left = leftAtEachRate(invoice, earlier)
  const shares = allocate(
    amountMinor,
    left.map(({ grossMinor }) => grossMinor),
  )
  const taxes = left.flatMap((part, index) => {
    const grossMinor = shares[index] ?? 0
    if (grossMinor === 0) return []
    const taxMinor = share(part.taxMinor, grossMinor, part.grossMinor)
    return [{ rateBasisPoints: part.rateBasisPoints, grossMinor, taxMinor, netMinor: grossMinor - taxMinor }]
  })
  const isWhole = amountMinor === invoice.totalMinor
  const part = {
    name: `Part of invoice ${invoice.number}`,
    detail: `Order ${invoice.orderNumber}`,
    quantity: 1,
    unitPriceMinor: amountMinor,
    totalMinor: amountMinor,
  }
  return {
    ...invoice,
    ...head,
    kind: 'credit_note',
    invoiceNumber: invoice.number,
    ...(isWhole ? {} : { lines: [part], subtotalMinor: amountMinor, discountMinor: 0, shippingMinor: 0 }),
    totalMinor: amountMinor,
    taxMinor: sum(taxes, ({ taxMinor }) => taxMinor),
    taxes,
  }
}

function leftAtEachRate(invoice: DocumentSnapshot, earlier: readonly DocumentSnapshot[]): TaxPart[] {
  return invoice.taxes.map(({ rateBasisPoints, grossMinor, taxMinor }) => {
    const taken = earlier.flatMap(({ taxes }) =>
      taxes.filter((tax) => tax.rateBasisPoints === rateBasisPoints),
    )
    return {
      rateBasisPoints,
      grossMinor: grossMinor - sum(taken, (tax) => tax.grossMinor),
      taxMinor: taxMinor - sum(taken, (tax) => tax.taxMinor),
    }
  })
}

/** `whole * part / of`, half up, without floating point. */
function share(whole: number, part: number, of: number): number {
  if (of === 0) return 0
  return Number((BigInt(whole) * BigInt(part) * 2n + BigInt(of)) / (2n * BigInt(of)))
}

function buyerOf({ shippingAddress: address, email }: Order): DocumentSnapshot['buyer'] {
  const place = `${address.postalCode} ${address.city}`
  const lines = [address.line1, address.line2, place, address.region, countryName(address.country)]
  return { name: address.name, lines: lines.filter((line) => line !== undefined), email }
}

const countries = new Intl.DisplayNames('en', { type: 'region', fallback: 'code' })

function countryName(code: string): string {
  return countries.of(code) ?? code
}

function sum<Item>(items: readonly Item[], value: (item: Item) => number): number {
  return items.reduce((total, item) => total + value(item), 0)
}
