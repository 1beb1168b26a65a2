import { money } from '@souk/kernel/money'
import type { Credit } from '../contract.ts'
import type { CreditRecord } from './credit.ts'

export function toCreditView(credit: CreditRecord, now: Date): Credit {
  const isExpired = credit.status === 'active' && credit.expiresAt !== null && credit.expiresAt <= now
  return {
    id: credit.id,
    kind: credit.kind,
    status: isExpired ? 'expired' : credit.status,
    last4: credit.last4,
    userId: credit.userId,
    balance: money(credit.balanceMinor, credit.currency),
    held: money(credit.heldMinor, credit.currency),
    expiresAt: credit.expiresAt?.toISOString() ?? null,
    note: credit.note,
    recipientEmail: credit.recipientEmail,
    createdAt: credit.createdAt.toISOString(),
  }
}
