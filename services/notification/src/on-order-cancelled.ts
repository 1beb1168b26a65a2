import type { Sql } from '@souk/db/connect'
import type { ShopEvent } from '@souk/events/catalog'
import type { NotificationContext } from './context.ts'
import { knowOrder } from './know-order.ts'
import { orderCancelled } from './mails/order-cancelled.ts'
import { queueMessage } from './message-store.ts'
import { receiver } from './receiver.ts'

export async function onOrderCancelled(
  ctx: NotificationContext,
  { id, data }: ShopEvent<'order.cancelled'>,
  tx: Sql,
): Promise<void> {
  await knowOrder(ctx, tx, data)
  await queueMessage(tx, {
    template: 'order-cancelled',
    eventId: id,
    orderId: data.orderId,
    to: receiver(data.email, data.customerName),
    mail: orderCancelled(data, ctx.links),
    now: ctx.clock.now(),
  })
}
