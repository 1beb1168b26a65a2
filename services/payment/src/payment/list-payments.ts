import { AppError } from '@souk/kernel/errors'
import { isId } from '@souk/kernel/id'
import { decodeCursor } from '@souk/kernel/page'
import type { PaymentContext } from '../context.ts'
import type { Payment, PaymentStatus } from '../contract.ts'
import { readPayments } from './read-store.ts'

export async function listPayments(
  ctx: PaymentContext,
  input: { status?: PaymentStatus | undefined; limit: number; cursor?: string | undefined },
): Promise<{ items: Payment[]; nextCursor: string | null }> {
  const before = input.cursor === undefined ? undefined : readCursor(input.cursor)
  return await readPayments(ctx.db, { status: input.status, limit: input.limit, before })
}

function readCursor(cursor: string): string {
  const [id] = decodeCursor(cursor) ?? []
  if (typeof id === 'string' && isId(id)) return id
  throw new AppError('INVALID_INPUT', 'The cursor is not one of ours.', {
    details: { reason: 'invalid_input', errors: [{ path: 'cursor', message: 'Not a cursor of this list' }] },
  })
}
