import type { z } from 'zod'
import type { InventoryContext } from '../context.ts'
import type { ListTransfers, Transfer } from '../contract.ts'
import { pageById, readIdCursor } from '../page-by-id.ts'
import { listTransfersBefore } from './transfer-store.ts'

export async function listTransfers(
  ctx: InventoryContext,
  input: z.output<typeof ListTransfers>,
): Promise<{ items: Transfer[]; nextCursor: string | null }> {
  const before = readIdCursor(input.cursor)
  const found = await listTransfersBefore(ctx.db, { status: input.status, before }, input.limit + 1)
  return pageById(found, input.limit)
}
