import type { CreditRecord } from './credit.ts'

/** A row as plain SQL gives it with `creditColumns`, and as Prisma gives it. */
export type CreditRow = Omit<CreditRecord, 'kind' | 'status' | 'currency' | 'balanceMinor' | 'heldMinor'> & {
  kind: string
  status: string
  currency: string
  balanceMinor: number | bigint
  heldMinor: number | bigint
}

export const creditColumns = `credit.id, credit.kind, credit.user_id as "userId", credit.last4, credit.status,
  credit.currency, credit.balance_minor as "balanceMinor", credit.held_minor as "heldMinor",
  credit.expires_at as "expiresAt", credit.note, credit.recipient_email as "recipientEmail",
  credit.issued_by as "issuedBy", credit.request_hash as "requestHash", credit.created_at as "createdAt"`

/** CHECK constraints hold the text columns to the words of these types. */
export function toCredit(row: CreditRow): CreditRecord {
  return {
    id: row.id,
    kind: row.kind as CreditRecord['kind'],
    userId: row.userId,
    last4: row.last4,
    status: row.status as CreditRecord['status'],
    currency: row.currency as CreditRecord['currency'],
    balanceMinor: Number(row.balanceMinor),
    heldMinor: Number(row.heldMinor),
    expiresAt: row.expiresAt,
    note: row.note,
    recipientEmail: row.recipientEmail,
    issuedBy: row.issuedBy,
    requestHash: row.requestHash,
    createdAt: row.createdAt,
  }
}
