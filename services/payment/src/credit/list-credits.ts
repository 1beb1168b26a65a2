import { AppError } from '@souk/kernel/errors'
import { isId } from '@souk/kernel/id'
import { decodeCursor, encodeCursor } from '@souk/kernel/page'
import type { z } from 'zod'
import type { PaymentContext } from '../context.ts'
import type { Credit, ListCredits } from '../contract.ts'
import { toCreditView } from './credit-view.ts'
import { listCreditsBefore } from './list-store.ts'

/** Newest first. */
export async function listCredits(
  ctx: PaymentContext,
  input: z.output<typeof ListCredits>,
): Promise<{ items: Credit[]; nextCursor: string | null }> {
  const before = input.cursor === undefined ? undefined : readCursor(input.cursor)
  const found = await listCreditsBefore(ctx.db.sql, { ...input, before, limit: input.limit + 1 })
  const page = found.slice(0, input.limit)
  const last = page.at(-1)
  const now = ctx.clock.now()
  return {
    items: page.map((credit) => toCreditView(credit, now)),
    nextCursor: found.length > input.limit && last ? encodeCursor([last.id]) : null,
  }
}

function readCursor(cursor: string): string {
  const [id] = decodeCursor(cursor) ?? []
  if (typeof id === 'string' && isId(id)) return id
  throw new AppError('INVALID_INPUT', 'The cursor is not one of ours.', {
    details: { reason: 'invalid_input', errors: [{ path: 'cursor', message: 'Not a cursor of this list' }] },
  })
}
