import { AppError } from '@souk/kernel/errors'
import { decodeCursor, encodeCursor } from '@souk/kernel/page'
import type { z } from 'zod'
import type { OrderContext } from '../context.ts'
import type { DraftSummary, ListDrafts } from '../contract.ts'
import { listDrafts as readDrafts } from './draft-store.ts'
import { summarizeDraft } from './view-draft.ts'

/** Newest first. */
export async function listDrafts(
  ctx: OrderContext,
  input: z.output<typeof ListDrafts>,
): Promise<{ items: DraftSummary[]; nextCursor: string | null }> {
  const drafts = await readDrafts(ctx.db.sql, {
    before: input.cursor === undefined ? null : readCursor(input.cursor),
    limit: input.limit + 1,
  })
  const now = ctx.clock.now()
  const items = drafts.slice(0, input.limit).map((draft) => summarizeDraft(draft, now))
  const last = items.at(-1)
  return { items, nextCursor: drafts.length > input.limit && last ? encodeCursor([last.id]) : null }
}

function readCursor(cursor: string): string {
  const [id] = decodeCursor(cursor) ?? []
  if (typeof id === 'string' && /^[0-9a-f-]{36}$/.test(id)) return id
  throw new AppError('INVALID_INPUT', 'This cursor was not made by this list.', {
    details: { errors: [{ path: 'cursor', message: 'Use the nextCursor of the page before' }] },
  })
}
