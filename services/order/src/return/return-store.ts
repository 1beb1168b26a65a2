import type { Sql } from '@souk/db/connect'
import { classifyDbError } from '@souk/db/errors'
import { AppError } from '@souk/kernel/errors'
import type { Currency } from '@souk/kernel/money'
import type { ExchangeVariant, ReturnReason, ReturnStatus } from '../contract.ts'
import type { Piece, Return } from './return.ts'

type ReturnRow = {
  id: string
  number: string
  order_id: string
  status: ReturnStatus
  requested_by: 'customer' | 'staff'
  reason: ReturnReason
  note: string | null
  answer: string | null
  goods_minor: number | null
  shipping_minor: number | null
  refund_minor: number | null
  refund_id: string | null
  refund_to: Return['refundTo']
  refund_problem: string | null
  exchange_id: string | null
  exchanged_minor: number
  created_at: Date
  updated_at: Date
  lines:
    | {
        sku: string
        quantity: number
        restocked_quantity: number
        written_off_quantity: number
        exchange_for: ExchangeVariant | null
      }[]
    | null
}

const columns = `r.*, (select json_agg(l order by o.position) from return_line l join order_line o using (order_id, sku)
  where l.return_id = r.id) as lines`

function toReturn(row: ReturnRow): Return {
  return {
    id: row.id,
    number: row.number,
    orderId: row.order_id,
    status: row.status,
    requestedBy: row.requested_by,
    reason: row.reason,
    note: row.note,
    answer: row.answer,
    goodsMinor: row.goods_minor,
    shippingMinor: row.shipping_minor,
    refundMinor: row.refund_minor,
    refundId: row.refund_id,
    refundTo: row.refund_to,
    refundProblem: row.refund_problem,
    exchangeId: row.exchange_id,
    exchangedMinor: row.exchanged_minor,
    createdAt: row.created_at,
    updatedAt: row.updated_at,
    lines: (row.lines ?? []).map((line) => ({
      sku: line.sku,
      quantity: line.quantity,
      restockedQuantity: line.restocked_quantity,
      writtenOffQuantity: line.written_off_quantity,
      exchangeFor: line.exchange_for,
    })),
  }
}

export async function findReturn(sql: Sql, id: string): Promise<Return | undefined> {
  const [row] = await sql.query<ReturnRow>(
    `select ${columns} from return_request r where r.id = $1`,
    [id],
    'return-find',
  )
  return row && toReturn(row)
}

/** All returns of an order, the oldest first. */
export async function findReturnsOf(sql: Sql, orderId: string): Promise<Return[]> {
  const rows = await sql.query<ReturnRow>(
    `select ${columns} from return_request r where r.order_id = $1 order by r.created_at, r.id`,
    [orderId],
    'return-of-order',
  )
  return rows.map(toReturn)
}

export type NewReturn = Pick<Return, 'id' | 'orderId' | 'requestedBy' | 'reason' | 'note'> & {
  lines: readonly (Piece & { exchangeFor: ExchangeVariant | null })[]
}

/** Triggers add its pieces to what is on the way back, and refuse more than was delivered. */
export async function insertReturn(tx: Sql, asked: NewReturn): Promise<void> {
  try {
    await tx.query(
      'insert into return_request (id, order_id, requested_by, reason, note) values ($1, $2, $3, $4, $5)',
      [asked.id, asked.orderId, asked.requestedBy, asked.reason, asked.note],
      'return-insert',
    )
  } catch (error) {
    if (classifyDbError(error).kind !== 'unique') throw error
    throw new AppError('CONFLICT', 'This return’s id is taken. Use a new one.', {
      details: { reason: 'id_taken' },
    })
  }
  await tx.query(
    `insert into return_line (return_id, order_id, sku, quantity, exchange_for)
     select $1, $2, line.* from unnest($3::text[], $4::int[], $5::jsonb[]) as line`,
    [
      asked.id,
      asked.orderId,
      asked.lines.map(({ sku }) => sku),
      asked.lines.map(({ quantity }) => quantity),
      asked.lines.map(({ exchangeFor }) => exchangeFor && JSON.stringify(exchangeFor)),
    ],
    'return-lines-insert',
  )
}

/** The caller has the order's row locked; the trigger on the status has the last word. */
export async function saveReturn(tx: Sql, current: Return): Promise<void> {
  await tx.query(
    `update return_request set status = $2, answer = $3, goods_minor = $4, shipping_minor = $5, refund_minor = $6,
       refund_id = $7, refund_problem = $8, refund_to = $9, exchange_id = $10, exchanged_minor = $11, updated_at = now(), checks = 0,
       next_check_at = now() + interval '2 seconds'
     where id = $1`,
    [
      current.id,
      current.status,
      current.answer,
      current.goodsMinor,
      current.shippingMinor,
      current.refundMinor,
      current.refundId,
      current.refundProblem,
      current.refundTo,
      current.exchangeId,
      current.exchangedMinor,
    ],
    'return-save',
  )
}

export async function saveArrival(tx: Sql, current: Return): Promise<void> {
  await tx.query(
    `update return_line set restocked_quantity = back.restocked, written_off_quantity = back.written_off
     from unnest($2::text[], $3::int[], $4::int[]) as back(sku, restocked, written_off)
     where return_id = $1 and return_line.sku = back.sku`,
    [
      current.id,
      current.lines.map(({ sku }) => sku),
      current.lines.map(({ restockedQuantity }) => restockedQuantity),
      current.lines.map(({ writtenOffQuantity }) => writtenOffQuantity),
    ],
    'return-save-arrival',
  )
}

export async function saveWishes(tx: Sql, current: Return): Promise<void> {
  await tx.query(
    `update return_line set exchange_for = wish.variant from unnest($2::text[], $3::jsonb[]) as wish(sku, variant)
     where return_id = $1 and return_line.sku = wish.sku`,
    [
      current.id,
      current.lines.map(({ sku }) => sku),
      current.lines.map(({ exchangeFor }) => exchangeFor && JSON.stringify(exchangeFor)),
    ],
    'return-save-wishes',
  )
}

/** The return that a follow-up order is the exchange of. */
export async function findReturnOfExchange(sql: Sql, exchangeId: string): Promise<Return | undefined> {
  const [row] = await sql.query<ReturnRow>(
    `select ${columns} from return_request r where r.exchange_id = $1`,
    [exchangeId],
    'return-of-exchange',
  )
  return row && toReturn(row)
}

/** Takes up to `limit` returns whose refund somebody has to ask about, and puts their next time off. */
export async function claimRefunding(sql: Sql, limit: number): Promise<string[]> {
  const rows = await sql.query<{ id: string }>(
    `update return_request set checks = checks + 1,
       next_check_at = now() + make_interval(secs => least(15, power(2, least(checks, 4))))
     where id in (
       select id from return_request where status = 'refunding' and next_check_at <= now()
       order by next_check_at limit $1 for update skip locked)
     returning id`,
    [limit],
    'return-claim-refunding',
  )
  return rows.map(({ id }) => id)
}

export type ReturnSummaryRow = {
  id: string
  number: string
  status: ReturnStatus
  reason: ReturnReason
  refund_minor: number | null
  created_at: Date
  updated_at: Date
  order_id: string
  order_number: string
  customer_name: string
  email: string
  currency: Currency
  item_count: number
}

/** Newest first. */
export async function listReturnRows(
  sql: Sql,
  filter: { status: ReturnStatus | null; text: string | null; before: string | null; limit: number },
): Promise<ReturnSummaryRow[]> {
  return await sql.query<ReturnSummaryRow>(
    `select r.id, r.number, r.status, r.reason, r.refund_minor, r.created_at, r.updated_at, r.order_id,
       o.number as order_number, o.customer_name, o.email, o.currency,
       (select sum(quantity) from return_line l where l.return_id = r.id)::int as item_count
     from return_request r join orders o on o.id = r.order_id
     where ($1::text is null or r.status = $1) and ($2::uuid is null or r.id < $2)
       and ($3::text is null or upper(r.number) = upper($3) or upper(o.number) = upper($3)
         or position(lower($3) in lower(o.email)) > 0 or position(lower($3) in lower(o.customer_name)) > 0)
     order by r.id desc limit $4`,
    [filter.status, filter.before, filter.text, filter.limit],
    'return-list',
  )
}
