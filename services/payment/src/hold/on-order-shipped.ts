import type { Sql } from '@souk/db/connect'
import type { ShopEvent } from '@souk/events/catalog'
import { markShipped } from './capture-due-store.ts'

/** Only remembered here, together with the event; the capturing job asks the provider. */
export async function onOrderShipped(event: ShopEvent<'order.shipped'>, tx: Sql): Promise<void> {
  const { orderId, amountMinor, isComplete } = event.data
  await markShipped(tx, orderId, {
    amountMinor: amountMinor ?? null,
    isLast: isComplete ?? true,
  })
}
