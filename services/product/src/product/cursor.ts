import { AppError } from '@souk/kernel/errors'
import { isId } from '@souk/kernel/id'
import { decodeCursor, encodeCursor } from '@souk/kernel/page'
import type { ProductSort } from '../contract.ts'
import { fingerprint } from './fingerprint.ts'

/** Where a page ends: the sort key of its last product and, among equals, its id. */
export type Position = { key: number; id: string }

/** Names the order a cursor belongs to: relevance to one text is another order than to the next. */
export function orderOf(sort: ProductSort, q: string): string {
  return sort === 'relevance' && q !== '' ? `relevance~${fingerprint(q)}` : sort
}

export function cursorAt(order: string, position: Position): string {
  return encodeCursor([order, position.key, position.id])
}

export function readCursor(cursor: string, order: string): Position {
  const [madeFor, key, id, ...rest] = decodeCursor(cursor) ?? []
  const isOurs = madeFor === order && rest.length === 0
  if (
    !isOurs ||
    !Number.isSafeInteger(key) ||
    typeof key !== 'number' ||
    typeof id !== 'string' ||
    !isId(id)
  ) {
    throw new AppError('INVALID_INPUT', 'This cursor does not belong to this list.', {
      details: {
        reason: 'invalid_input',
        errors: [{ path: 'cursor', message: 'Use nextCursor of the same list with the same sort and text' }],
      },
    })
  }
  return { key, id }
}
