import type { Sql } from '@souk/db/connect'
import type { InventoryDatabase } from '@souk/db/inventory'
import { Reservation } from '../contract.ts'
import type { StatusBefore } from './end-store.ts'

export async function findReservation(db: InventoryDatabase, orderId: string): Promise<Reservation | null> {
  const row = await db.prisma.reservation.findUnique({
    where: { orderId },
    include: { lines: { orderBy: [{ sku: 'asc' }, { locationId: 'asc' }] } },
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

/** Lets only one handler at a time decide about an order's units. */
export async function lockReservation(sql: Sql, orderId: string): Promise<StatusBefore> {
  const [row] = await sql.query<{ status: StatusBefore }>(
    'select status from reservation where order_id = $1 for no key update',
    [orderId],
    'reservation-lock',
  )
  return row?.status
}

/** False for a mark that a release left for an order which had reserved nothing. */
export async function hasLines(sql: Sql, orderId: string): Promise<boolean> {
  const rows = await sql.query(
    `select 1 from reservation join reservation_line on reservation_id = reservation.id
     where order_id = $1 limit 1`,
    [orderId],
    'reservation-has-lines',
  )
  return rows.length > 0
}
