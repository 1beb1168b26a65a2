import { AppError } from '@souk/kernel/errors'
import { Id } from '@souk/kernel/id'
import { decodeCursor, encodeCursor } from '@souk/kernel/page'

/** Ids rise with time, so the last one shown is where the next page begins. */
export function pageById<Item extends { id: string }>(
  found: readonly Item[],
  limit: number,
): { items: Item[]; nextCursor: string | null } {
  const items = found.slice(0, limit)
  const last = items.at(-1)
  return { items, nextCursor: found.length > limit && last ? encodeCursor([last.id]) : null }
}

export function readIdCursor(cursor: string | undefined): string | undefined {
  if (cursor === undefined) return undefined
  const [id, ...more] = decodeCursor(cursor) ?? []
  const parsed = Id.safeParse(id)
  if (parsed.success && more.length === 0) return parsed.data
  throw new AppError('INVALID_INPUT', 'This cursor was not made by this list.', {
    details: { errors: [{ path: 'cursor', message: 'Not a cursor of this list' }] },
  })
}
