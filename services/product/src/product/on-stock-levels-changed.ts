import type { Sql } from '@souk/db/connect'
import type { ShopEvent } from '@souk/events/catalog'
import { record, shopEvent } from '@souk/events/record'
import { looksTheSame } from './availability.ts'
import { copyLevels, type Level, lockProductOfSku, refreshAvailability } from './availability-store.ts'

/** One statement for most events: only what a reader would see differently costs more and is announced. */
export async function onStockLevelsChanged(
  events: readonly ShopEvent<'stock.level_changed'>[],
  tx: Sql,
): Promise<void> {
  const copied = await copyLevels(tx, newestOf(events))
  for (const { sku, previous, now } of copied) {
    if (!looksTheSame(previous, now)) await announce(tx, sku)
  }
}

function newestOf(events: readonly ShopEvent<'stock.level_changed'>[]): Level[] {
  const newest = new Map<string, Level>()
  for (const { data, aggregateVersion } of events) {
    const { sku, available, backorderable = 0, expectedOn = null } = data
    if ((newest.get(sku)?.version ?? 0) > aggregateVersion) continue
    newest.set(sku, { sku, available, backorderable, expectedOn, version: aggregateVersion })
  }
  return [...newest.values()]
}

async function announce(tx: Sql, sku: string): Promise<void> {
  const productId = await lockProductOfSku(tx, sku)
  if (productId === undefined) return
  const changed = await refreshAvailability(tx, productId)
  if (!changed) return
  await record(tx, [
    shopEvent('product.availability_changed', productId, changed.version, { productId, slug: changed.slug }),
  ])
}
