import type { Sql } from '@souk/db/connect'
import type { Currency } from '@souk/kernel/money'
import type { CreditRecord } from './credit.ts'
import { type CreditRow, creditColumns, toCredit } from './credit-rows.ts'

export async function findCredit(sql: Sql, id: string): Promise<CreditRecord | undefined> {
  const [row] = await sql.query<CreditRow>(
    `select ${creditColumns} from credit where id = $1`,
    [id],
    'credit-find',
  )
  return row && toCredit(row)
}

export async function findByCode(sql: Sql, codeHash: string): Promise<CreditRecord | undefined> {
  const [row] = await sql.query<CreditRow>(
    `select ${creditColumns} from credit where code_hash = $1`,
    [codeHash],
    'credit-by-code',
  )
  return row && toCredit(row)
}

export async function findStoreCredit(
  sql: Sql,
  userId: string,
  currency: Currency,
): Promise<CreditRecord | undefined> {
  const [row] = await sql.query<CreditRow>(
    `select ${creditColumns} from credit where kind = 'store_credit' and user_id = $1 and currency = $2`,
    [userId, currency],
    'credit-of-user',
  )
  return row && toCredit(row)
}

/** In the order asked for. */
export async function readCredits(sql: Sql, ids: readonly string[]): Promise<CreditRecord[]> {
  const rows = await sql.query<CreditRow>(
    `select ${creditColumns} from credit where id = any($1::uuid[])`,
    [ids],
    'credit-read',
  )
  const found = new Map(rows.map((row) => [row.id, toCredit(row)]))
  return ids.flatMap((id) => found.get(id) ?? [])
}

/** The rows stay ours until the transaction ends. Locked in one order, so that nobody waits in a circle; answered as asked. */
export async function lockCredits(tx: Sql, ids: readonly string[]): Promise<CreditRecord[]> {
  const rows = await tx.query<CreditRow>(
    `select ${creditColumns} from credit where id = any($1::uuid[]) order by id for update`,
    [ids],
    'credit-lock',
  )
  const found = new Map(rows.map((row) => [row.id, toCredit(row)]))
  return ids.flatMap((id) => found.get(id) ?? [])
}

export type NewGiftCard = {
  id: string
  codeHash: string
  last4: string
  currency: Currency
  expiresAt: Date | null
  note: string | null
  recipientEmail: string | null
  issuedBy: string
  requestHash: string
}

/** False when the id is taken. */
export async function insertGiftCard(tx: Sql, card: NewGiftCard): Promise<boolean> {
  const rows = await tx.query(
    `insert into credit (id, kind, code_hash, last4, currency, expires_at, note, recipient_email, issued_by, request_hash)
     values ($1, 'gift_card', $2, $3, $4, $5, $6, $7, $8, $9) on conflict (id) do nothing returning id`,
    [
      card.id,
      card.codeHash,
      card.last4,
      card.currency,
      card.expiresAt,
      card.note,
      card.recipientEmail,
      card.issuedBy,
      card.requestHash,
    ],
  )
  return rows.length === 1
}

/** The customer's store credit, opened with nothing on it when there is none, and locked. */
export async function openStoreCredit(
  tx: Sql,
  owner: { id: string; userId: string; currency: Currency; issuedBy: string },
): Promise<CreditRecord> {
  const [row] = await tx.query<CreditRow>(
    `insert into credit (id, kind, user_id, currency, issued_by, request_hash)
     values ($1, 'store_credit', $2, $3, $4, '')
     on conflict (user_id, currency) where kind = 'store_credit' do update set updated_at = now()
     returning ${creditColumns}`,
    [owner.id, owner.userId, owner.currency, owner.issuedBy],
  )
  if (!row) throw new Error('The store credit was not written')
  return toCredit(row)
}

export async function disableCredit(tx: Sql, id: string): Promise<void> {
  await tx.query(`update credit set status = 'disabled', updated_at = now() where id = $1`, [id])
}

/** Cards whose time is over and that still have something on them. */
export async function lockExpired(tx: Sql, limit: number): Promise<CreditRecord[]> {
  const rows = await tx.query<CreditRow>(
    `select ${creditColumns} from credit where expires_at <= now() and balance_minor > 0
     order by expires_at limit $1 for update skip locked`,
    [limit],
  )
  return rows.map(toCredit)
}
