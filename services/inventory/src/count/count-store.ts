import type { Sql } from '@souk/db/connect'
import type { InventoryDatabase } from '@souk/db/inventory'
import { StockCount } from '../contract.ts'

export async function insertCount(
  sql: Sql,
  count: { id: string; locationId: string; note: string | null; createdBy: string },
): Promise<boolean> {
  const rows = await sql.query(
    `insert into stock_count (id, location_id, status, note, created_by) values ($1, $2, 'open', $3, $4)
     on conflict (location_id) where status = 'open' do nothing returning id`,
    [count.id, count.locationId, count.note, count.createdBy],
  )
  return rows.length > 0
}

/** The figure and, in the same statement, what the books say at this moment. The levels must be locked. */
export async function writeCounted(
  sql: Sql,
  count: { id: string; locationId: string },
  lines: readonly { sku: string; counted: number }[],
  countedBy: string,
): Promise<void> {
  await sql.query(
    `insert into stock_count_line (count_id, sku, counted, expected, counted_by)
     select $1, given.sku, given.counted, coalesce(level.on_hand, 0), $5
     from unnest($3::text[], $4::int[]) as given (sku, counted)
     left join stock_level level on level.sku = given.sku and level.location_id = $2
     on conflict (count_id, sku) do update
       set counted = excluded.counted, expected = excluded.expected, counted_by = excluded.counted_by, counted_at = now()`,
    [count.id, count.locationId, lines.map(({ sku }) => sku), lines.map(({ counted }) => counted), countedBy],
  )
}

export async function closeCount(
  sql: Sql,
  id: string,
  status: 'posted' | 'cancelled',
  closedBy: string,
): Promise<void> {
  await sql.query('update stock_count set status = $2, closed_by = $3, closed_at = now() where id = $1', [
    id,
    status,
    closedBy,
  ])
}

const selectCounts = `
  select stock_count.id, status, note, created_by as "createdBy", stock_count.created_at as "createdAt",
         closed_by as "closedBy", closed_at as "closedAt",
         json_build_object('id', location.id, 'code', location.code, 'name', location.name) as location,
         coalesce((select json_agg(json_build_object('sku', sku, 'counted', counted, 'expected', expected,
                                                     'countedAt', counted_at) order by sku)
                   from stock_count_line where count_id = stock_count.id), '[]') as lines
  from stock_count join location on location.id = location_id`

type Row = Omit<StockCount, 'createdAt' | 'closedAt'> & { createdAt: Date; closedAt: Date | null }

export async function findCount(sql: Sql, id: string): Promise<StockCount | undefined> {
  const [row] = await sql.query<Row>(`${selectCounts} where stock_count.id = $1`, [id])
  return row && toCount(row)
}

/** Figures are entered by several people at once; posting waits for them and they for it. */
export async function lockCount(sql: Sql, id: string): Promise<StockCount | undefined> {
  await sql.query('select 1 from stock_count where id = $1 for update', [id])
  return await findCount(sql, id)
}

/** Newest first, those made before the one named. */
export async function listCountsBefore(
  db: InventoryDatabase,
  filter: { status?: string | undefined; before?: string | undefined },
  limit: number,
): Promise<StockCount[]> {
  const rows = await db.sql.query<Row>(
    `${selectCounts} where ($1::text is null or status = $1)
       and ($2::uuid is null or stock_count.id < $2)
     order by stock_count.id desc limit $3`,
    [filter.status ?? null, filter.before ?? null, limit],
  )
  return rows.map(toCount)
}

function toCount(row: Row): StockCount {
  return StockCount.parse({
    ...row,
    createdAt: row.createdAt.toISOString(),
    closedAt: row.closedAt?.toISOString() ?? null,
  })
}
