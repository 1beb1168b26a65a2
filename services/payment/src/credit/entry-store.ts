import type { Sql } from '@souk/db/connect'
import { type Currency, money } from '@souk/kernel/money'
import type { CreditEntry } from '../contract.ts'
import type { CreditRecord, CreditVerb } from './credit.ts'

export async function hasEntry(
  tx: Sql,
  creditId: string,
  verb: CreditVerb,
  sourceId: string,
): Promise<boolean> {
  const rows = await tx.query(
    'select id from credit_entry where credit_id = $1 and kind = $2 and source_id = $3',
    [creditId, verb, sourceId],
  )
  return rows.length > 0
}

type EntryRow = {
  id: string
  kind: CreditVerb
  amount: number
  balanceAfter: number
  orderId: string | null
  note: string | null
  createdAt: Date
}

const mostShown = 200

/** Newest first. */
export async function readEntries(sql: Sql, credit: CreditRecord): Promise<CreditEntry[]> {
  const rows = await sql.query<EntryRow>(
    `select e.id, e.kind, p.debit_minor as amount, e.balance_after_minor as "balanceAfter",
       e.order_id as "orderId", e.note, e.created_at as "createdAt"
     from credit_entry e join credit_posting p on p.entry_id = e.id and p.line = 1
     where e.credit_id = $1 order by e.created_at desc, e.id desc limit ${mostShown}`,
    [credit.id],
  )
  return rows.map((row) => toEntry(row, credit.currency))
}

function toEntry(row: EntryRow, currency: Currency): CreditEntry {
  return {
    id: row.id,
    kind: row.kind,
    amount: money(Number(row.amount), currency),
    balanceAfter: money(Number(row.balanceAfter), currency),
    orderId: row.orderId,
    note: row.note,
    createdAt: row.createdAt.toISOString(),
  }
}
