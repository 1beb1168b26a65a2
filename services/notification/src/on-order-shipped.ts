import type { Sql } from '@souk/db/connect'
import type { ShopEvent } from '@souk/events/catalog'
import type { NotificationContext } from './context.ts'
import { knowOrder } from './know-order.ts'
import { orderShipped } from './mails/order-shipped.ts'
import { queueMessage } from './message-store.ts'
import { receiver } from './receiver.ts'

export async function onOrderShipped(
  ctx: NotificationContext,
  { id, data }: ShopEvent<'order.shipped'>,
  tx: Sql,
): Promise<void> {
  await knowOrder(ctx, tx, data)
  await queueMessage(tx, {
    template: 'order-shipped',
    eventId: id,
    orderId: data.orderId,
    to: receiver(data.email, data.customerName),
    mail: orderShipped(data, ctx.links),
    now: ctx.clock.now(),
  })
}
