import type { Sql } from '@souk/db/connect'
import type { ShopEvent } from '@souk/events/catalog'
import { markCashDue } from './capture-due-store.ts'

export async function onOrderDelivered(event: ShopEvent<'order.delivered'>, tx: Sql): Promise<void> {
  await markCashDue(tx, event.data.orderId)
}
