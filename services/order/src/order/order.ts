import type { Address } from '@souk/kernel/address'
import { AppError } from '@souk/kernel/errors'
import type { Currency } from '@souk/kernel/money'
import type { PaymentState } from '@souk/payment/contract'
import { canMove, type OrderStatus } from '../contract.ts'
import type { AppliedPromotion, LineDiscount } from '../pricing/price-order.ts'
import type { LinePromise } from '../promise/promise.ts'
import type { TaxLine } from '../tax/tax.ts'
import type { Announcement, Returned } from './announcement.ts'
import type { PaymentInput } from './payment-input.ts'
import type { PlacingStep } from './placing.ts'

export type OrderLine = {
  sku: string
  productId: string
  productSlug: string
  name: string
  optionsLabel: string
  imageUrl: string | null
  quantity: number
  returnedQuantity: number
  shippedQuantity: number
  deliveredQuantity: number
  /** In returns that were asked for and did not end yet. */
  returnPendingQuantity: number
  unitPriceMinor: number
  totalMinor: number
  taxMinor: number
  /** What the order's discount took off this line. */
  discountMinor: number
  /** The rate of the tax contained; unknown for orders from before it was kept. */
  taxBasisPoints: number | null
  discounts: LineDiscount[]
  /** Left out when all of it was there when it was sold. */
  promise?: LinePromise
}

/** Why a placed command was refused, kept so that a repeat gets the same answer. */
export type Refusal =
  | { status: 'out_of_stock'; lines: { sku: string; requested: number; available: number }[] }
  | { status: 'payment_declined'; message: string }

export type Order = {
  id: string
  number: string
  status: OrderStatus
  userId: string | null
  email: string
  customerName: string
  shippingAddress: Address
  shippingMethod: { code: string; name: string }
  promotionCode: string | null
  currency: Currency
  subtotalMinor: number
  discountMinor: number
  shippingMinor: number
  taxMinor: number
  totalMinor: number
  shippingTaxBasisPoints: number | null
  pricesIncludeTax: boolean
  taxLines: TaxLine[]
  promotions: AppliedPromotion[]
  refundedMinor: number
  /** What the parcels sent so far are worth of the total. */
  shippedMinor: number
  /** Until when the customer may ask to return goods. */
  returnUntil: Date | null
  paymentId: string
  paymentInput: PaymentInput | null
  payment: PaymentState | null
  reason: string | null
  refusal: Refusal | null
  placing: PlacingStep[]
  cartId: string | null
  /** Counts the events of this order. */
  version: number
  /** Counts its changes, so that nobody overwrites what he has not read. */
  revision: number
  placedAt: Date | null
  confirmedAt: Date | null
  checks: number
  createdAt: Date
  updatedAt: Date
  lines: OrderLine[]
}

export type Actor = { kind: 'system' | 'customer' | 'staff'; name: string }
export const system: Actor = { kind: 'system', name: 'system' }

/** A new state of an order with what must be written beside it. `announces` are the events, in order. */
export type Change = {
  order: Order
  announces: Announcement[]
  history: { type: string; actor: string; note: string | null }[]
}
export const isBeingPlaced = (order: Pick<Order, 'status'>) =>
  order.status === 'pending' || order.status === 'awaiting_payment'

/** The goods are held and the customer has to do something, or the provider has not answered yet. */
export function awaitPayment(order: Order, payment: PaymentState, now: Date): Change {
  const placed = announcePlaced(order, now)
  if (payment.status !== 'requires_action' || order.status === 'awaiting_payment') {
    return { ...placed, order: { ...placed.order, payment, paymentInput: null } }
  }
  const moved = move(placed.order, 'awaiting_payment', system)
  return {
    order: { ...moved, payment, paymentInput: null },
    announces: [...placed.announces, { name: 'order.payment_requested' }],
    history: [...placed.history, { type: 'awaiting_payment', actor: system.name, note: null }],
  }
}

/** The money is secured and the stock is sold to this order. */
export function confirm(order: Order, payment: PaymentState, now: Date): Change {
  const placed = announcePlaced(order, now)
  const moved = move(placed.order, 'confirmed', system)
  return {
    order: { ...moved, payment, paymentInput: null, confirmedAt: now, reason: null },
    announces: [...placed.announces, { name: 'order.confirmed' }],
    history: [...placed.history, { type: 'confirmed', actor: system.name, note: null }],
  }
}

/** Payment or stock refused. What was held or taken is given back by those who listen. */
export function fail(order: Order, reason: string, refusal: Refusal, payment: PaymentState | null): Change {
  const moved = move(order, 'failed', system)
  return {
    order: { ...moved, payment: payment ?? order.payment, paymentInput: null, reason, refusal },
    announces: [{ name: 'order.failed', reason }],
    history: [{ type: 'failed', actor: system.name, note: reason }],
  }
}

export function cancel(order: Order, actor: Actor, reason: string): Change {
  const moved = move(order, 'cancelled', actor)
  if (order.lines.some((line) => line.shippedQuantity > 0)) {
    throw new AppError(
      'INVALID_STATE',
      'A part of this order is on its way already, so it cannot be cancelled.',
      {
        details: { reason: 'invalid_state', status: order.status },
      },
    )
  }
  return {
    order: { ...moved, paymentInput: null, reason },
    announces: [{ name: 'order.cancelled', reason, wasConfirmed: !isBeingPlaced(order) }],
    history: [{ type: 'cancelled', actor: actor.name, note: reason }],
  }
}

/** What was held for a sold order was let go before it was shipped. */
export function cancelUnpaid(order: Order, why: string | null): Change | undefined {
  if (order.status !== 'confirmed' && order.status !== 'processing') return undefined
  if (order.lines.some((line) => line.shippedQuantity > 0)) return undefined
  return cancel(order, system, why ?? 'The payment is no longer held.')
}

export function startProcessing(order: Order, actor: Actor, note: string | null): Change {
  return {
    order: move(order, 'processing', actor),
    announces: [{ name: 'order.processing' }],
    history: [{ type: 'processing', actor: actor.name, note }],
  }
}

/**
 * Goods came back; without lines, all that are left. Money goes back by a refund of its own. While a part of
 * the order is still to come, its status goes on saying how far that is; the lines count what came back.
 */
export function receiveReturn(
  order: Order,
  actor: Actor,
  given: readonly Returned[] | undefined,
  note: string | null,
): Change {
  const lines = given ?? order.lines.flatMap((line) => leftOf(line)).filter(({ quantity }) => quantity > 0)
  if (lines.length === 0 && canMove(order.status, 'returned', actor.kind)) {
    throw new AppError('INVALID_STATE', 'Everything that is still out is part of an open return.', {
      details: { reason: 'invalid_state', status: order.status },
    })
  }
  const returned = order.lines.map((line) => {
    const back = lines.filter(({ sku }) => sku === line.sku).reduce((sum, { quantity }) => sum + quantity, 0)
    const left = leftOf(line).quantity
    if (back > left) {
      throw new AppError('INVALID_INPUT', `Only ${left} of ${line.sku} can still come back.`, {
        details: { errors: [{ path: 'lines', message: `Too many of ${line.sku}` }] },
      })
    }
    return { ...line, returnedQuantity: line.returnedQuantity + back }
  })
  const unknown = lines.find(({ sku }) => !order.lines.some((line) => line.sku === sku))
  if (unknown) {
    throw new AppError('INVALID_INPUT', `${unknown.sku} is not part of this order.`, {
      details: { errors: [{ path: 'lines', message: `${unknown.sku} is not part of this order` }] },
    })
  }
  const isPartial = returned.some((line) => line.returnedQuantity < line.quantity)
  const status = isPartial ? 'partially_returned' : 'returned'
  const isOnItsWay = order.status === 'processing' || order.status === 'shipped'
  const type = isOnItsWay ? 'goods_returned' : status
  const list = lines.map(({ sku, quantity }) => `${quantity} × ${sku}`).join(', ')
  return {
    order: { ...(isOnItsWay ? order : move(order, status, actor)), lines: returned },
    announces: [{ name: 'order.returned', lines: [...lines], isPartial }],
    history: [{ type, actor: actor.name, note: note === null ? list : `${list}. ${note}` }],
  }
}

function leftOf(line: OrderLine): Returned {
  return { sku: line.sku, quantity: line.quantity - line.returnedQuantity - line.returnPendingQuantity }
}

/** Money went back. The total given back comes from payment, so a repeat or an older word changes nothing. */
export function noteRefund(order: Order, refundedTotalMinor: number, note: string): Change | undefined {
  if (refundedTotalMinor <= order.refundedMinor) return undefined
  return {
    order: { ...order, refundedMinor: Math.min(refundedTotalMinor, order.totalMinor) },
    announces: [{ name: 'order.refunded' }],
    history: [{ type: 'refunded', actor: system.name, note }],
  }
}

function announcePlaced(order: Order, now: Date): Change {
  if (order.placedAt) return { order, announces: [], history: [] }
  return { order: { ...order, placedAt: now }, announces: [{ name: 'order.placed' }], history: [] }
}

/** The order in its next status, when the table has such a step. */
export function move(order: Order, to: OrderStatus, actor: Actor): Order {
  if (!canMove(order.status, to, actor.kind)) {
    throw new AppError(
      'INVALID_STATE',
      `An order that is ${words(order.status)} cannot become ${words(to)}.`,
      {
        details: { reason: 'invalid_state', status: order.status },
      },
    )
  }
  return { ...order, status: to }
}

function words(status: OrderStatus): string {
  return status.replaceAll('_', ' ')
}
