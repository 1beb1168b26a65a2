import { notFound } from '@souk/kernel/errors'
import type { InventoryContext } from '../context.ts'
import type { StockCount } from '../contract.ts'
import { findCount } from './count-store.ts'

export async function getCount(ctx: InventoryContext, input: { id: string }): Promise<StockCount> {
  const count = await findCount(ctx.db.sql, input.id)
  if (!count) throw notFound('count')
  return count
}
