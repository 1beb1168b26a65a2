import type { InventoryDatabase } from '@souk/db/inventory'
import type { StockSettings } from '../context.ts'
import { fillOldestFirst } from './backorder.ts'
import { findOwingSkus, lockWaiting, writeFills } from './backorder-store.ts'
import { lockLevelsByPriority } from './level-store.ts'

const batchSize = 50

/**
 * Hands what has arrived, by whatever way, to the paid orders that wait for it. Until then those units are
 * owed: a reservation counts them as taken, so that no younger order overtakes.
 */
export async function fillBackorders(
  ctx: StockSettings & {
    db: Pick<InventoryDatabase, 'sql' | 'transaction'>
    bus: { wake(): void }
  },
): Promise<void> {
  const options = { actor: 'backorders', lowStockThreshold: ctx.lowStockThreshold }
  for (;;) {
    let filled = 0
    for (const sku of await findOwingSkus(ctx.db.sql, batchSize)) {
      filled += await ctx.db.transaction(async (tx) => {
        const waiting = await lockWaiting(tx, sku, batchSize)
        const fills = fillOldestFirst(await lockLevelsByPriority(tx, sku), waiting)
        await writeFills(tx, sku, fills, options)
        return fills.length
      })
    }
    if (filled === 0) return
    ctx.bus.wake()
  }
}
