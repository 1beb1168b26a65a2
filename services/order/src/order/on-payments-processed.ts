import type { Sql } from '@souk/db/connect'
import type { ShopEvent } from '@souk/events/catalog'
import type { OrderContext } from '../context.ts'
import { changeInTransaction } from './change-order.ts'
import { cancelUnpaid } from './order.ts'
import { findOrder } from './order-store.ts'
import { notePaymentNews } from './payment-news-store.ts'

/**
 * The placing job asks payment itself, so for an order that is being placed the event only says that there
 * is something to ask. A sold order whose money is no longer held does not stay sold.
 */
export async function onPaymentsProcessed(
  ctx: OrderContext,
  events: readonly ShopEvent<'payment.processed'>[],
  tx: Sql,
): Promise<void> {
  const payments = events.map(({ data }) => data)
  await notePaymentNews(tx, {
    orderIds: payments.map(({ orderId }) => orderId),
    capturedOrderIds: payments.flatMap(({ orderId, outcome }) => (outcome === 'captured' ? [orderId] : [])),
  })
  for (const { orderId, outcome, failureReason } of payments) {
    if (outcome !== 'failed' || !(await findOrder(tx, orderId))) continue
    await changeInTransaction(tx, orderId, ctx.settings.orderTokenSecret, (order) =>
      cancelUnpaid(order, failureReason),
    )
  }
}
