import type { Sql } from '@souk/db/connect'
import type { InventoryDatabase } from '@souk/db/inventory'
import { AppError, notFound } from '@souk/kernel/errors'
import type { Location } from '../contract.ts'

type Row = Omit<Location, 'isActive'> & { deactivatedAt: Date | null }

export async function findLocations(db: InventoryDatabase): Promise<Location[]> {
  const rows = await db.prisma.location.findMany({
    select: { id: true, code: true, name: true, priority: true, deactivatedAt: true },
    orderBy: [{ priority: 'asc' }, { id: 'asc' }],
  })
  return rows.map(toLocation)
}

/** A place that may take goods; it stays open until the transaction ends. */
export async function lockOpenLocation(sql: Sql, id: string): Promise<string> {
  const [row] = await sql.query<{ isOpen: boolean }>(
    'select deactivated_at is null as "isOpen" from location where id = $1 for share',
    [id],
    'location-lock',
  )
  if (!row) throw notFound('location')
  if (!row.isOpen) throw new AppError('INVALID_STATE', 'This location is deactivated and takes no goods.')
  return id
}

/** Those of the places that may take goods. */
export async function lockOpenLocations(sql: Sql, ids: readonly string[]): Promise<Set<string>> {
  const rows = await sql.query<{ id: string }>(
    'select id from location where id = any($1::uuid[]) and deactivated_at is null order by id for share',
    [ids],
    'location-lock-open',
  )
  return new Set(rows.map(({ id }) => id))
}

/** Where goods arrive when nobody says where. */
export async function firstLocationId(sql: Sql): Promise<string> {
  const [row] = await sql.query<{ id: string }>(
    'select id from location where deactivated_at is null order by priority, id limit 1 for share',
    [],
    'location-first',
  )
  if (!row) throw new AppError('INVALID_STATE', 'There is no location that could hold goods.')
  return row.id
}

const columns = 'id, code, name, priority, deactivated_at as "deactivatedAt"'

/** All of them, for a change that concerns their order or their number: one such change at a time. */
export async function lockLocations(sql: Sql): Promise<Location[]> {
  const rows = await sql.query<Row>(`select ${columns} from location order by id for update`)
  return rows.map(toLocation).sort((a, b) => a.priority - b.priority || (a.id < b.id ? -1 : 1))
}

export async function insertLocation(
  sql: Sql,
  location: { id: string; code: string; name: string; priority: number },
): Promise<void> {
  await sql.query('insert into location (id, code, name, priority) values ($1, $2, $3, $4)', [
    location.id,
    location.code,
    location.name,
    location.priority,
  ])
}

export async function renameLocation(sql: Sql, id: string, name: string): Promise<Location | undefined> {
  const [row] = await sql.query<Row>(`update location set name = $2 where id = $1 returning ${columns}`, [
    id,
    name,
  ])
  return row && toLocation(row)
}

/** Room is left between two places, though nothing needs it: a person who looks at the table sees the order. */
export async function writePriorities(sql: Sql, ids: readonly string[]): Promise<void> {
  await sql.query(
    `update location set priority = place * 10
     from unnest($1::uuid[]) with ordinality as given (id, place) where location.id = given.id`,
    [ids],
  )
}

export async function setDeactivated(sql: Sql, id: string, isDeactivated: boolean): Promise<void> {
  await sql.query('update location set deactivated_at = case when $2 then now() end where id = $1', [
    id,
    isDeactivated,
  ])
}

/** What keeps a place open: pieces that lie there, and transfers and counts that are not finished. */
export async function findContents(
  sql: Sql,
  id: string,
): Promise<{ skus: number; pieces: number; transfers: number; counts: number }> {
  const [row] = await sql.query<{ skus: number; pieces: number; transfers: number; counts: number }>(
    `select (select count(*)::int from stock_level where location_id = $1 and on_hand > 0) as skus,
            (select coalesce(sum(on_hand), 0)::bigint from stock_level where location_id = $1) as pieces,
            (select count(*)::int from transfer
             where status = 'dispatched' and $1 in (from_location_id, to_location_id)) as transfers,
            (select count(*)::int from stock_count where status = 'open' and location_id = $1) as counts`,
    [id],
  )
  if (!row) throw new Error('A statement that always has one row had none')
  return row
}

function toLocation({ deactivatedAt, ...row }: Row): Location {
  return { ...row, isActive: deactivatedAt === null }
}
