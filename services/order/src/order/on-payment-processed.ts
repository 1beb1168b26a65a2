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
export async function onPaymentProcessed(
  ctx: OrderContext,
  event: ShopEvent<'payment.processed'>,
  tx: Sql,
): Promise<void> {
  const { orderId, outcome, failureReason } = event.data
  await notePaymentNews(tx, orderId, { isCaptured: outcome === 'captured' })
  if (outcome !== 'failed' || !(await findOrder(tx, orderId))) return
  await changeInTransaction(tx, orderId, ctx.settings.orderTokenSecret, (order) =>
    cancelUnpaid(order, failureReason),
  )
}
