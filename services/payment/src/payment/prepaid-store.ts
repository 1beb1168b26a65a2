import type { Sql } from '@souk/db/connect'
import { record, shopEvent } from '@souk/events/record'
import { totalMinor } from '../balance/balance.ts'
import { movedHere } from './move-store.ts'
import type { PaymentRecord } from './payment.ts'
import { type PaymentRow, paymentColumns, toPayment } from './payment-rows.ts'
import type { NewPayment } from './payment-store.ts'
import type { Plan } from './prepaid.ts'

const insertSql = `
  with fresh as (
    insert into payment (id, order_id, provider, status, version, method_type, method_label, method_detail,
      request_hash, capture_mode, currency, amount_minor, credit_minor, credit_status, failure_code, failure_message,
      user_id, order_token_hash, return_url, next_check_at, transfer_minor, transfer_status)
    select $1::uuid, $2::uuid, $3, $4, $5, $6, $7, $8::jsonb, $9, $10, $11, $12::bigint, $13::bigint, $14, $15, $16,
      $17::uuid, $18, $19, now() + $20::int * interval '1 ms', $23::bigint, $24
    where not exists (select from closed_order where order_id = $2::uuid)
    on conflict (id) do nothing
    returning *
  ), asked as (
    insert into attempt (id, payment_id, operation, outcome, amount_minor, currency)
    select $21::uuid, id, $22, 'started', amount_minor, currency from fresh where status = 'created'
  )
  select ${paymentColumns} from fresh as payment`

/** A payment of which credit or an earlier payment pays a part, or all, or which was refused. Nothing when the id is taken or the order is over. */
export async function insertPrepaidPayment(
  tx: Sql,
  start: NewPayment,
  plan: Plan,
  label: string,
): Promise<PaymentRecord | undefined> {
  const { input } = start
  const stand = standOf(plan, input.amount.amount)
  const asksProvider = stand.status === 'created'
  const ownType = stand.transferMinor > 0 && stand.creditMinor === 0 ? 'transfer' : 'credit'
  const [row] = await tx.query<PaymentRow>(
    insertSql,
    [
      input.id,
      input.orderId,
      asksProvider ? start.provider : ownType,
      stand.status,
      asksProvider ? 0 : 1,
      asksProvider ? input.method.type : ownType,
      asksProvider ? start.methodLabel : label,
      asksProvider ? JSON.stringify(input.method) : null,
      start.requestHash,
      input.captureMode,
      input.amount.currency,
      stand.amountMinor,
      stand.creditMinor,
      stand.creditStatus,
      stand.code,
      stand.failure,
      input.userId,
      input.orderTokenHash,
      input.returnUrl,
      asksProvider ? start.checkInMs : null,
      start.attemptId,
      input.captureMode === 'automatic' ? 'charge' : 'authorize',
      stand.transferMinor,
      stand.transferStatus,
    ],
    'payment-insert-prepaid',
  )
  if (!row) return undefined
  const payment = toPayment(row)
  if (!asksProvider) await announce(tx, payment)
  return payment
}

function standOf(plan: Plan, amountMinor: number) {
  if (plan.kind === 'refused') {
    const none = { creditMinor: 0, creditStatus: 'none', transferMinor: 0, transferStatus: 'none' }
    return { status: 'declined', amountMinor, ...none, code: plan.code, failure: plan.message }
  }
  const { creditMinor, transferMinor, restMinor } = plan
  const taken = restMinor === 0 ? 'spent' : 'held'
  return {
    status: restMinor === 0 ? 'captured' : 'created',
    amountMinor: restMinor,
    creditMinor,
    creditStatus: creditMinor > 0 ? taken : 'none',
    transferMinor,
    transferStatus: transferMinor > 0 ? taken : 'none',
    code: null,
    failure: null,
  }
}

/** It has ended with the statement that began it. */
async function announce(tx: Sql, payment: PaymentRecord): Promise<void> {
  await record(tx, [
    shopEvent('payment.processed', payment.id, payment.version, {
      paymentId: payment.id,
      orderId: payment.orderId,
      outcome: payment.status === 'captured' ? 'captured' : 'failed',
      method: payment.method.type,
      amountMinor: totalMinor(payment),
      ...movedHere(payment),
      currency: payment.currency,
      failureReason: payment.failure?.message ?? null,
    }),
  ])
}
