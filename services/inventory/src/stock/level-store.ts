import type { Sql } from '@souk/db/connect'
import { catalog } from '@souk/events/catalog'
import { AppError } from '@souk/kernel/errors'
import { currentRequest } from '@souk/service/request'
import type { Level } from '../contract.ts'
import { availableSql, backorderableSql, levelChangedSql } from './ledger-store.ts'
import type { LevelAt } from './stock.ts'

type Row = Omit<Level, 'updatedAt'> & { updatedAt: Date }

/** A deactivated location holds nothing and is not shown. */
const locationsSql = `
  select coalesce(json_agg(json_build_object('id', location.id, 'code', location.code, 'name', location.name,
                                             'onHand', level.on_hand, 'reserved', level.reserved,
                                             'available', level.on_hand - level.reserved)
                           order by location.priority, location.id), '[]')
  from stock_level level join location on location.id = level.location_id and deactivated_at is null
  where level.sku = item.sku`

const selectLevels = (threshold: string) => `
  select sku, updated_at as "updatedAt", on_hand as "onHand", reserved, ${availableSql} as available, backordered,
         backorder_limit as "backorderLimit", ${backorderableSql} as backorderable,
         low_threshold as "lowThreshold", expected_on::text as "expectedOn", ${isLow(threshold)} as "isLow", (${locationsSql}) as locations
  from stock_item item`
const isLow = (threshold: string) => `${availableSql} <= coalesce(low_threshold, ${threshold}::int)`

/** Levels of those SKUs that are known, sorted. */
export async function findLevels(
  sql: Sql,
  skus: readonly string[],
  lowStockThreshold: number,
): Promise<Level[]> {
  const rows = await sql.query<Row>(
    `${selectLevels('$2')} where sku = any($1) order by sku`,
    [skus, lowStockThreshold],
    'stock-levels',
  )
  return rows.map(toLevel)
}

/** Sorted by SKU, those after `after`. `text` matches anywhere in the SKU. */
export async function listLevelsAfter(
  sql: Sql,
  filter: {
    text?: string | undefined
    orSkus?: readonly string[] | undefined
    maxAvailable?: number | undefined
    state?: 'low' | 'sold_out' | 'backordered' | undefined
    locationId?: string | undefined
    after?: string | undefined
  },
  page: { limit: number; lowStockThreshold: number },
): Promise<Level[]> {
  const pattern = filter.text === undefined ? null : `%${filter.text.replace(/[\\%_]/g, '\\$&')}%`
  const rows = await sql.query<Row>(
    `${selectLevels('$5')}
     where ($1::text is null or sku ilike $1 or sku = any($8::text[])) and ($2::text is null or sku > $2)
       and ($3::int is null or ${availableSql} <= $3)
       and case $6::text when 'low' then ${isLow('$5')}
                         when 'sold_out' then ${availableSql} = 0
                         when 'backordered' then backordered > 0
                         else true end
       and ($7::uuid is null or exists (
             select from stock_level level where level.sku = item.sku and location_id = $7 and on_hand > 0))
     order by sku limit $4`,
    [
      pattern,
      filter.after ?? null,
      filter.maxAvailable ?? null,
      page.limit,
      page.lowStockThreshold,
      filter.state ?? null,
      filter.locationId ?? null,
      filter.orSkus ?? [],
    ],
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

/** The same, in the order in which places are emptied. */
export async function lockLevelsByPriority(sql: Sql, sku: string): Promise<LevelAt[]> {
  const levels = await lockLevels(sql, sku)
  const order = await sql.query<{ id: string }>('select id from location order by priority, id', [])
  return order.flatMap(({ id }) => levels.filter(({ locationId }) => locationId === id))
}

/** The levels of some SKUs at one location, locked together with those everywhere else. Those never opened are absent. */
export async function lockLevelsAt(
  sql: Sql,
  skus: readonly string[],
  locationId: string,
): Promise<Map<string, LevelAt>> {
  const rows = await sql.query<LevelAt & { sku: string }>(
    `select sku, location_id as "locationId", on_hand as "onHand", reserved from stock_level
     where sku = any($1) order by sku, location_id for no key update`,
    [skus],
    'stock-lock-levels-at',
  )
  return new Map(rows.flatMap((row) => (row.locationId === locationId ? [[row.sku, row]] : [])))
}

/** Refuses SKUs that no product has brought, with the place in the list that was asked for. */
export async function assertKnown(sql: Sql, skus: readonly string[]): Promise<void> {
  const rows = await sql.query<{ sku: string }>(
    'select sku from stock_item where sku = any($1)',
    [skus],
    'stock-known',
  )
  const known = new Set(rows.map(({ sku }) => sku))
  const errors = skus.flatMap((sku, index) =>
    known.has(sku) ? [] : [{ path: `lines.${index}.sku`, message: `There is no SKU ${sku}` }],
  )
  if (errors.length > 0) {
    throw new AppError('NOT_FOUND', `There is no SKU ${skus.find((sku) => !known.has(sku))}.`, {
      details: { errors },
    })
  }
}

/** Sets what staff decide about a SKU and says so, since what may be promised, and for when, changes with it. */
export async function configureItem(
  sql: Sql,
  change: {
    sku: string
    lowThreshold?: number | null | undefined
    backorderLimit?: number | undefined
    expectedOn?: string | null | undefined
  },
): Promise<boolean> {
  const rows = await sql.query(
    `with before as (
       select sku, expected_on from stock_item where sku = $1 for no key update
     ), changed as (
       update stock_item item
       set low_threshold = case when $2 then $3::int else low_threshold end,
           backorder_limit = coalesce($4::int, backorder_limit),
           expected_on = case when $6 then $7::date else item.expected_on end, updated_at = now(),
           version = version + case when $6 and before.expected_on is distinct from $7::date then 2 else 1 end
       from before where item.sku = before.sku
       returning item.*, item.expected_on is distinct from before.expected_on as is_moved
     ), event as (
       select 'stock.level_changed' as name, ${catalog['stock.level_changed'].version} as schema_version, sku,
              version - case when is_moved then 1 else 0 end as version, ${levelChangedSql} as payload
       from changed
       union all
       select 'stock.delivery_expected', ${catalog['stock.delivery_expected'].version}, sku, version,
              jsonb_build_object('sku', sku, 'expectedOn', expected_on)
       from changed where is_moved
     )
     insert into outbox (event_id, name, schema_version, aggregate_id, aggregate_version, payload, trace_id)
     select new_id(), name, schema_version, sku, version, payload, $5 from event order by version
     returning event_id`,
    [
      change.sku,
      change.lowThreshold !== undefined,
      change.lowThreshold ?? null,
      change.backorderLimit ?? null,
      currentRequest()?.requestId ?? null,
      change.expectedOn !== undefined,
      change.expectedOn ?? null,
    ],
    'stock-configure',
  )
  return rows.length > 0
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
