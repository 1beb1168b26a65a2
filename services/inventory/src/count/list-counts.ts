import type { z } from 'zod'
import type { InventoryContext } from '../context.ts'
import type { ListCounts, StockCount } from '../contract.ts'
import { pageById, readIdCursor } from '../page-by-id.ts'
import { listCountsBefore } from './count-store.ts'

export async function listCounts(
  ctx: InventoryContext,
  input: z.output<typeof ListCounts>,
): Promise<{ items: StockCount[]; nextCursor: string | null }> {
  const before = readIdCursor(input.cursor)
  const found = await listCountsBefore(ctx.db, { status: input.status, before }, input.limit + 1)
  return pageById(found, input.limit)
}
