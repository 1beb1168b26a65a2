import type { Sql } from '@souk/db/connect'
import type { ShopEvent } from '@souk/events/catalog'
import { saveExpected } from './promise-store.ts'

export async function onDeliveryExpected(
  event: ShopEvent<'stock.delivery_expected'>,
  tx: Sql,
): Promise<void> {
  await saveExpected(tx, event.data.sku, event.data.expectedOn)
}
