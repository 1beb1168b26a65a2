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

/** A parcel has left: its share of what is held is due. Without an amount, all of it. */
export async function markShipped(
  tx: Sql,
  orderId: string,
  parcel: { amountMinor: number | null; isLast: boolean },
): Promise<void> {
  await tx.query(
    `update payment set capture_due_at = now(), capture_tries = 0, is_capture_final = is_capture_final or $3,
       capture_wanted_minor = least(amount_minor, capture_wanted_minor + coalesce($2::bigint, amount_minor))
     where order_id = $1 and method_type <> 'cod' and status = 'authorized'`,
    [orderId, parcel.amountMinor, parcel.isLast],
    'payment-parcel-due',
  )
}

export async function captureSoon(db: PaymentDatabase, id: string): Promise<void> {
  await db.sql.query(
    `update payment set capture_due_at = now(), capture_tries = 0
     where id = $1 and status = 'authorized' and (capture_due_at is null or capture_due_at > now() + interval '30 s')`,
    [id],
  )
}

/** The next parcel makes it due again. Nothing changes when that parcel has left meanwhile. */
export async function captureLater(
  db: PaymentDatabase,
  payment: { id: string; captureWantedMinor: number; isCaptureFinal: boolean },
): Promise<void> {
  await db.sql.query(
    `update payment set capture_due_at = null
     where id = $1 and capture_wanted_minor = $2 and is_capture_final = $3`,
    [payment.id, payment.captureWantedMinor, payment.isCaptureFinal],
  )
}

/**
 * Claiming puts the next time off, so that instances share the work and a failure is tried again: every 15 s
 * for the first quarter of an hour, because a provider that was away is soon back, and then ever more rarely.
 */
export async function claimDueCaptures(db: PaymentDatabase, limit: number): Promise<string[]> {
  const rows = await db.sql.query<{ id: string }>(
    `update payment set capture_tries = capture_tries + 1,
       capture_due_at = now() + least(3600, 15 * 2 ^ least(greatest(capture_tries - 60, 0), 8)) * interval '1 s'
     where id in (
       select id from payment where capture_due_at <= now() and status = 'authorized'
       order by capture_due_at limit $1 for update skip locked)
     returning id`,
    [limit],
    'payment-claim-captures',
  )
  return rows.map((row) => row.id)
}
