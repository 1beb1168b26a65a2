import type { Sql } from '@souk/db/connect'
import type { Figure } from './availability.ts'

export type Level = Figure & { sku: string; version: number }
export type CopiedLevel = { sku: string; now: Figure; previous: Figure }

/** Keeps the newest figures, one of each SKU; leaves out those of which a newer one is already here. */
export async function copyLevels(tx: Sql, levels: readonly Level[]): Promise<CopiedLevel[]> {
  return await tx.query<CopiedLevel>(
    `insert into availability (sku, available, backorderable, version, expected_on)
     select * from unnest($1::text[], $2::int[], $3::int[], $4::bigint[], $5::date[])
       as level (sku, available, backorderable, version, expected_on)
     order by sku
     on conflict (sku) do update
       set previous = availability.available, available = excluded.available,
           previous_backorderable = availability.backorderable, backorderable = excluded.backorderable,
           previous_expected_on = availability.expected_on, expected_on = excluded.expected_on,
           version = excluded.version, changed_at = now()
       where availability.version < excluded.version
     returning sku,
       json_build_object('available', available, 'backorderable', backorderable, 'expectedOn', expected_on) as now,
       json_build_object('available', previous, 'backorderable', previous_backorderable,
                         'expectedOn', previous_expected_on) as previous`,
    [
      levels.map((level) => level.sku),
      levels.map((level) => level.available),
      levels.map((level) => level.backorderable),
      levels.map((level) => level.version),
      levels.map((level) => level.expectedOn),
    ],
    'availability-copy',
  )
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
