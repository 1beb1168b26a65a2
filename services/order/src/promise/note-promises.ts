import type { OrderContext } from '../context.ts'
import type { Order } from '../order/order.ts'
import { type Promised, upcoming, withPromises } from './promise.ts'
import { savePromises } from './promise-store.ts'

/** Keeps what inventory could only promise, before the order is confirmed with it. */
export async function notePromises(
  ctx: OrderContext,
  order: Order,
  answered: readonly Promised[] | undefined,
): Promise<Order> {
  if (!answered || answered.length === 0) return order
  const now = ctx.clock.now()
  const promised = answered.map((each) => ({ ...each, expectedOn: upcoming(each.expectedOn, now) }))
  await savePromises(ctx.db.sql, order.id, promised)
  return withPromises(order, promised)
}
