import type { Sql } from '@souk/db/connect'
import type { Address } from '@souk/kernel/address'
import type { Currency } from '@souk/kernel/money'
import type { OrderStatus } from '../contract.ts'
import type { Price } from '../pricing/price-order.ts'
import type { Draft, DraftLine } from './draft.ts'

type DraftRow = {
  id: string
  number: string
  email: string
  shipping_address: Address
  shipping_method_code: string
  shipping_method_name: string
  currency: Currency
  lines: DraftLine[]
  price: Price
  note: string | null
  version: number
  sends: number
  sent_at: Date | null
  expires_at: Date
  discarded_at: Date | null
  order_id: string | null
  order_status: OrderStatus | null
  follow_up: Draft['followUp']
  attempts: number
  created_by: string
  updated_by: string
  created_at: Date
  updated_at: Date
}

function toDraft(row: DraftRow): Draft {
  return {
    id: row.id,
    number: row.number,
    email: row.email,
    shippingAddress: row.shipping_address,
    shippingMethod: { code: row.shipping_method_code, name: row.shipping_method_name },
    currency: row.currency,
    lines: row.lines,
    price: row.price,
    note: row.note,
    version: row.version,
    sends: row.sends,
    sentAt: row.sent_at,
    expiresAt: row.expires_at,
    discardedAt: row.discarded_at,
    orderId: row.order_id,
    orderStatus: row.order_status,
    followUp: row.follow_up,
    attempts: row.attempts,
    createdBy: row.created_by,
    updatedBy: row.updated_by,
    createdAt: row.created_at,
    updatedAt: row.updated_at,
  }
}

const columns = `d.*, o.status as order_status, (select json_build_object('kind', f.kind, 'originId', f.origin_id, 'originNumber', origin.number, 'movesMinor', f.moves_minor)
   from follow_up f join orders origin on origin.id = f.origin_id where f.draft_id = d.id) as follow_up
  from draft_order d left join orders o on o.id = d.order_id`

export async function findDraft(sql: Sql, id: string): Promise<Draft | undefined> {
  const [row] = await sql.query<DraftRow>(`select ${columns} where d.id = $1`, [id], 'draft-by-id')
  return row && toDraft(row)
}

/** Locked until the commit: whoever edits or orders beside us waits and then sees what we wrote. */
export async function lockDraft(tx: Sql, id: string): Promise<Draft | undefined> {
  const [row] = await tx.query<DraftRow>(
    `select ${columns} where d.id = $1 for update of d`,
    [id],
    'draft-lock',
  )
  return row && toDraft(row)
}

export async function listDrafts(sql: Sql, page: { before: string | null; limit: number }): Promise<Draft[]> {
  const rows = await sql.query<DraftRow>(
    `select ${columns} where ($1::uuid is null or d.id < $1::uuid)
       and not exists (select from follow_up where draft_id = d.id) order by d.id desc limit $2`,
    [page.before, page.limit],
    'draft-list',
  )
  return rows.map(toDraft)
}

export type DraftContent = Pick<
  Draft,
  | 'id'
  | 'email'
  | 'shippingAddress'
  | 'shippingMethod'
  | 'currency'
  | 'lines'
  | 'price'
  | 'note'
  | 'expiresAt'
>

const contentOf = (draft: DraftContent) => [
  draft.id,
  draft.email,
  JSON.stringify(draft.shippingAddress),
  draft.shippingMethod.code,
  draft.shippingMethod.name,
  draft.currency,
  JSON.stringify(draft.lines),
  JSON.stringify(draft.price),
  draft.price.discountMinor,
  draft.price.totalMinor,
  draft.note,
  draft.expiresAt,
]

/** False when there is a draft with this id already. */
export async function insertDraft(tx: Sql, draft: DraftContent, actor: string): Promise<boolean> {
  const rows = await tx.query(
    `insert into draft_order (id, email, shipping_address, shipping_method_code, shipping_method_name, currency, lines,
       price, discount_minor, total_minor, note, expires_at, version, created_by, updated_by)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, 1, $13, $13) on conflict (id) do nothing returning id`,
    [...contentOf(draft), actor],
    'draft-insert',
  )
  return rows.length === 1
}

export async function updateDraft(tx: Sql, draft: DraftContent, actor: string): Promise<void> {
  await tx.query(
    `update draft_order set email = $2, shipping_address = $3, shipping_method_code = $4, shipping_method_name = $5,
       currency = $6, lines = $7, price = $8, discount_minor = $9, total_minor = $10, note = $11, expires_at = $12,
       version = version + 1, updated_by = $13, updated_at = now()
     where id = $1`,
    [...contentOf(draft), actor],
    'draft-update',
  )
}

export async function markSent(tx: Sql, id: string, now: Date): Promise<void> {
  await tx.query(
    'update draft_order set sends = sends + 1, sent_at = $2 where id = $1',
    [id, now],
    'draft-sent',
  )
}

/** Its key opens it from now on; the mail is the caller's event. */
export async function markOffered(
  tx: Sql,
  id: string,
  { now, expiresAt }: { now: Date; expiresAt: Date },
): Promise<void> {
  await tx.query(
    'update draft_order set sent_at = $2, expires_at = $3 where id = $1',
    [id, now, expiresAt],
    'draft-offered',
  )
}

export async function markDiscarded(tx: Sql, id: string, actor: string, now: Date): Promise<void> {
  await tx.query(
    'update draft_order set discarded_at = $3, updated_by = $2, updated_at = now() where id = $1',
    [id, actor, now],
    'draft-discard',
  )
}

export async function markOrdered(tx: Sql, id: string, orderId: string): Promise<void> {
  await tx.query(
    'update draft_order set order_id = $2, attempts = attempts + 1, updated_at = now() where id = $1',
    [id, orderId],
    'draft-ordered',
  )
}
