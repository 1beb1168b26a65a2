import type { Sql } from '@souk/db/connect'
import type { ShopEvent } from '@souk/events/catalog'
import type { NotificationContext } from './context.ts'
import { knowOrder } from './know-order.ts'
import { followUpOffered } from './mails/follow-up-offered.ts'
import { queueMessage } from './message-store.ts'
import { receiver } from './receiver.ts'

export async function onFollowUpOffered(
  ctx: NotificationContext,
  { id, data }: ShopEvent<'order.follow_up_offered'>,
  tx: Sql,
): Promise<void> {
  await knowOrder(ctx, tx, data)
  await queueMessage(tx, {
    template: 'follow-up-offered',
    eventId: id,
    orderId: data.orderId,
    to: receiver(data.email, data.customerName),
    mail: followUpOffered(data, ctx.links),
    now: ctx.clock.now(),
  })
}
