import type { Sql } from '@souk/db/connect'
import type { ShopEvent } from '@souk/events/catalog'
import { closeOrder } from './payment-store.ts'

/**
 * An order that is over keeps no money. Here it is only remembered, together with the event; the
 * settling job voids or refunds, also what arrives later.
 */
export async function onOrderOver(
  event: ShopEvent<'order.cancelled'> | ShopEvent<'order.failed'>,
  tx: Sql,
): Promise<void> {
  const verb = event.name === 'order.cancelled' ? 'cancelled' : 'failed'
  await closeOrder(tx, {
    orderId: event.data.orderId,
    reason: `Order ${event.data.number} ${verb}: ${event.data.reason}`.slice(0, 300),
    wasConfirmed: event.name === 'order.cancelled' && event.data.wasConfirmed,
  })
}
