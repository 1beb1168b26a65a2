import type { Sql } from '@souk/db/connect'
import type { InventoryDatabase } from '@souk/db/inventory'
import { Reservation } from '../contract.ts'
import type { StatusBefore } from './end-store.ts'

export async function findReservation(db: InventoryDatabase, orderId: string): Promise<Reservation | null> {
  const row = await db.prisma.reservation.findUnique({
    where: { orderId },
    include: {
      lines: { orderBy: [{ sku: 'asc' }, { locationId: 'asc' }] },
      backorders: { orderBy: { sku: 'asc' } },
    },
  })
  if (!row) return null
  return Reservation.parse({
    ...row,
    expiresAt: row.expiresAt.toISOString(),
    createdAt: row.createdAt.toISOString(),
  })
}

/** Without a lock: an answer that is over stays over, any other must be asked again by the statement that acts. */
export async function findStatus(sql: Sql, orderId: string): Promise<StatusBefore> {
  const [row] = await sql.query<{ status: StatusBefore }>(
    'select status from reservation where order_id = $1',
    [orderId],
    'reservation-status',
  )
  return row?.status
}

/** Those of the orders whose units are not sold to them, or that never had any. */
export async function findUnsold(sql: Sql, orderIds: readonly string[]): Promise<string[]> {
  const rows = await sql.query<{ order_id: string }>(
    `select order_id from unnest($1::uuid[]) as given (order_id)
     where not exists (select from reservation r where r.order_id = given.order_id and r.status = 'committed')
     order by order_id`,
    [orderIds],
    'reservations-unsold',
  )
  return rows.map((row) => row.order_id)
}

/** Lets only one handler at a time decide about an order's units. */
export async function lockReservation(sql: Sql, orderId: string): Promise<StatusBefore> {
  const [row] = await sql.query<{ status: StatusBefore }>(
    'select status from reservation where order_id = $1 for no key update',
    [orderId],
    'reservation-lock',
  )
  return row?.status
}

/** The sold units are back on the shelf: from here on nobody is told that they are sold. */
export async function markRestocked(sql: Sql, orderId: string): Promise<void> {
  await sql.query(
    `update reservation set status = 'restocked' where order_id = $1`,
    [orderId],
    'reservation-restocked',
  )
}

/**
 * Holds the units longer, if they are still held: decided by the row, which the sweep locks too. A hold
 * never becomes shorter, and in total none lasts longer than `limitSeconds`.
 */
export async function extendReservation(
  sql: Sql,
  extension: { orderId: string; ttlSeconds: number; limitSeconds: number },
): Promise<Date | undefined> {
  const [row] = await sql.query<{ expires_at: Date }>(
    `update reservation
     set expires_at = greatest(expires_at, least(now() + make_interval(secs => $2),
                                                 created_at + make_interval(secs => $3)))
     where order_id = $1 and status = 'active' returning expires_at`,
    [extension.orderId, extension.ttlSeconds, extension.limitSeconds],
    'reservation-extend',
  )
  return row?.expires_at
}

/** False for a mark that a release left for an order which had reserved nothing. */
export async function hasLines(sql: Sql, orderId: string): Promise<boolean> {
  const rows = await sql.query(
    `select 1 from reservation where order_id = $1
       and (exists (select from reservation_line where reservation_id = reservation.id)
            or exists (select from backorder where reservation_id = reservation.id))`,
    [orderId],
    'reservation-has-lines',
  )
  return rows.length > 0
}
