import { AppError } from '@souk/kernel/errors'
import { decodeCursor, encodeCursor } from '@souk/kernel/page'
import type { z } from 'zod'
import type { InventoryContext } from '../context.ts'
import type { ListMovements, Movement } from '../contract.ts'
import { listMovementsBefore } from './movement-store.ts'

export async function listMovements(
  ctx: InventoryContext,
  input: z.output<typeof ListMovements>,
): Promise<{ items: Movement[]; nextCursor: string | null }> {
  const before = input.cursor === undefined ? undefined : seqOf(input.cursor)
  const found = await listMovementsBefore(
    ctx.db,
    { sku: input.sku, orderId: input.orderId, locationId: input.locationId, before },
    input.limit + 1,
  )
  const page = found.slice(0, input.limit)
  const last = page.at(-1)
  return {
    items: page.map(({ movement }) => movement),
    nextCursor: found.length > input.limit && last ? encodeCursor([last.seq]) : null,
  }
}

function seqOf(cursor: string): number {
  const key = decodeCursor(cursor)
  if (key?.length === 1 && Number.isSafeInteger(key[0])) return Number(key[0])
  throw new AppError('INVALID_INPUT', 'This cursor was not made by this list.', {
    details: { errors: [{ path: 'cursor', message: 'Not a cursor of this list' }] },
  })
}
