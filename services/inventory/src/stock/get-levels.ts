import type { InventoryContext } from '../context.ts'
import type { Level } from '../contract.ts'
import { findLevels } from './level-store.ts'

/** SKUs that nobody knows are left out. */
export async function getLevels(
  ctx: InventoryContext,
  input: { skus: string[] },
): Promise<{ items: Level[] }> {
  return { items: await findLevels(ctx.db.sql, input.skus, ctx.lowStockThreshold) }
}
