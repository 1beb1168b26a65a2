import { AppError } from '@souk/kernel/errors'
import { isId } from '@souk/kernel/id'
import { decodeCursor, encodeCursor } from '@souk/kernel/page'
import type { NotificationContext } from './context.ts'
import type { ListMessages, MessagePage } from './contract.ts'
import { searchMailbox } from './mailbox-store.ts'

export async function listMessages(ctx: NotificationContext, input: ListMessages): Promise<MessagePage> {
  const { q, template, limit, cursor } = input
  const search = { q: q === '' ? undefined : q, template, before: idBefore(cursor), limit: limit + 1 }
  const rows = await searchMailbox(ctx.db, search)
  const items = rows.slice(0, limit)
  const last = items.at(-1)
  return { items, nextCursor: rows.length > limit && last ? encodeCursor([last.id]) : null }
}

/** Ids are ordered by time, so the last id of a page is where the next begins. */
function idBefore(cursor: string | undefined): string | undefined {
  if (cursor === undefined) return undefined
  const [id] = decodeCursor(cursor) ?? []
  if (typeof id === 'string' && isId(id)) return id
  throw new AppError('INVALID_INPUT', 'This cursor was not made by this list.', {
    details: { reason: 'invalid_input', errors: [{ path: 'cursor', message: 'Not a cursor of this list' }] },
  })
}
