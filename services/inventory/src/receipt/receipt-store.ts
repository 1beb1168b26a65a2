import type { Sql } from '@souk/db/connect'
import { Receipt } from '../contract.ts'

export async function insertReceipt(
  sql: Sql,
  receipt: {
    id: string
    locationId: string
    reference: string | null
    createdBy: string
    lines: readonly { sku: string; quantity: number }[]
  },
): Promise<void> {
  await sql.query('insert into receipt (id, location_id, reference, created_by) values ($1, $2, $3, $4)', [
    receipt.id,
    receipt.locationId,
    receipt.reference,
    receipt.createdBy,
  ])
  await sql.query(
    'insert into receipt_line (receipt_id, sku, quantity) select $1, * from unnest($2::text[], $3::int[])',
    [receipt.id, receipt.lines.map(({ sku }) => sku), receipt.lines.map(({ quantity }) => quantity)],
  )
}

/** Newest first: the one named, or those made before another. */
export async function findReceipts(
  sql: Sql,
  filter: { id?: string; before?: string | undefined },
  limit: number,
): Promise<Receipt[]> {
  const rows = await sql.query<Omit<Receipt, 'createdAt'> & { createdAt: Date }>(
    `select receipt.id, reference, created_by as "createdBy", receipt.created_at as "createdAt",
            json_build_object('id', location.id, 'code', location.code, 'name', location.name) as location,
            (select json_agg(json_build_object('sku', sku, 'quantity', quantity) order by sku)
             from receipt_line where receipt_id = receipt.id) as lines
     from receipt join location on location.id = location_id
     where ($1::uuid is null or receipt.id = $1) and ($2::uuid is null or receipt.id < $2)
     order by receipt.id desc limit $3`,
    [filter.id ?? null, filter.before ?? null, limit],
  )
  return rows.map((row) => Receipt.parse({ ...row, createdAt: row.createdAt.toISOString() }))
}
