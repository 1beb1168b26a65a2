import type { Sql } from '@souk/db/connect'
import type { ShopEvent } from '@souk/events/catalog'
import type { NotificationContext } from './context.ts'
import { knowOrder } from './know-order.ts'

/** The shopper saw it fail, so no mail; but money that came too late is refunded, and that gets one. */
export async function onOrderFailed(
  ctx: NotificationContext,
  { data }: ShopEvent<'order.failed'>,
  tx: Sql,
): Promise<void> {
  await knowOrder(ctx, tx, {
    orderId: data.orderId,
    number: data.number,
    email: data.contact?.email ?? null,
    customerName: data.contact?.customerName ?? null,
    accessToken: data.contact?.accessToken ?? null,
  })
}
