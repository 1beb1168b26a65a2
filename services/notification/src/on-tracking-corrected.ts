import type { Sql } from '@souk/db/connect'
import type { ShopEvent } from '@souk/events/catalog'
import type { NotificationContext } from './context.ts'
import { knowOrder } from './know-order.ts'
import { orderTracking } from './mails/order-tracking.ts'
import { queueMessage } from './message-store.ts'
import { receiver } from './receiver.ts'

export async function onTrackingCorrected(
  ctx: NotificationContext,
  { id, data }: ShopEvent<'order.tracking_corrected'>,
  tx: Sql,
): Promise<void> {
  await knowOrder(ctx, tx, data)
  await queueMessage(tx, {
    template: 'order-tracking',
    eventId: id,
    orderId: data.orderId,
    to: receiver(data.email, data.customerName),
    mail: orderTracking(data, ctx.links),
    now: ctx.clock.now(),
  })
}
