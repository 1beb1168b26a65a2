import type { RemovedPiece } from '../contract.ts'
import { canMove } from '../contract.ts'
import type { Completes } from '../edit/edit.ts'
import { invalidState, onlyWith } from '../edit/price-edit.ts'
import { type Actor, move, type Order, system } from '../order/order.ts'
import type { Return } from '../return/return.ts'
import { sentWith } from './shipment.ts'

export type WithoutRest = {
  order: Order
  removed: RemovedPiece[]
  loweredMinor: number
  completes: Completes
}

/**
 * The order as if what has left were all of it: its lines, totals and status, and what that takes off. By whom
 * and when an order may be cancelled is what the table says.
 */
export function withoutRest(
  order: Order,
  actor: Actor,
  returns: readonly Pick<Return, 'refundMinor' | 'status'>[],
): WithoutRest {
  if (order.lines.every((line) => line.shippedQuantity === line.quantity))
    throw invalidState('Everything in this order has left, so there is no rest to cancel.', order)
  if (!canMove(order.status, 'cancelled', actor.kind))
    throw invalidState(`An order that is ${order.status.replaceAll('_', ' ')} cannot be cancelled.`, order)
  if (order.lines.every((line) => line.shippedQuantity === 0))
    throw invalidState('Nothing of this order has left. Cancel the order as a whole.', order)
  assertOnlyReturnsWereRefunded(order, returns)
  const { order: rest, removed, loweredMinor } = onlyWith(order, sentWith(order))
  if (rest.totalMinor < order.shippedMinor)
    throw invalidState('More was taken for the parcels than their goods cost without the rest.', order)
  const isDelivered = rest.lines.every((line) => line.deliveredQuantity === line.quantity)
  return {
    order: move(rest, statusOf(rest, isDelivered), system),
    removed,
    loweredMinor,
    completes: { lastShareMinor: rest.totalMinor - order.shippedMinor, isDelivered },
  }
}

function statusOf(order: Order, isDelivered: boolean) {
  if (!isDelivered) return 'shipped'
  if (order.lines.every((line) => line.returnedQuantity === line.quantity)) return 'returned'
  return order.lines.some((line) => line.returnedQuantity > 0) ? 'partially_returned' : 'delivered'
}

/** Nobody could say whether money that was given back by hand was for what is cancelled now. */
function assertOnlyReturnsWereRefunded(
  order: Order,
  returns: readonly Pick<Return, 'refundMinor' | 'status'>[],
): void {
  const byReturns = returns
    .filter(({ status }) => status === 'refunding' || status === 'completed')
    .reduce((sum, { refundMinor }) => sum + (refundMinor ?? 0), 0)
  if (order.refundedMinor > byReturns)
    throw invalidState(
      'Money of this order was refunded by hand already, so its rest is not cancelled.',
      order,
    )
}
