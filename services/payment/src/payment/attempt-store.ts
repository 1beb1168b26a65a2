import type { PaymentDatabase } from '@souk/db/payment'
import { newId } from '@souk/kernel/id'
import type { PaymentRecord } from './payment.ts'

export type OpenAttempt = {
  id: string
  operation: 'capture' | 'void'
  amountMinor: number
  isFinal: boolean
}

/** The charge's idempotency key at the provider. */
export async function chargeKeyOf(db: PaymentDatabase, paymentId: string): Promise<string> {
  const [row] = await db.sql.query<{ id: string }>(
    `select id from attempt where payment_id = $1 and operation in ('charge', 'authorize')`,
    [paymentId],
  )
  if (!row) throw new Error(`Payment ${paymentId} has no charge attempt`)
  return row.id
}

/**
 * Opens a capture or void of a payment that is in one of `statuses`, or finds the one that is open. At
 * most one is open at a time, whatever its kind; nothing when the payment is elsewhere by now, or more of
 * it is captured or given up.
 */
export async function openAttempt(
  db: PaymentDatabase,
  payment: PaymentRecord,
  attempt: {
    operation: 'capture' | 'void'
    amountMinor: number
    checkInMs: number
    id?: string | undefined
    isFinal?: boolean
  },
): Promise<OpenAttempt | undefined> {
  await db.sql.query(
    `with due as (
       update payment set next_check_at = now() + $5::int * interval '1 ms', checks = 0
       where id = $2::uuid and status = $6 and captured_minor = $8::bigint and lowered_minor = $9::bigint returning *
     )
     insert into attempt (id, payment_id, operation, outcome, amount_minor, currency, is_final)
     select $1::uuid, id, $3, 'started', $4::bigint, currency, $7::boolean from due
     on conflict do nothing`,
    [
      attempt.id ?? newId(),
      payment.id,
      attempt.operation,
      attempt.amountMinor,
      attempt.checkInMs,
      payment.status,
      attempt.isFinal ?? true,
      payment.capturedMinor,
      payment.loweredMinor,
    ],
  )
  return await findOpenAttempt(db, payment.id)
}

export async function findOpenAttempt(
  db: PaymentDatabase,
  paymentId: string,
): Promise<OpenAttempt | undefined> {
  const [row] = await db.sql.query<OpenAttempt>(
    `select id, operation, amount_minor as "amountMinor", is_final as "isFinal" from attempt
     where payment_id = $1 and operation in ('capture', 'void') and outcome in ('started', 'unknown')`,
    [paymentId],
  )
  return row
}

export async function findAttempt(
  db: PaymentDatabase,
  id: string,
): Promise<{ paymentId: string; outcome: string } | undefined> {
  const [row] = await db.sql.query<{ paymentId: string; outcome: string }>(
    'select payment_id as "paymentId", outcome from attempt where id = $1',
    [id],
  )
  return row
}

export async function finishAttempt(
  db: PaymentDatabase,
  id: string,
  result: { outcome: 'succeeded' | 'failed' | 'unknown'; message: string | null },
): Promise<void> {
  await db.sql.query(
    `update attempt set outcome = $2, message = $3, finished_at = case when $2 <> 'unknown' then now() end
     where id = $1 and outcome in ('started', 'unknown', 'requires_action')`,
    [id, result.outcome, result.message],
  )
}
