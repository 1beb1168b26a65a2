import type { Sql } from '@souk/db/connect'
import type { ShopEvent } from '@souk/events/catalog'
import type { NotificationContext } from './context.ts'
import { knowOrder } from './know-order.ts'
import { returnDeclined } from './mails/return-mail.ts'
import { queueMessage } from './message-store.ts'
import { receiver } from './receiver.ts'

export async function onReturnDeclined(
  ctx: NotificationContext,
  { id, data }: ShopEvent<'order.return_declined'>,
  tx: Sql,
): Promise<void> {
  await knowOrder(ctx, tx, data)
  await queueMessage(tx, {
    template: 'return-declined',
    eventId: id,
    orderId: data.orderId,
    to: receiver(data.email, data.customerName),
    mail: returnDeclined(data, ctx.links),
    now: ctx.clock.now(),
  })
}
