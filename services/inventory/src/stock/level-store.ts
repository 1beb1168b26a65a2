import type { Sql } from '@souk/db/connect'
import type { Level } from '../contract.ts'
import type { LevelAt } from './stock.ts'

type Row = Omit<Level, 'updatedAt'> & { updatedAt: Date }

const selectLevels = `
  select item.sku, item.updated_at as "updatedAt",
         item.on_hand as "onHand", item.reserved, item.on_hand - item.reserved as available,
         json_agg(json_build_object('id', location.id, 'code', location.code, 'name', location.name,
                                    'onHand', level.on_hand, 'reserved', level.reserved,
                                    'available', level.on_hand - level.reserved)
                  order by location.priority, location.id) as locations
  from stock_item item
  join stock_level level on level.sku = item.sku
  join location on location.id = level.location_id`

/** Levels of those SKUs that are known, sorted. */
export async function findLevels(sql: Sql, skus: readonly string[]): Promise<Level[]> {
  const rows = await sql.query<Row>(
    `${selectLevels} where item.sku = any($1) group by item.sku order by item.sku`,
    [skus],
    'stock-levels',
  )
  return rows.map(toLevel)
}

/** Sorted by SKU, those after `after`. `text` matches anywhere in the SKU. */
export async function listLevelsAfter(
  sql: Sql,
  filter: { text?: string | undefined; maxAvailable?: number | undefined; after?: string | undefined },
  limit: number,
): Promise<Level[]> {
  const pattern = filter.text === undefined ? null : `%${filter.text.replace(/[\\%_]/g, '\\$&')}%`
  const rows = await sql.query<Row>(
    `${selectLevels}
     where ($1::text is null or item.sku ilike $1) and ($2::text is null or item.sku > $2)
       and ($3::int is null or item.on_hand - item.reserved <= $3)
     group by item.sku
     order by item.sku limit $4`,
    [pattern, filter.after ?? null, filter.maxAvailable ?? null, limit],
    'stock-list',
  )
  return rows.map(toLevel)
}

/** The levels of a SKU at every location, locked in the order that all writers share. */
export async function lockLevels(sql: Sql, sku: string): Promise<LevelAt[]> {
  return await sql.query<LevelAt>(
    `select location_id as "locationId", on_hand as "onHand", reserved from stock_level
     where sku = $1 order by sku, location_id for no key update`,
    [sku],
    'stock-lock-levels',
  )
}

/** Makes SKUs known at a location, with nothing there yet. Those that are known already stay as they are. */
export async function openLevels(sql: Sql, skus: readonly string[], locationId: string): Promise<void> {
  const sorted = [...skus].sort()
  await sql.query(
    'insert into stock_item (sku) select unnest($1::text[]) on conflict do nothing',
    [sorted],
    'stock-open-items',
  )
  await sql.query(
    `insert into stock_level (sku, location_id) select unnest($1::text[]), $2 on conflict do nothing`,
    [sorted, locationId],
    'stock-open-levels',
  )
}

function toLevel(row: Row): Level {
  return { ...row, updatedAt: row.updatedAt.toISOString() }
}
