import type { Sql } from '@souk/db/connect'
import type { PaymentDatabase } from '@souk/db/payment'
import { catalog } from '@souk/events/catalog'
import { newId } from '@souk/kernel/id'
import { currentRequest } from '@souk/service/request'
import type { Provider } from '../provider/provider.ts'
import { type Move, type PaymentRecord, statusesBefore } from './payment.ts'
import { type PaymentRow, paymentColumns, toPayment } from './payment-rows.ts'

const processed = catalog['payment.processed']

/**
 * The step, the outcome of what was asked, the journal entry and the event: one statement, so all or
 * nothing. It does nothing unless the payment stands where the step may be taken from.
 */
const moveSql = `
  with over as (
    select reason from closed_order where order_id = $20::uuid
  ), moved as (
    update payment set
      closed_reason = coalesce(closed_reason, (select reason from over)),
      status = $2,
      version = version + $3::int,
      provider_charge_id = coalesce($4, provider_charge_id),
      authorized_minor = $5::bigint,
      captured_minor = $6::bigint,
      credit_status = case
        when credit_status <> 'held' then credit_status
        when $2 = 'captured' then 'spent'
        when $2 in ('declined', 'expired', 'voided') then 'released'
        else 'held' end,
      transfer_status = case
        when transfer_status <> 'held' then transfer_status
        when $2 = 'captured' then 'spent'
        when $2 in ('declined', 'expired', 'voided') then 'released'
        else 'held' end,
      credit_account = case when coalesce(closed_reason, (select reason from over)) is null then 'revenue' else 'customer' end,
      action = $7::jsonb,
      failure_code = $8,
      failure_message = $9,
      method_detail = case when $2 = 'unknown' then method_detail end,
      next_check_at = case
        when coalesce(closed_reason, (select reason from over)) is not null and $2 in ('requires_action', 'authorized', 'captured') then now()
        else now() + $10::int * interval '1 ms' end,
      release_at = $22,
      checks = 0,
      updated_at = now()
    where id = $1::uuid and status = any($11::text[]) and captured_minor = $21::bigint
    returning *
  ), tried as (
    update attempt set
      outcome = case
        when operation in ('charge', 'authorize') then $12
        when (operation = 'capture' and $2 = 'captured') or (operation = 'void' and $2 = 'voided')
          or (operation = 'void' and $2 = 'captured' and $6::bigint = $21::bigint) then 'succeeded'
        else 'failed' end,
      message = $13,
      finished_at = case when $12 in ('unknown', 'requires_action') then null else now() end
    from moved
    where attempt.payment_id = moved.id and (
      (operation in ('charge', 'authorize') and attempt.outcome <> 'succeeded')
      or (operation in ('capture', 'void') and attempt.outcome in ('started', 'unknown')))
  ), entry as (
    insert into journal_entry (id, payment_id, kind, source_id)
    select $14::uuid, id, 'capture', case when $21::bigint = 0 then id else $14::uuid end
    from moved where $6::bigint > $21::bigint
    returning id
  ), posting as (
    insert into journal_posting (entry_id, line, account, debit_minor, credit_minor, currency)
    select entry.id, line, account, debit, credit, moved.currency
    from entry, moved, lateral (values
      (1, $15::text, moved.captured_minor - $21::bigint, 0::bigint),
      (2, moved.credit_account, 0::bigint, moved.captured_minor - $21::bigint)
    ) as side(line, account, debit, credit)
  ), sent as (
    insert into outbox (event_id, name, schema_version, aggregate_id, aggregate_version, payload, trace_id)
    select $16::uuid, 'payment.processed', $17::int, id::text, version, $18::jsonb, $19 from moved where $3::int = 1
  )
  select ${paymentColumns} from moved as payment`

/** Answers the payment after the step, or nothing when it had gone elsewhere meanwhile. */
export async function applyMove(
  sql: Sql,
  payment: PaymentRecord,
  move: Move,
  account: Provider['account'],
): Promise<PaymentRecord | undefined> {
  const values = [
    payment.id,
    move.to,
    move.outcome === null ? 0 : 1,
    move.providerChargeId,
    move.authorizedMinor,
    move.capturedMinor,
    move.action === null ? null : JSON.stringify(move.action),
    move.failure?.code ?? null,
    move.failure?.message ?? null,
    move.checkInMs,
    statusesBefore(move.to),
    move.attempt.outcome,
    move.attempt.message,
    newId(),
    account,
    newId(),
    processed.version,
    payloadOf(payment, move),
    currentRequest()?.requestId ?? null,
    payment.orderId,
    payment.capturedMinor,
    move.releaseAt,
  ]
  const [row] = await sql.query<PaymentRow>(moveSql, values, 'payment-move')
  return row && toPayment(row)
}

function payloadOf(payment: PaymentRecord, move: Move): string | null {
  if (move.outcome === null) return null
  const data = processed.schema.parse({
    paymentId: payment.id,
    orderId: payment.orderId,
    outcome: move.outcome,
    method: payment.method.type,
    amountMinor:
      (move.outcome === 'captured' ? move.capturedMinor : payment.amountMinor) +
      payment.creditMinor +
      payment.transferMinor,
    ...movedHere(payment),
    currency: payment.currency,
    failureReason: move.failure?.message ?? null,
  })
  return JSON.stringify(data)
}

/** The part of an amount that was moved from an earlier payment. */
export function movedHere({ transferMinor }: PaymentRecord): { transferMinor?: number } {
  return transferMinor > 0 ? { transferMinor } : {}
}

/**
 * Money that came after the payment had ended without it: it is in the books at once, as owed to the
 * customer, and goes back with the next check. The status stays what everybody was told.
 */
export async function takeLateMoney(
  db: PaymentDatabase,
  payment: PaymentRecord,
  late: { chargeId: string; capturedMinor: number; account: Provider['account'] },
): Promise<void> {
  await db.sql.query(
    `with taken as (
       update payment set authorized_minor = amount_minor, captured_minor = $2::bigint, credit_account = 'customer',
         provider_charge_id = $3, next_check_at = now(), checks = 0, updated_at = now()
       where id = $1::uuid and status in ('declined', 'expired', 'voided') and captured_minor = 0
       returning *
     ), entry as (
       insert into journal_entry (id, payment_id, kind, source_id)
       select $4::uuid, id, 'late_capture', id from taken returning id
     )
     insert into journal_posting (entry_id, line, account, debit_minor, credit_minor, currency)
     select entry.id, line, account, debit, credit, taken.currency
     from entry, taken, lateral (values
       (1, $5::text, taken.captured_minor, 0::bigint), (2, 'customer', 0::bigint, taken.captured_minor)
     ) as side(line, account, debit, credit)`,
    [payment.id, late.capturedMinor, late.chargeId, newId(), late.account],
  )
}
