import type { Sql } from '@souk/db/connect'
import type { ShopEvent } from '@souk/events/catalog'
import type { NotificationContext } from './context.ts'
import { knowOrder } from './know-order.ts'
import { orderConfirmed } from './mails/order-confirmed.ts'
import { queueMessage } from './message-store.ts'
import { receiver } from './receiver.ts'

export async function onOrderConfirmed(
  ctx: NotificationContext,
  { id, data }: ShopEvent<'order.confirmed'>,
  tx: Sql,
): Promise<void> {
  await knowOrder(ctx, tx, data)
  await queueMessage(tx, {
    template: 'order-confirmed',
    eventId: id,
    orderId: data.orderId,
    to: receiver(data.email, data.customerName),
    mail: orderConfirmed(data, ctx.links),
    now: ctx.clock.now(),
  })
}
