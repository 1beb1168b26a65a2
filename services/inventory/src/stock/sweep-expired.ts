import { repeatOnConflict } from '@souk/db/connect'
import type { InventoryDatabase } from '@souk/db/inventory'
import type { StockSettings } from '../context.ts'
import { expireReservations } from './end-store.ts'

const batchSize = 100

/** Gives back what nobody paid for in time, by the database's clock. Two sweeps beside each other share the work. */
export async function sweepExpired(
  ctx: StockSettings & { db: Pick<InventoryDatabase, 'sql'>; bus: { wake(): void } },
): Promise<void> {
  const options = { actor: 'sweep', reason: 'expired', lowStockThreshold: ctx.lowStockThreshold }
  for (;;) {
    const count = await repeatOnConflict(async () => await expireReservations(ctx.db.sql, batchSize, options))
    if (count > 0) ctx.bus.wake()
    if (count < batchSize) return
  }
}
