import type { Sql } from '@souk/db/connect'
import type { InventoryDatabase } from '@souk/db/inventory'
import { currentRequest } from '@souk/service/request'
import { Movement, type MovementKind } from '../contract.ts'
import { ledgerSql, lockedLevelSql } from './ledger-store.ts'
import { type Outstanding, stillOut } from './stock.ts'

export type Change = {
  sku: string
  locationId: string
  kind: MovementKind
  onHandDelta: number
  orderId?: string
  /** The event behind it: the database refuses a second movement of one cause at one level. */
  causeId?: string
  /** The transfer, count or receipt behind it. */
  documentId?: string
  /** Whose promise it keeps. */
  reservationId?: string
  backorderedDelta?: number
  reason?: string
}

const changeSql = `
  with delta as (
    select ordinal::int as ordinal, sku, location_id, kind, on_hand_delta, 0 as reserved_delta, backordered_delta,
           reservation_id, order_id, cause_id, document_id, reason, $8::text as actor, $10::text as trace_id
    from unnest($1::text[], $2::uuid[], $3::text[], $4::int[], $5::uuid[], $6::uuid[], $7::text[], $11::uuid[],
                $12::uuid[], $13::int[])
      with ordinality as given (sku, location_id, kind, on_hand_delta, order_id, cause_id, reason, document_id,
                                reservation_id, backordered_delta, ordinal)
  ),
  ${lockedLevelSql('$1::text[]')},
  ${ledgerSql('$9')}
  select count(*)::int as written from moved`

/** Changes what is on hand at levels that exist; the ledger, versions and events go with it. */
export async function changeLevels(
  sql: Sql,
  changes: readonly Change[],
  options: { actor: string; lowStockThreshold: number },
): Promise<void> {
  if (changes.length === 0) return
  const [row] = await sql.query<{ written: number }>(
    changeSql,
    [
      changes.map((change) => change.sku),
      changes.map((change) => change.locationId),
      changes.map((change) => change.kind),
      changes.map((change) => change.onHandDelta),
      changes.map((change) => change.orderId ?? null),
      changes.map((change) => change.causeId ?? null),
      changes.map((change) => change.reason ?? null),
      options.actor,
      options.lowStockThreshold,
      currentRequest()?.requestId ?? null,
      changes.map((change) => change.documentId ?? null),
      changes.map((change) => change.reservationId ?? null),
      changes.map((change) => change.backorderedDelta ?? 0),
    ],
    'stock-change',
  )
  if (row?.written !== changes.length) throw new Error('A level that should change does not exist')
}

/** What an order has bought and not brought back, by the location it came from. */
export async function findOutstanding(sql: Sql, orderId: string): Promise<Outstanding[]> {
  const moved = await sql.query<Outstanding>(
    `select sku, location_id as "locationId", (-sum(on_hand_delta))::int as quantity from movement
     where order_id = $1 and kind in ('sale', 'backorder_fill', 'return')
     group by sku, location_id having sum(on_hand_delta) <> 0 order by sku, location_id`,
    [orderId],
    'stock-outstanding',
  )
  return stillOut(moved)
}

/** Newest first, those before `before`. */
export async function listMovementsBefore(
  db: InventoryDatabase,
  filter: {
    sku?: string | undefined
    orderId?: string | undefined
    locationId?: string | undefined
    before?: number | undefined
  },
  limit: number,
): Promise<{ seq: number; movement: Movement }[]> {
  const rows = await db.prisma.movement.findMany({
    where: {
      ...(filter.sku === undefined ? {} : { sku: filter.sku }),
      ...(filter.orderId === undefined ? {} : { orderId: filter.orderId }),
      ...(filter.locationId === undefined ? {} : { locationId: filter.locationId }),
      ...(filter.before === undefined ? {} : { seq: { lt: filter.before } }),
    },
    include: { level: { select: { location: { select: { id: true, code: true, name: true } } } } },
    orderBy: { seq: 'desc' },
    take: limit,
  })
  return rows.map((row) => ({
    seq: Number(row.seq),
    movement: Movement.parse({
      ...row,
      location: row.level.location,
      createdAt: row.createdAt.toISOString(),
    }),
  }))
}
