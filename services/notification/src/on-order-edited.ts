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
  // What is to be paid has a mail of its own, which says what was changed.
  const isOffered = data.added !== undefined && !data.added.isCod && data.added.toPayMinor > 0
  if (isOffered) return
  await queueMessage(tx, {
    template: 'order-edited',
    eventId: id,
    orderId: data.orderId,
    to: receiver(data.email, data.customerName),
    mail: orderEdited(data, ctx.links),
    now: ctx.clock.now(),
  })
}
