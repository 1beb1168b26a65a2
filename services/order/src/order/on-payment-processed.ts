import type { Sql } from '@souk/db/connect'
import type { ShopEvent } from '@souk/events/catalog'
import { requestCheck } from './order-store.ts'

/** The placing job asks payment itself, so the event only says that there is something to ask. */
export async function onPaymentProcessed(event: ShopEvent<'payment.processed'>, tx: Sql): Promise<void> {
  await requestCheck(tx, event.data.orderId)
}
