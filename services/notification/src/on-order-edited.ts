import type { Sql } from '@souk/db/connect'
import type { ShopEvent } from '@souk/events/catalog'
import type { NotificationContext } from './context.ts'
import { knowOrder } from './know-order.ts'
import { orderEdited } from './mails/order-edited.ts'
import { queueMessage } from './message-store.ts'
import { receiver } from './receiver.ts'

export async function onOrderEdited(
  ctx: NotificationContext,
  { id, data }: ShopEvent<'order.edited'>,
  tx: Sql,
): Promise<void> {
  await knowOrder(ctx, tx, data)
  await queueMessage(tx, {
    template: 'order-edited',
    eventId: id,
    orderId: data.orderId,
    to: receiver(data.email, data.customerName),
    mail: orderEdited(data, ctx.links),
    now: ctx.clock.now(),
  })
}
