import type { Sql } from '@souk/db/connect'
import type { DocumentSnapshot } from '@souk/invoice/snapshot'

export type Due = {
  seq: number
  order_id: string
  kind: DocumentSnapshot['kind']
  amount_minor: number | null
}
export type NewDocument = {
  orderId: string
  series: string
  year: number
  sequence: number
  invoiceId: string | null
  snapshot: DocumentSnapshot
}
export type StoredDocument = { orderId: string; snapshot: DocumentSnapshot }

/** One issuer at a time in the whole shop. False when another one is at it, who will see what is due. */
export async function becomeIssuer(tx: Sql): Promise<boolean> {
  const [row] = await tx.query<{ got: boolean }>(
    `select pg_try_advisory_xact_lock(hashtext('document-issuer')) as got`,
    [],
    'document-issuer',
  )
  return row?.got === true
}

/**
 * What is due, in the order in which the confirmations and refunds were written. Locked before the orders
 * are read: an edit of one of them came before, or waits and finds the invoice written.
 */
export async function listDue(tx: Sql, limit: number): Promise<Due[]> {
  return await tx.query<Due>(
    'select seq, order_id, kind, amount_minor from document_due order by seq limit $1 for update',
    [limit],
    'document-due',
  )
}

export async function isAnythingDue(sql: Sql): Promise<boolean> {
  const [row] = await sql.query<{ due: boolean }>(
    'select exists (select 1 from document_due) as due',
    [],
    'document-is-due',
  )
  return row?.due === true
}

/** The last number of each series, locked until the commit: whoever numbers beside us waits for it. */
export async function lockSeries(
  tx: Sql,
  series: readonly string[],
  year: number,
): Promise<Map<string, number>> {
  await tx.query(
    `insert into document_series (series, year, last) select name, $2, 0 from unnest($1::text[]) as name
     on conflict do nothing`,
    [series, year],
    'document-series-open',
  )
  const rows = await tx.query<{ series: string; last: number }>(
    'select series, last from document_series where series = any($1::text[]) and year = $2 order by series for update',
    [series, year],
    'document-series-lock',
  )
  return new Map(rows.map((row) => [row.series, row.last]))
}

export async function saveSeries(tx: Sql, last: ReadonlyMap<string, number>, year: number): Promise<void> {
  await tx.query(
    `update document_series set last = given.last from unnest($1::text[], $2::int[]) as given (series, last)
     where document_series.series = given.series and year = $3`,
    [[...last.keys()], [...last.values()], year],
    'document-series-save',
  )
}

export async function insertDocuments(tx: Sql, documents: readonly NewDocument[]): Promise<void> {
  await tx.query(
    `insert into document (id, order_id, kind, series, year, sequence, number, invoice_id, total_minor, snapshot, issued_at)
     select * from unnest($1::uuid[], $2::uuid[], $3::text[], $4::text[], $5::int[], $6::int[], $7::text[], $8::uuid[],
       $9::bigint[], $10::jsonb[], $11::timestamptz[])`,
    [
      documents.map(({ snapshot }) => snapshot.id),
      documents.map(({ orderId }) => orderId),
      documents.map(({ snapshot }) => snapshot.kind),
      documents.map(({ series }) => series),
      documents.map(({ year }) => year),
      documents.map(({ sequence }) => sequence),
      documents.map(({ snapshot }) => snapshot.number),
      documents.map(({ invoiceId }) => invoiceId),
      documents.map(({ snapshot }) => snapshot.totalMinor),
      documents.map(({ snapshot }) => JSON.stringify(snapshot)),
      documents.map(({ snapshot }) => snapshot.issuedAt),
    ],
    'document-insert',
  )
}

export async function removeDue(tx: Sql, due: readonly Due[]): Promise<void> {
  await tx.query(
    'delete from document_due where seq = any($1::bigint[])',
    [due.map(({ seq }) => seq)],
    'document-done',
  )
}

/** The documents of these orders, oldest first. */
export async function documentsOfOrders(sql: Sql, orderIds: readonly string[]): Promise<StoredDocument[]> {
  const rows = await sql.query<{ order_id: string; snapshot: DocumentSnapshot }>(
    'select order_id, snapshot from document where order_id = any($1::uuid[]) order by id',
    [orderIds],
    'documents-of-orders',
  )
  return rows.map((row) => ({ orderId: row.order_id, snapshot: row.snapshot }))
}

export async function findDocument(sql: Sql, id: string): Promise<StoredDocument | undefined> {
  const [row] = await sql.query<{ order_id: string; snapshot: DocumentSnapshot }>(
    'select order_id, snapshot from document where id = $1',
    [id],
    'document-by-id',
  )
  return row ? { orderId: row.order_id, snapshot: row.snapshot } : undefined
}
