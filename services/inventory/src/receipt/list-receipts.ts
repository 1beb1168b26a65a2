import type { z } from 'zod'
import type { InventoryContext } from '../context.ts'
import type { ListReceipts, Receipt } from '../contract.ts'
import { pageById, readIdCursor } from '../page-by-id.ts'
import { findReceipts } from './receipt-store.ts'

export async function listReceipts(
  ctx: InventoryContext,
  input: z.output<typeof ListReceipts>,
): Promise<{ items: Receipt[]; nextCursor: string | null }> {
  const found = await findReceipts(ctx.db.sql, { before: readIdCursor(input.cursor) }, input.limit + 1)
  return pageById(found, input.limit)
}
