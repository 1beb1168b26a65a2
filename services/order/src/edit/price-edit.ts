import { AppError } from '@souk/kernel/errors'
import { allocate } from '@souk/kernel/money'
import type { RemovedPiece } from '../contract.ts'
import type { Order, OrderLine } from '../order/order.ts'
import { type FixedDiscount, type Price, priceWith } from '../pricing/price-order.ts'
import { shippingTaxClass } from '../tax/tax.ts'

export type Remaining = readonly { sku: string; quantity: number }[]
export type Edited = { order: Order; removed: RemovedPiece[]; loweredMinor: number }

/**
 * The order with only these pieces: its lines and totals as they become, and what that takes off the total. When
 * something else is added at the same time, nothing need be taken out, and nothing need stay.
 */
export function edit(order: Order, remaining: Remaining, { isAdding } = { isAdding: false }): Edited {
  assertCanEdit(order)
  const kept = keptLines(order, remaining)
  const removed = removedFrom(order, kept)
  if (!isAdding && kept.length === 0)
    throw badInput('items', 'Something has to stay. Cancel the order instead.')
  if (!isAdding && removed.length === 0) throw badInput('items', 'This is the order as it stands.')
  if (removed.length === 0) return { order, removed, loweredMinor: 0 }
  return takeOut(order, kept, removed)
}

/** The order without all other pieces, whatever of it has left. */
export function onlyWith(order: Order, remaining: Remaining): Edited {
  assertTaxWasKept(order)
  const kept = keptLines(order, remaining)
  return takeOut(order, kept, removedFrom(order, kept))
}

/** What that would cost. Orders from before tax was kept for each line are worth what they were. */
export function worthOnlyWith(order: Order, remaining: Remaining): number {
  if (isFromBeforeTaxWasKept(order)) return order.totalMinor
  return priceKept(order, keptLines(order, remaining)).totalMinor
}

function takeOut(order: Order, kept: readonly OrderLine[], removed: RemovedPiece[]): Edited {
  const { lines: priced, ...price } = priceKept(order, kept)
  const lines = kept.map((line, index) => withPrice(line, priced[index]))
  const loweredMinor = order.totalMinor - price.totalMinor
  if (kept.length > 0) {
    if (price.totalMinor === 0 && loweredMinor > 0)
      throw invalidState('What is left would cost nothing. Cancel the order instead.', order)
    assertMoneyCanGoBack(order, price.totalMinor, loweredMinor)
  }
  return {
    order: {
      ...order,
      lines,
      // What takes the place of everything takes over the shipping too.
      shippingMinor: price.shippingMinor,
      subtotalMinor: price.subtotalMinor,
      discountMinor: price.discountMinor,
      taxMinor: price.taxMinor,
      totalMinor: price.totalMinor,
      taxLines: price.taxLines,
      promotions: price.promotions.filter(({ amountMinor }) => amountMinor > 0),
    },
    removed,
    loweredMinor,
  }
}

/**
 * Every piece keeps the price and the tax rate that the buyer accepted, and its share of each discount;
 * shipping stays as it is. No promotion is looked for: neither one that would apply now nor the conditions
 * of those that did.
 */
function priceKept(order: Order, kept: readonly OrderLine[]): Price {
  const rates = Object.fromEntries(order.lines.map((line) => [classOf(line), line.taxBasisPoints ?? 0]))
  return priceWith(
    {
      lines: kept.map((line) => ({ ...line, taxClass: classOf(line) })),
      shippingMinor: kept.length === 0 ? 0 : order.shippingMinor,
      tax: {
        rates: { ...rates, [shippingTaxClass]: order.shippingTaxBasisPoints ?? 0 },
        pricesIncludeTax: order.pricesIncludeTax,
      },
    },
    order.promotions.map((promotion) => keptDiscount(order, kept, promotion)),
  )
}

/** What the buyer pays for shipping, after what a promotion took off it. */
export function shippingPaidMinor(order: Order): number {
  const offShippingMinor = order.promotions.reduce(
    (sum, { id, amountMinor }) =>
      sum + amountMinor - order.lines.reduce((all, line) => all + takenOff(line, id), 0),
    0,
  )
  return order.shippingMinor - offShippingMinor
}

/** A rate may have changed since; each line brings its own. */
const classOf = ({ sku }: Pick<OrderLine, 'sku'>) => `line ${sku}`

function keptDiscount(
  order: Order,
  kept: readonly OrderLine[],
  promotion: Order['promotions'][number],
): FixedDiscount {
  const onLines = order.lines.reduce((sum, line) => sum + takenOff(line, promotion.id), 0)
  return {
    promotion,
    byLineMinor: kept.map((line) => {
      const before = order.lines.find(({ sku }) => sku === line.sku)
      return before ? keptOf(before, line.quantity, promotion.id) : 0
    }),
    // What of it was not on goods was on shipping, which stays with the goods.
    shippingMinor: kept.length === 0 ? 0 : promotion.amountMinor - onLines,
  }
}

/**
 * All discounts of a line together are rounded down once and then shared: so what is paid for fewer pieces
 * is never more than was paid for all of them.
 */
function keptOf(line: OrderLine, quantity: number, promotionId: string): number {
  const all = line.discounts.reduce((sum, { amountMinor }) => sum + amountMinor, 0)
  const keptMinor = Number((BigInt(all) * BigInt(quantity)) / BigInt(line.quantity))
  const ids = [...new Set(line.discounts.map((each) => each.promotionId))]
  const shares = allocate(
    keptMinor,
    ids.map((id) => takenOff(line, id)),
  )
  return shares[ids.indexOf(promotionId)] ?? 0
}

function takenOff(line: OrderLine, promotionId: string): number {
  return line.discounts
    .filter((each) => each.promotionId === promotionId)
    .reduce((sum, { amountMinor }) => sum + amountMinor, 0)
}

function withPrice(line: OrderLine, price: Price['lines'][number] | undefined): OrderLine {
  if (!price) throw new Error(`Line ${line.sku} was not priced`)
  const { totalMinor, discountMinor, discounts, taxMinor } = price
  return { ...line, totalMinor, discountMinor, discounts, taxMinor }
}

function keptLines(order: Order, remaining: Remaining): OrderLine[] {
  for (const [index, { sku, quantity }] of remaining.entries()) {
    const line = order.lines.find((each) => each.sku === sku)
    if (!line) throw dearer(`items.${index}.sku`, `${sku} is not part of this order.`)
    if (remaining.findIndex((each) => each.sku === sku) !== index)
      throw badInput(`items.${index}.sku`, `${sku} is named twice.`)
    if (quantity > line.quantity)
      throw dearer(`items.${index}.quantity`, `Only ${line.quantity} of ${sku} were ordered.`)
  }
  return order.lines.flatMap((line) => {
    const asked = remaining.find(({ sku }) => sku === line.sku)
    return asked ? [{ ...line, quantity: asked.quantity }] : []
  })
}

function removedFrom(order: Order, kept: readonly OrderLine[]): RemovedPiece[] {
  return order.lines.flatMap(({ sku, name, optionsLabel, quantity }) => {
    const left = kept.find((line) => line.sku === sku)?.quantity ?? 0
    return quantity > left ? [{ sku, name, optionsLabel, quantity: quantity - left }] : []
  })
}

function assertCanEdit(order: Order): void {
  if (order.status !== 'confirmed' && order.status !== 'processing')
    throw invalidState(`An order that is ${order.status.replaceAll('_', ' ')} cannot be edited.`, order)
  if (order.lines.some((line) => line.shippedQuantity > 0))
    throw invalidState('A part of this order is on its way already, so it cannot be edited.', order)
  if (order.refundedMinor > 0)
    throw invalidState('Money of this order was refunded already, so it cannot be edited.', order)
  assertTaxWasKept(order)
}

function assertTaxWasKept(order: Order): void {
  if (isFromBeforeTaxWasKept(order))
    throw invalidState('This order is from before tax was kept for each line.', order)
}

function isFromBeforeTaxWasKept(order: Order): boolean {
  return order.lines.some((line) => line.taxBasisPoints === null)
}

/** A hold can be taken in part; a gift card that is held beside it cannot. */
function assertMoneyCanGoBack(order: Order, totalMinor: number, loweredMinor: number): void {
  if (loweredMinor === 0) return
  const { payment } = order
  if (payment?.status === 'captured') return
  if (payment?.status === 'authorized' && totalMinor > (payment.credit?.amount ?? 0)) return
  throw invalidState(
    'What is left would cost less than the gift card or store credit that is held for it. Cancel the order, or edit it once it is paid.',
    order,
  )
}

function dearer(path: string, message: string): AppError {
  return badInput(path, `${message} Name in \`add\` what is to be added.`)
}

export function badInput(path: string, message: string): AppError {
  return new AppError('INVALID_INPUT', message, { details: { errors: [{ path, message }] } })
}

export function invalidState(message: string, order: Order): AppError {
  return new AppError('INVALID_STATE', message, {
    details: { reason: 'invalid_state', status: order.status },
  })
}
