import type { Sql } from '@souk/db/connect'
import type { PaymentDatabase } from '@souk/db/payment'

/** The carrier has the cash: what was promised on delivery is due. */
export async function markCashDue(tx: Sql, orderId: string): Promise<void> {
  await tx.query(
    `update payment set capture_due_at = now()
     where order_id = $1 and method_type = 'cod' and status = 'authorized' and capture_due_at is null`,
    [orderId],
    'payment-cash-due',
  )
}

/** Claiming puts the next time off, so that instances share the work and a failure is tried again. */
export async function claimDueCaptures(db: PaymentDatabase, limit: number): Promise<string[]> {
  const rows = await db.sql.query<{ id: string }>(
    `update payment set capture_due_at = now() + interval '10 s' where id in (
       select id from payment where capture_due_at <= now() and status = 'authorized'
       order by capture_due_at limit $1 for update skip locked)
     returning id`,
    [limit],
    'payment-claim-captures',
  )
  return rows.map((row) => row.id)
}
