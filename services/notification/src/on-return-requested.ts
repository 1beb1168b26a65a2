import type { Sql } from '@souk/db/connect'
import type { ShopEvent } from '@souk/events/catalog'
import type { NotificationContext } from './context.ts'
import { knowOrder } from './know-order.ts'
import { returnRequested } from './mails/return-mail.ts'
import { queueMessage } from './message-store.ts'
import { receiver } from './receiver.ts'

export async function onReturnRequested(
  ctx: NotificationContext,
  { id, data }: ShopEvent<'order.return_requested'>,
  tx: Sql,
): Promise<void> {
  await knowOrder(ctx, tx, data)
  await queueMessage(tx, {
    template: 'return-requested',
    eventId: id,
    orderId: data.orderId,
    to: receiver(data.email, data.customerName),
    mail: returnRequested(data, ctx.links),
    now: ctx.clock.now(),
  })
}
