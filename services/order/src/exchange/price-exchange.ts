import { basisPointsOf } from '@souk/kernel/money'
import type { DraftLine } from '../draft/draft.ts'
import { type Price, priceWith } from '../pricing/price-order.ts'
import { type Piece, type Priced, paidPerLine } from '../return/return.ts'
import type { TaxRules } from '../tax/tax.ts'

/** A variant as product quotes it today. */
export type TodaysVariant = Omit<DraftLine, 'quantity' | 'unitPriceMinor' | 'pricedBy'> & {
  unitPriceMinor: number
}
/** `todayMinor`: what the piece that comes back costs today; nothing when it is not sold any more. */
export type ExchangedPiece = Piece & { wanted: TodaysVariant; todayMinor: number | null }
type Origin = Omit<Priced, 'lines'> & {
  lines: readonly (Priced['lines'][number] & { unitPriceMinor: number })[]
}

/**
 * What the goods cost that are sent instead. A variant that costs what the returned one cost, when it was bought
 * or today, costs exactly what was paid; a cheaper one its price of today, but never more than was paid; a dearer
 * one its price of today. Nothing is charged for sending it.
 */
export function priceExchange(
  order: Origin,
  pieces: readonly ExchangedPiece[],
  options: { id: string; name: string; tax: TaxRules; actor: string },
): { lines: DraftLine[]; price: Price } {
  const skus = [...new Set(pieces.map(({ wanted }) => wanted.sku))]
  const charged = skus.flatMap((sku) => {
    const same = pieces.filter((piece) => piece.wanted.sku === sku)
    const [first] = same
    if (!first) return []
    const quantity = same.reduce((sum, piece) => sum + piece.quantity, 0)
    return [{ ...first.wanted, quantity, netMinor: chargeTogether(order, same, options.tax) }]
  })
  const lines = charged.map(({ netMinor, ...line }): DraftLine => {
    const unitPriceMinor = Math.ceil(netMinor / line.quantity)
    return {
      ...line,
      unitPriceMinor,
      pricedBy: unitPriceMinor === line.unitPriceMinor ? null : options.actor,
    }
  })
  const roundingMinor = lines.map(
    (line, index) => line.unitPriceMinor * line.quantity - (charged[index]?.netMinor ?? 0),
  )
  const price = priceWith(
    { lines, shippingMinor: 0, tax: options.tax },
    roundingMinor.some((minor) => minor > 0)
      ? [
          {
            promotion: { id: options.id, code: null, name: options.name },
            byLineMinor: roundingMinor,
            shippingMinor: 0,
          },
        ]
      : [],
  )
  return { lines, price }
}

/** What was paid for so many pieces of a line, at the least: whenever they come back, `paidForGoods` gives no less. */
export function paidAtLeast(order: Priced, { sku, quantity }: Piece): number {
  const index = order.lines.findIndex((line) => line.sku === sku)
  const line = order.lines[index]
  if (!line) return 0
  return Number((BigInt(paidPerLine(order)[index] ?? 0) * BigInt(quantity)) / BigInt(line.quantity))
}

/** For all pieces that are exchanged for one variant: what stands on its line, with or without tax as prices are shown. */
function chargeTogether(order: Origin, pieces: readonly ExchangedPiece[], tax: TaxRules): number {
  const rate = tax.rates[pieces[0]?.wanted.taxClass ?? ''] ?? 0
  const paid = pieces.map((piece) => netOf(paidAtLeast(order, piece), rate, tax))
  const netMinor = pieces.reduce((sum, piece, index) => sum + chargeFor(order, piece, paid[index] ?? 0), 0)
  if (pieces.some((piece) => isDearer(order, piece))) return netMinor
  // Tax is rounded on the whole line, which could make a cent more than the pieces alone.
  const paidMinor = pieces.reduce((sum, piece) => sum + paidAtLeast(order, piece), 0)
  return Math.min(netMinor, netOf(paidMinor, rate, tax))
}

function chargeFor(order: Origin, piece: ExchangedPiece, paidMinor: number): number {
  const todayMinor = piece.wanted.unitPriceMinor * piece.quantity
  if (isEven(order, piece)) return paidMinor
  return isDearer(order, piece) ? todayMinor : Math.min(todayMinor, paidMinor)
}

function isEven(order: Origin, piece: ExchangedPiece): boolean {
  const { wanted, sku, todayMinor } = piece
  return (
    wanted.sku === sku ||
    wanted.unitPriceMinor === todayMinor ||
    wanted.unitPriceMinor === acceptedFor(order, sku)
  )
}

function isDearer(order: Origin, piece: ExchangedPiece): boolean {
  const accepted = Math.max(acceptedFor(order, piece.sku), piece.todayMinor ?? 0)
  return !isEven(order, piece) && piece.wanted.unitPriceMinor > accepted
}

function acceptedFor(order: Origin, sku: string): number {
  return order.lines.find((line) => line.sku === sku)?.unitPriceMinor ?? 0
}

/** The largest amount that with its tax is not more than this. */
function netOf(grossMinor: number, rateBasisPoints: number, tax: TaxRules): number {
  if (tax.pricesIncludeTax) return grossMinor
  const withTax = (netMinor: number) => netMinor + basisPointsOf(netMinor, rateBasisPoints)
  let netMinor = Math.ceil((grossMinor * 10_000) / (10_000 + rateBasisPoints)) + 1
  while (netMinor > 0 && withTax(netMinor) > grossMinor) netMinor -= 1
  return netMinor
}
