import { notFound } from '@souk/kernel/errors'
import type { InventoryContext } from '../context.ts'
import type { Level } from '../contract.ts'
import { findLevels } from './level-store.ts'

export async function getLevel(ctx: InventoryContext, input: { sku: string }): Promise<Level> {
  const [level] = await findLevels(ctx.db.sql, [input.sku], ctx.lowStockThreshold)
  if (!level) throw notFound('SKU')
  return level
}
