import type { Sql } from '@souk/db/connect'
import type { ShopEvent } from '@souk/events/catalog'
import { record, shopEvent } from '@souk/events/record'
import { looksTheSame } from './availability.ts'
import { copyLevel, lockProductOfSku, refreshAvailability } from './availability-store.ts'

/** One statement for most events: only what a reader would see differently costs more and is announced. */
export async function onStockLevelChanged(event: ShopEvent<'stock.level_changed'>, tx: Sql): Promise<void> {
  const { sku, available, backorderable = 0, expectedOn = null } = event.data
  const copied = await copyLevel(tx, {
    sku,
    available,
    backorderable,
    expectedOn,
    version: event.aggregateVersion,
  })
  if (!copied || looksTheSame(copied.previous, copied.now)) return
  const productId = await lockProductOfSku(tx, sku)
  if (productId === undefined) return
  const changed = await refreshAvailability(tx, productId)
  if (!changed) return
  await record(tx, [
    shopEvent('product.availability_changed', productId, changed.version, { productId, slug: changed.slug }),
  ])
}
