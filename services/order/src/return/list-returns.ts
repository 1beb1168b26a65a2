import { AppError } from '@souk/kernel/errors'
import { money } from '@souk/kernel/money'
import { decodeCursor, encodeCursor } from '@souk/kernel/page'
import type { z } from 'zod'
import type { OrderContext } from '../context.ts'
import type { ListReturns, ReturnSummary } from '../contract.ts'
import { listReturnRows, type ReturnSummaryRow } from './return-store.ts'

type Page = { items: ReturnSummary[]; nextCursor: string | null }

/** Newest first. */
export async function listReturns(ctx: OrderContext, input: z.output<typeof ListReturns>): Promise<Page> {
  const rows = await listReturnRows(ctx.db.sql, {
    status: input.status ?? null,
    text: input.q === undefined || input.q === '' ? null : input.q,
    before: input.cursor === undefined ? null : readCursor(input.cursor),
    limit: input.limit + 1,
  })
  const items = rows.slice(0, input.limit)
  const last = items.at(-1)
  return {
    items: items.map(toSummary),
    nextCursor: rows.length > input.limit && last ? encodeCursor([last.id]) : null,
  }
}

function readCursor(cursor: string): string {
  const [id] = decodeCursor(cursor) ?? []
  if (typeof id === 'string' && /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(id)) return id
  throw new AppError('INVALID_INPUT', 'This cursor was not made by this list.', {
    details: { errors: [{ path: 'cursor', message: 'Use the nextCursor of the page before' }] },
  })
}

function toSummary(row: ReturnSummaryRow): ReturnSummary {
  return {
    id: row.id,
    number: row.number,
    status: row.status,
    reason: row.reason,
    refund: row.refund_minor === null ? null : money(row.refund_minor, row.currency),
    createdAt: row.created_at.toISOString(),
    updatedAt: row.updated_at.toISOString(),
    orderId: row.order_id,
    orderNumber: row.order_number,
    customerName: row.customer_name,
    email: row.email,
    itemCount: row.item_count,
  }
}
