import type { Sql } from '@souk/db/connect'
import type { Figure } from './availability.ts'

export type CopiedLevel = { now: Figure; previous: Figure }

/** Keeps the newest figure of a SKU; answers nothing when a newer one is already here. */
export async function copyLevel(
  tx: Sql,
  level: Figure & { sku: string; version: number },
): Promise<CopiedLevel | undefined> {
  const rows = await tx.query<CopiedLevel>(
    `insert into availability (sku, available, backorderable, version, expected_on) values ($1, $2, $4, $3, $5)
     on conflict (sku) do update
       set previous = availability.available, available = excluded.available,
           previous_backorderable = availability.backorderable, backorderable = excluded.backorderable,
           previous_expected_on = availability.expected_on, expected_on = excluded.expected_on,
           version = excluded.version, changed_at = now()
       where availability.version < excluded.version
     returning json_build_object('available', available, 'backorderable', backorderable,
                                 'expectedOn', expected_on) as now,
               json_build_object('available', previous, 'backorderable', previous_backorderable,
                                 'expectedOn', previous_expected_on) as previous`,
    [level.sku, level.available, level.version, level.backorderable, level.expectedOn],
    'availability-copy',
  )
  return rows[0]
}

/** The product that sells a SKU, locked: two variants of it may change at the same time. */
export async function lockProductOfSku(tx: Sql, sku: string): Promise<string | undefined> {
  const rows = await tx.query<{ id: string }>(
    `select p.id from product p
     where p.removed_at is null
       and p.id = (
         select v.product_id from variant v
         where lower(v.sku) = lower($1) and v.sku = $1 and v.removed_at is null)
     for update`,
    [sku],
    'availability-lock',
  )
  return rows[0]?.id
}

/** Brings the product's own figure up to date and answers the version of the event that says so. */
export async function refreshAvailability(
  tx: Sql,
  productId: string,
): Promise<{ slug: string; version: number } | undefined> {
  const rows = await tx.query<{ slug: string; version: number }>(
    `update product p set version = version + 1, is_available = exists (
       select 1 from variant v join availability a on a.sku = v.sku
       where v.product_id = p.id and v.removed_at is null and (a.available > 0 or a.backorderable > 0))
     where p.id = $1 returning slug, version`,
    [productId],
    'availability-refresh',
  )
  return rows[0]
}
