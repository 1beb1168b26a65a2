import { isId } from '@souk/kernel/id'
import { decodeCursor, encodeCursor } from '@souk/kernel/page'
import type { z } from 'zod'
import type { OrderContext } from '../context.ts'
import type { ListPriceChanges, PriceChange } from '../contract.ts'
import { readPriceChanges } from './change-store.ts'

export async function listPriceChanges(
  ctx: OrderContext,
  input: z.output<typeof ListPriceChanges>,
): Promise<{ items: PriceChange[]; nextCursor: string | null }> {
  const { cursor, ...wanted } = input
  const rows = await readPriceChanges(ctx.db.sql, {
    ...wanted,
    before: idOf(cursor),
    limit: input.limit + 1,
  })
  return pageOfIds(rows, input.limit)
}

/** A cursor that was not made here begins at the start. */
export function idOf(cursor: string | undefined): string | undefined {
  const [id] = cursor === undefined ? [] : (decodeCursor(cursor) ?? [])
  return typeof id === 'string' && isId(id) ? id : undefined
}

export function pageOfIds<Row extends { id: string }>(
  rows: readonly Row[],
  limit: number,
): { items: Row[]; nextCursor: string | null } {
  const items = rows.slice(0, limit)
  const last = items.at(-1)
  return { items, nextCursor: rows.length > limit && last ? encodeCursor([last.id]) : null }
}
