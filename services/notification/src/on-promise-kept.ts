import type { Sql } from '@souk/db/connect'
import type { ShopEvent } from '@souk/events/catalog'
import type { NotificationContext } from './context.ts'
import { knowOrder } from './know-order.ts'
import { orderArrived } from './mails/order-arrived.ts'
import { queueMessage } from './message-store.ts'
import { receiver } from './receiver.ts'

export async function onPromiseKept(
  ctx: NotificationContext,
  { id, data }: ShopEvent<'order.promise_kept'>,
  tx: Sql,
): Promise<void> {
  await knowOrder(ctx, tx, data)
  await queueMessage(tx, {
    template: 'order-arrived',
    eventId: id,
    orderId: data.orderId,
    to: receiver(data.email, data.customerName),
    mail: orderArrived(data, ctx.links),
    now: ctx.clock.now(),
  })
}
