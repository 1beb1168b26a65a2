import type { Sql } from '@souk/db/connect'
import { customerKeys, type Promotion } from './promotion.ts'
import { type PromotionRow, toPromotion } from './promotion-row.ts'

/** Those that apply without a code now or soon; read with the price table. */
export async function listAutomaticPromotions(sql: Sql): Promise<Promotion[]> {
  const rows = await sql.query<PromotionRow>(
    `select * from promotion
     where code is null and is_active and (ends_at is null or ends_at > now()) order by id`,
    [],
    'promotion-automatic',
  )
  return rows.map(toPromotion)
}

/** By codes in capitals, as they are stored. */
export async function findPromotionsByCode(sql: Sql, codes: readonly string[]): Promise<Promotion[]> {
  const rows = await sql.query<PromotionRow>(
    'select * from promotion where code = any($1)',
    [codes],
    'promotion-by-code',
  )
  return rows.map(toPromotion)
}

export type Standing = { usedCounts: Map<string, number>; uses: Map<string, number>; hasOrdered: boolean }

/** How often limited promotions were used, by all and by this buyer, and whether he ever ordered: one statement. */
export async function loadStanding(
  sql: Sql,
  promotionIds: readonly string[],
  buyer: { userId: string | null; email: string | null },
): Promise<Standing> {
  const rows = await sql.query<{ id: string; used_count: number; own: number; has_ordered: boolean }>(
    `select p.id, p.used_count,
       coalesce((select max(c.used_count) from promotion_customer c
         where c.promotion_id = p.id and c.customer = any($2)), 0) as own,
       exists (select 1 from orders o where o.user_id = $3 and o.status not in ('failed', 'cancelled'))
         or exists (select 1 from orders o where o.email = $4 and o.status not in ('failed', 'cancelled')) as has_ordered
     from promotion p where p.id = any($1)`,
    [promotionIds, customerKeys(buyer), buyer.userId, buyer.email],
    'promotion-standing',
  )
  return {
    usedCounts: new Map(rows.map((row) => [row.id, row.used_count])),
    uses: new Map(rows.map((row) => [row.id, row.own])),
    hasOrdered: rows.some((row) => row.has_ordered),
  }
}
