import type { Sql } from '@souk/db/connect'
import type { ShopEvent } from '@souk/events/catalog'
import type { NotificationContext } from './context.ts'
import { knowOrders } from './know-order.ts'
import { orderConfirmed } from './mails/order-confirmed.ts'
import { queueMessages } from './message-store.ts'
import { receiver } from './receiver.ts'

export async function onOrdersConfirmed(
  ctx: NotificationContext,
  events: readonly ShopEvent<'order.confirmed'>[],
  tx: Sql,
): Promise<void> {
  await knowOrders(
    ctx,
    tx,
    events.map(({ data }) => data),
  )
  await queueMessages(
    tx,
    events.map(({ id, data }) => ({
      template: 'order-confirmed',
      eventId: id,
      orderId: data.orderId,
      to: receiver(data.email, data.customerName),
      mail: orderConfirmed(data, ctx.links),
      now: ctx.clock.now(),
    })),
  )
}
