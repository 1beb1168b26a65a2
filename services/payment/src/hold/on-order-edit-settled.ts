import type { Sql } from '@souk/db/connect'
import type { ShopEvent } from '@souk/events/catalog'
import { markShipped } from './capture-due-store.ts'

/** What had not left was cancelled: no parcel follows, so what is due of a hold is due for the last time. */
export async function onOrderEditSettled(event: ShopEvent<'order.edit_settled'>, tx: Sql): Promise<void> {
  const { orderId, lastShareMinor } = event.data
  if (lastShareMinor === undefined) return
  await markShipped(tx, orderId, { amountMinor: lastShareMinor, isLast: true })
}
