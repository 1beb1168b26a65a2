import { AppError } from '@souk/kernel/errors'
import { decodeCursor, encodeCursor } from '@souk/kernel/page'
import type { z } from 'zod'
import type { InventoryContext } from '../context.ts'
import type { Level, ListLevels } from '../contract.ts'
import { listLevelsAfter } from './level-store.ts'

export async function listLevels(
  ctx: InventoryContext,
  input: z.output<typeof ListLevels>,
): Promise<{ items: Level[]; nextCursor: string | null }> {
  const after = input.cursor === undefined ? undefined : skuOf(input.cursor)
  const text = input.q === '' ? undefined : input.q
  const found = await listLevelsAfter(
    ctx.db.sql,
    {
      text,
      orSkus: input.orSkus,
      maxAvailable: input.maxAvailable,
      state: input.state,
      locationId: input.locationId,
      after,
    },
    { limit: input.limit + 1, lowStockThreshold: ctx.lowStockThreshold },
  )
  const items = found.slice(0, input.limit)
  const last = items.at(-1)
  return { items, nextCursor: found.length > input.limit && last ? encodeCursor([last.sku]) : null }
}

function skuOf(cursor: string): string {
  const key = decodeCursor(cursor)
  if (key?.length === 1 && typeof key[0] === 'string') return key[0]
  throw new AppError('INVALID_INPUT', 'This cursor was not made by this list.', {
    details: { errors: [{ path: 'cursor', message: 'Not a cursor of this list' }] },
  })
}
