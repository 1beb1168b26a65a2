import type { Sql } from '@souk/db/connect'
import type { InventoryDatabase } from '@souk/db/inventory'
import { Transfer } from '../contract.ts'
import type { Line } from '../stock/stock.ts'

type NewTransfer = {
  id: string
  fromLocationId: string
  toLocationId: string
  note: string | null
  createdBy: string
  lines: readonly { sku: string; quantity: number }[]
}

export async function insertTransfer(sql: Sql, transfer: NewTransfer): Promise<void> {
  await sql.query(
    `insert into transfer (id, from_location_id, to_location_id, status, note, created_by)
     values ($1, $2, $3, 'dispatched', $4, $5)`,
    [transfer.id, transfer.fromLocationId, transfer.toLocationId, transfer.note, transfer.createdBy],
  )
  await sql.query(
    `insert into transfer_line (transfer_id, sku, quantity) select $1, * from unnest($2::text[], $3::int[])`,
    [transfer.id, transfer.lines.map(({ sku }) => sku), transfer.lines.map(({ quantity }) => quantity)],
  )
}

export async function markReceived(
  sql: Sql,
  id: string,
  receivedBy: string,
  lines: readonly { sku: string; received: number }[],
): Promise<void> {
  await sql.query(
    `update transfer set status = 'received', received_by = $2, received_at = now() where id = $1`,
    [id, receivedBy],
  )
  await sql.query(
    `update transfer_line line set received = given.received
     from unnest($2::text[], $3::int[]) as given (sku, received)
     where line.transfer_id = $1 and line.sku = given.sku`,
    [id, lines.map(({ sku }) => sku), lines.map(({ received }) => received)],
  )
}

/** With the last piece that was on its way, and none arrived, the transfer is over. */
export async function markResolved(
  sql: Sql,
  id: string,
  actor: string,
  as: 'returned' | 'lost',
  lines: readonly Line[],
): Promise<void> {
  await sql.query(
    `update transfer_line line set ${as} = line.${as} + given.quantity
     from unnest($2::text[], $3::int[]) as given (sku, quantity)
     where line.transfer_id = $1 and line.sku = given.sku`,
    [id, lines.map(({ sku }) => sku), lines.map(({ quantity }) => quantity)],
  )
  await sql.query(
    `update transfer set status = 'cancelled', cancelled_by = $2, cancelled_at = now()
     where id = $1 and status = 'dispatched'
       and not exists (select from transfer_line where transfer_id = $1 and returned + lost < quantity)`,
    [id, actor],
  )
}

const selectTransfers = `
  select transfer.id, status, note, created_by as "createdBy", transfer.created_at as "createdAt",
         received_by as "receivedBy", received_at as "receivedAt",
         cancelled_by as "cancelledBy", cancelled_at as "cancelledAt",
         json_build_object('id', origin.id, 'code', origin.code, 'name', origin.name) as "from",
         json_build_object('id', target.id, 'code', target.code, 'name', target.name) as "to",
         (select json_agg(json_build_object('sku', sku, 'quantity', quantity, 'received', received,
                                            'returned', returned, 'lost', lost,
                                            'missing', greatest(0, quantity - returned - lost - coalesce(received, 0)))
                          order by sku)
          from transfer_line where transfer_id = transfer.id) as lines
  from transfer
  join location origin on origin.id = from_location_id
  join location target on target.id = to_location_id`

type Row = Omit<Transfer, 'createdAt' | 'receivedAt' | 'cancelledAt'> & {
  createdAt: Date
  receivedAt: Date | null
  cancelledAt: Date | null
}

export async function findTransfer(sql: Sql, id: string): Promise<Transfer | undefined> {
  const [row] = await sql.query<Row>(`${selectTransfers} where transfer.id = $1`, [id])
  return row && toTransfer(row)
}

/** Only one person at a time says what arrived. */
export async function lockTransfer(sql: Sql, id: string): Promise<Transfer | undefined> {
  await sql.query('select 1 from transfer where id = $1 for update', [id])
  return await findTransfer(sql, id)
}

/** Newest first, those made before the one named. */
export async function listTransfersBefore(
  db: InventoryDatabase,
  filter: { status?: string | undefined; before?: string | undefined },
  limit: number,
): Promise<Transfer[]> {
  const rows = await db.sql.query<Row>(
    `${selectTransfers} where ($1::text is null or status = $1)
       and ($2::uuid is null or transfer.id < $2)
     order by transfer.id desc limit $3`,
    [filter.status ?? null, filter.before ?? null, limit],
  )
  return rows.map(toTransfer)
}

function toTransfer(row: Row): Transfer {
  return Transfer.parse({
    ...row,
    createdAt: row.createdAt.toISOString(),
    receivedAt: row.receivedAt?.toISOString() ?? null,
    cancelledAt: row.cancelledAt?.toISOString() ?? null,
  })
}
