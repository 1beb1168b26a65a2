import { AppError } from '@souk/kernel/errors'
import { money } from '@souk/kernel/money'
import { decodeCursor, encodeCursor } from '@souk/kernel/page'
import { isStaff } from '@souk/kernel/principal'
import type { z } from 'zod'
import type { OrderContext } from '../context.ts'
import type { ListOrders, OrderSummary } from '../contract.ts'
import { listSummaries, type SummaryRow } from './summary-store.ts'

type Page = { items: OrderSummary[]; nextCursor: string | null }

/** Staff see every order; a customer sees his own. Newest first. */
export async function listOrders(ctx: OrderContext, input: z.output<typeof ListOrders>): Promise<Page> {
  return isStaff(ctx.principal) ? await page(ctx, input, null) : await listMyOrders(ctx, input)
}

/** Only the caller's own, staff or not. Attempts that failed are not orders to the customer. */
export async function listMyOrders(ctx: OrderContext, input: z.output<typeof ListOrders>): Promise<Page> {
  if (ctx.principal.kind !== 'user') throw new AppError('UNAUTHENTICATED', 'Please sign in first.')
  return await page(ctx, { ...input, q: undefined }, ctx.principal.userId)
}

async function page(
  ctx: OrderContext,
  input: z.output<typeof ListOrders>,
  userId: string | null,
): Promise<Page> {
  const rows = await listSummaries(ctx.db.sql, {
    userId,
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
  if (typeof id === 'string' && /^[0-9a-f-]{36}$/.test(id)) return id
  throw new AppError('INVALID_INPUT', 'This cursor was not made by this list.', {
    details: { errors: [{ path: 'cursor', message: 'Use the nextCursor of the page before' }] },
  })
}

function toSummary(row: SummaryRow): OrderSummary {
  return {
    id: row.id,
    number: row.number,
    status: row.status,
    email: row.email,
    customerName: row.customer_name,
    total: money(row.total_minor, row.currency),
    refunded: money(row.refunded_minor, row.currency),
    itemCount: row.item_count,
    imageUrls: row.image_urls ?? [],
    createdAt: row.created_at.toISOString(),
    updatedAt: row.updated_at.toISOString(),
  }
}
