import { AppError } from '@souk/kernel/errors'
import { isId } from '@souk/kernel/id'
import { decodeCursor, encodeCursor } from '@souk/kernel/page'

/** Lists here are newest first, and ids are ordered by time: the last id of a page is where the next begins. */
export function idBefore(cursor: string | undefined): string | undefined {
  if (cursor === undefined) return undefined
  const [id] = decodeCursor(cursor) ?? []
  if (typeof id === 'string' && isId(id)) return id
  throw new AppError('INVALID_INPUT', 'This cursor was not made by this list.', {
    details: { reason: 'invalid_input', errors: [{ path: 'cursor', message: 'Not a cursor of this list' }] },
  })
}

/** Makes a page of `limit` from rows read one beyond it. */
export function idPage<Item extends { id: string }>(
  rows: readonly Item[],
  limit: number,
): { items: Item[]; nextCursor: string | null } {
  const items = rows.slice(0, limit)
  const last = items.at(-1)
  return { items, nextCursor: rows.length > limit && last ? encodeCursor([last.id]) : null }
}
