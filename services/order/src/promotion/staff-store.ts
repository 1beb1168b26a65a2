import type { Sql } from '@souk/db/connect'
import type { CreatePromotion } from '../contract.ts'
import type { PromotionRow } from './promotion-row.ts'

export type StaffRow = PromotionRow & { uses: number }

const select = `select p.*, (
    select count(*)::int from orders o
    where o.promotions <> '[]'::jsonb and o.promotions @> jsonb_build_array(jsonb_build_object('id', p.id))
      and o.status not in ('failed', 'cancelled')) as uses
  from promotion p`

export async function findStaffPromotion(sql: Sql, id: string): Promise<StaffRow | undefined> {
  const [row] = await sql.query<StaffRow>(`${select} where p.id = $1`, [id], 'promotion-for-staff')
  return row
}

/** Newest first. */
export async function listStaffPromotions(
  sql: Sql,
  page: { q: string | undefined; before: string | undefined; limit: number },
): Promise<StaffRow[]> {
  return await sql.query<StaffRow>(
    `${select}
     where ($1::uuid is null or p.id < $1)
       and ($2::text is null or strpos(lower(p.name), lower($2)) > 0 or strpos(coalesce(p.code, ''), upper($2)) > 0)
     order by p.id desc limit $3`,
    [page.before ?? null, page.q === undefined || page.q === '' ? null : page.q, page.limit],
  )
}

export async function lockPromotion(tx: Sql, id: string): Promise<StaffRow | undefined> {
  await tx.query('select 1 from promotion where id = $1 for update', [id])
  return await findStaffPromotion(tx, id)
}

/** False when the id is taken; a code that is taken breaks the transaction. */
export async function insertPromotion(tx: Sql, input: CreatePromotion): Promise<boolean> {
  const rows = await tx.query(
    `insert into promotion (id, code, name, kind, value, scope, offer, min_subtotal_minor, min_quantity, customers,
       is_first_order, is_exclusive, priority, is_active, usage_limit, per_customer_limit, starts_at, ends_at)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18)
     on conflict (id) do nothing returning id`,
    valuesOf(input),
  )
  return rows.length === 1
}

export async function updatePromotion(tx: Sql, input: CreatePromotion): Promise<void> {
  await tx.query(
    `update promotion set code = $2, name = $3, kind = $4, value = $5, scope = $6, offer = $7, min_subtotal_minor = $8,
       min_quantity = $9, customers = $10, is_first_order = $11, is_exclusive = $12, priority = $13, is_active = $14,
       usage_limit = $15, per_customer_limit = $16, starts_at = $17, ends_at = $18, version = version + 1, updated_at = now()
     where id = $1`,
    valuesOf(input),
  )
}

export async function setPromotionActive(tx: Sql, id: string, isActive: boolean): Promise<void> {
  await tx.query(
    'update promotion set is_active = $2, version = version + 1, updated_at = now() where id = $1',
    [id, isActive],
  )
}

/** Orders that used a promotion while it had no limit count once it gets one. */
export async function countEarlierUses(tx: Sql, id: string): Promise<void> {
  await tx.query(
    `insert into promotion_use (order_id, promotion_id, customers)
     select o.id, $1::uuid, '{}' from orders o
     where o.promotions <> '[]'::jsonb and o.promotions @> jsonb_build_array(jsonb_build_object('id', $1::uuid))
       and o.status not in ('failed', 'cancelled')
     on conflict do nothing`,
    [id],
  )
  await tx.query(
    `update promotion set used_count = (select count(*) from promotion_use where promotion_id = $1 and not is_returned)
     where id = $1`,
    [id],
  )
}

function valuesOf(input: CreatePromotion): unknown[] {
  return [
    input.id,
    input.code?.toUpperCase() ?? null,
    input.name,
    input.kind,
    input.kind === 'free_shipping' ? 0 : input.value,
    JSON.stringify(input.scope),
    input.offer === null ? null : JSON.stringify(input.offer),
    input.minSubtotalMinor,
    input.minQuantity,
    input.customers,
    input.isFirstOrder,
    input.isExclusive,
    input.priority,
    input.isActive,
    input.usageLimit,
    input.perCustomerLimit,
    input.startsAt,
    input.endsAt,
  ]
}
