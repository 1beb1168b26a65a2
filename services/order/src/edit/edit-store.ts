import type { Sql } from '@souk/db/connect'
import type { OrderEditStatus, RemovedPiece } from '../contract.ts'
import type { Order } from '../order/order.ts'
import type { Completes, OrderEdit } from './edit.ts'

type EditRow = {
  id: string
  order_id: string
  status: OrderEditStatus
  actor: string
  note: string | null
  removed: RemovedPiece[]
  completes: Completes | null
  lowered_minor: number
  moved_minor: number
  refund_id: string
  refund_problem: string | null
  request_hash: string
  created_at: Date
}

function toEdit(row: EditRow): OrderEdit {
  return {
    id: row.id,
    orderId: row.order_id,
    status: row.status,
    actor: row.actor,
    note: row.note,
    removed: row.removed,
    completes: row.completes,
    loweredMinor: row.lowered_minor,
    movedMinor: row.moved_minor,
    refundId: row.refund_id,
    refundProblem: row.refund_problem,
    requestHash: row.request_hash,
    createdAt: row.created_at,
  }
}

export async function findEdit(sql: Sql, id: string): Promise<OrderEdit | undefined> {
  const [row] = await sql.query<EditRow>('select * from order_edit where id = $1', [id], 'edit-find')
  return row && toEdit(row)
}

/** The oldest first. */
export async function findEditsOf(sql: Sql, orderId: string): Promise<OrderEdit[]> {
  const rows = await sql.query<EditRow>(
    'select * from order_edit where order_id = $1 order by created_at, id',
    [orderId],
    'edits-of-order',
  )
  return rows.map(toEdit)
}

/** The caller has the order's row locked and saves the change of the order in the same transaction. */
export async function insertEdit(tx: Sql, edit: OrderEdit): Promise<void> {
  await tx.query(
    `insert into order_edit (id, order_id, status, actor, note, removed, lowered_minor, refund_id, request_hash,
       completes, next_check_at)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, now() + interval '5 seconds')`,
    [
      edit.id,
      edit.orderId,
      edit.status,
      edit.actor,
      edit.note,
      JSON.stringify(edit.removed),
      edit.loweredMinor,
      edit.refundId,
      edit.requestHash,
      edit.completes === null ? null : JSON.stringify(edit.completes),
    ],
    'edit-insert',
  )
}

/** The database asks what is due for invoices: what the total is lowered by is credited. */
export async function saveEditedLines(tx: Sql, order: Order, loweredMinor: number): Promise<void> {
  await tx.query(
    'delete from order_line where order_id = $1 and sku <> all($2::text[])',
    [order.id, order.lines.map(({ sku }) => sku)],
    'edit-lines-removed',
  )
  await tx.query(
    `update order_line set quantity = line.quantity, total_minor = line.total_minor, tax_minor = line.tax_minor,
       discount_minor = line.discount_minor, discounts = line.discounts
     from unnest($2::text[], $3::int[], $4::bigint[], $5::bigint[], $6::bigint[], $7::jsonb[])
       as line(sku, quantity, total_minor, tax_minor, discount_minor, discounts)
     where order_id = $1 and order_line.sku = line.sku`,
    [
      order.id,
      order.lines.map((line) => line.sku),
      order.lines.map((line) => line.quantity),
      order.lines.map((line) => line.totalMinor),
      order.lines.map((line) => line.taxMinor),
      order.lines.map((line) => line.discountMinor),
      order.lines.map((line) => JSON.stringify(line.discounts)),
    ],
    'edit-lines-changed',
  )
  await tx.query(
    `update orders set subtotal_minor = $2, discount_minor = $3, tax_minor = $4, total_minor = $5, tax_lines = $6,
       promotions = $7, lowered_minor = lowered_minor + $8, shipping_minor = $9 where id = $1`,
    [
      order.id,
      order.subtotalMinor,
      order.discountMinor,
      order.taxMinor,
      order.totalMinor,
      JSON.stringify(order.taxLines),
      JSON.stringify(order.promotions),
      loweredMinor,
      order.shippingMinor,
    ],
    'edit-totals',
  )
}

export async function saveEdit(tx: Sql, edit: OrderEdit): Promise<void> {
  await tx.query(
    `update order_edit set status = $2, refund_id = $3, refund_problem = $4, moved_minor = $5, updated_at = now(),
       checks = 0, next_check_at = now() + interval '5 seconds' where id = $1`,
    [edit.id, edit.status, edit.refundId, edit.refundProblem, edit.movedMinor],
    'edit-save',
  )
}

/** Edits whose money nobody has heard of; claiming puts the next time off, so that instances share the work. */
export async function claimRefundingEdits(sql: Sql, limit: number): Promise<string[]> {
  const rows = await sql.query<{ id: string }>(
    `update order_edit set checks = checks + 1,
       next_check_at = now() + make_interval(secs => least(15, power(2, least(checks, 4))))
     where id in (select id from order_edit where status = 'refunding' and next_check_at <= now()
       order by next_check_at limit $1 for update skip locked)
     returning id`,
    [limit],
    'edit-claim',
  )
  return rows.map(({ id }) => id)
}

/** Notes that a refund was an edit's, and answers what edits of the order got back of its payment by now. */
export async function noteEditRefund(
  tx: Sql,
  orderId: string,
  refund: { id: string; amountMinor: number },
): Promise<number> {
  await tx.query(
    `update order_edit set refunded_at = now(), refunded_minor = $3
     where refund_id = $1 and order_id = $2 and refunded_at is null`,
    [refund.id, orderId, refund.amountMinor],
    'edit-refunded',
  )
  const [row] = await tx.query<{ minor: number }>(
    'select coalesce(sum(refunded_minor), 0)::bigint as minor from order_edit where order_id = $1',
    [orderId],
    'edits-refunded',
  )
  return Number(row?.minor ?? 0)
}

/** An invoice that is not written yet would be over what is left of the order. */
export async function isInvoiceDue(tx: Sql, orderId: string): Promise<boolean> {
  const rows = await tx.query(
    `select 1 from document_due where order_id = $1 and kind = 'invoice'`,
    [orderId],
    'edit-invoice-due',
  )
  return rows.length > 0
}
