import type { Sql } from '@souk/db/connect'
import type { PaymentDatabase } from '@souk/db/payment'
import { goneMinor } from '../balance/balance.ts'
import type { StartPayment } from '../contract.ts'
import type { PaymentRecord } from './payment.ts'
import { type PaymentRow, paymentColumns, toPayment } from './payment-rows.ts'

export type NewPayment = {
  input: StartPayment
  provider: string
  methodLabel: string
  requestHash: string
  attemptId: string
  checkInMs: number
}

const insertSql = `
  with fresh as (
    insert into payment (id, order_id, provider, status, method_type, method_label, method_detail, request_hash,
      capture_mode, currency, amount_minor, user_id, order_token_hash, return_url, next_check_at)
    select $1::uuid, $2::uuid, $3, 'created', $4, $5, $6::jsonb, $7, $8, $9, $10::bigint, $11::uuid, $12, $13,
      now() + $14::int * interval '1 ms'
    where not exists (select from closed_order where order_id = $2::uuid)
    on conflict (id) do nothing
    returning *
  ), asked as (
    insert into attempt (id, payment_id, operation, outcome, amount_minor, currency)
    select $15::uuid, id, $16, 'started', amount_minor, currency from fresh
  )
  select ${paymentColumns} from fresh as payment`

/** Nothing when the id is taken or the order is over. */
export async function insertPayment(
  db: PaymentDatabase,
  payment: NewPayment,
): Promise<PaymentRecord | undefined> {
  const { input } = payment
  const values = [
    input.id,
    input.orderId,
    payment.provider,
    input.method.type,
    payment.methodLabel,
    JSON.stringify(input.method),
    payment.requestHash,
    input.captureMode,
    input.amount.currency,
    input.amount.amount,
    input.userId,
    input.orderTokenHash,
    input.returnUrl,
    payment.checkInMs,
    payment.attemptId,
    input.captureMode === 'automatic' ? 'charge' : 'authorize',
  ]
  const [row] = await db.sql.query<PaymentRow>(insertSql, values, 'payment-insert')
  return row && toPayment(row)
}

export async function findPayment(sql: Sql, id: string): Promise<PaymentRecord | undefined> {
  const [row] = await sql.query<PaymentRow>(
    `select ${paymentColumns} from payment where id = $1`,
    [id],
    'payment-find',
  )
  return row && toPayment(row)
}

/** The row stays ours until the transaction ends. */
export async function lockPayment(tx: Sql, id: string): Promise<PaymentRecord | undefined> {
  const [row] = await tx.query<PaymentRow>(
    `select ${paymentColumns} from payment where id = $1 for update`,
    [id],
    'payment-lock',
  )
  return row && toPayment(row)
}

/** Takes payments whose time has come, and puts their next time off, so that a crash only delays them. */
export async function claimDuePayments(db: PaymentDatabase, limit: number): Promise<PaymentRecord[]> {
  const rows = await db.sql.query<PaymentRow>(
    `update payment set checks = checks + 1, next_check_at = now() + interval '1 ms' * (0.75 + random() * 0.5) *
       case when status = 'requires_action' and closed_reason is null then 20000
            else least(15000, 400 * 2 ^ least(checks, 10)) end
     where id in (select id from payment where next_check_at <= now() order by next_check_at limit $1
                  for update skip locked)
     returning ${paymentColumns}`,
    [limit],
    'payment-claim-due',
  )
  return rows.map(toPayment)
}

/** Nothing more to wait for but the end of a hold, unless somebody changed the payment since it was read. */
export async function stopChecking(db: PaymentDatabase, payment: PaymentRecord): Promise<void> {
  await db.sql.query(
    `update payment set checks = 0,
       next_check_at = case when status = 'authorized' and release_at is not null
                            then greatest(release_at, now() + interval '20 s') end
     where id = $1 and status = $2 and captured_minor = $3
       and refunded_minor + refund_pending_minor + credit_given_minor + credit_pending_minor
         + transfer_given_minor + transfer_pending_minor + transferred_minor = $4
       and closed_reason is not distinct from $5`,
    [payment.id, payment.status, payment.capturedMinor, goneMinor(payment), payment.closedReason],
  )
}

export async function checkSoon(db: PaymentDatabase, id: string): Promise<void> {
  await db.sql.query('update payment set next_check_at = now(), checks = 0 where id = $1', [id])
}

const closing = `
  update payment set closed_reason = over.reason, checks = 0, updated_at = now(),
    next_check_at = case when status in ('declined', 'expired', 'voided') and captured_minor = 0
                         then next_check_at else now() end
  from over where payment.order_id = over.order_id and payment.closed_reason is null`

/** Remembers that the order is over, also for a payment that begins later. */
export async function closeOrder(
  tx: Sql,
  { orderId, reason, wasConfirmed }: { orderId: string; reason: string; wasConfirmed: boolean },
): Promise<void> {
  await tx.query(
    'insert into closed_order (order_id, reason, was_confirmed) values ($1, $2, $3) on conflict do nothing',
    [orderId, reason, wasConfirmed],
    'closed-order-insert',
  )
  await tx.query(
    `with over as (select order_id, reason from closed_order where order_id = $1) ${closing}`,
    [orderId],
    'closed-order-payments',
  )
}

/** Whether the order of a payment ended without ever having come about. */
export async function neverCameAbout(tx: Sql, orderId: string): Promise<boolean> {
  const rows = await tx.query('select 1 from closed_order where order_id = $1 and not was_confirmed', [
    orderId,
  ])
  return rows.length > 0
}

/**
 * A payment that began in the same moment in which its order ended may have seen nothing of it, nor been
 * seen. Once both statements must be over, it is looked for.
 */
export async function closeForgottenPayments(db: PaymentDatabase): Promise<void> {
  await db.sql.query(
    `with over as (
       update closed_order set checked_at = now()
       where checked_at is null and closed_at < now() - interval '6 s'
       returning order_id, reason
     ) ${closing}`,
  )
}
