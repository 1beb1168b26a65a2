import type { Sql } from '@souk/db/connect'
import type { PaymentDatabase } from '@souk/db/payment'
import { catalog } from '@souk/events/catalog'
import { newId } from '@souk/kernel/id'
import { currentRequest } from '@souk/service/request'
import type { PaymentRecord } from '../payment/payment.ts'
import type { Provider } from '../provider/provider.ts'
import { debitAccountOf, type RefundRecord, type RefundStatus, wholeMinor } from './refund.ts'

export type RefundRow = Omit<
  RefundRecord,
  'status' | 'currency' | 'amountMinor' | 'creditMinor' | 'transferMinor'
> & {
  creditMinor: number | bigint
  transferMinor: number | bigint
  status: string
  currency: string
  amountMinor: number | bigint
}

export const columns = `refund.id, refund.payment_id as "paymentId", refund.status, refund.amount_minor as "amountMinor",
  refund.credit_minor as "creditMinor", refund.credit_id as "creditId",
  refund.transfer_minor as "transferMinor", refund.of_refund_id as "ofRefundId", refund.provider_done_at as "providerDoneAt",
  refund.currency, refund.reason, refund.requested_by as "requestedBy", refund.request_hash as "requestHash",
  refund.provider_refund_id as "providerRefundId", refund.created_at as "createdAt"`

export function toRefund(row: RefundRow): RefundRecord {
  return {
    ...row,
    status: row.status as RefundStatus,
    currency: row.currency as RefundRecord['currency'],
    amountMinor: Number(row.amountMinor),
    creditMinor: Number(row.creditMinor),
    transferMinor: Number(row.transferMinor),
  }
}

export async function findRefund(sql: Sql, id: string): Promise<RefundRecord | undefined> {
  const [row] = await sql.query<RefundRow>(`select ${columns} from refund where id = $1`, [id], 'refund-find')
  return row && toRefund(row)
}

export type NewRefund = {
  id: string
  amountMinor: number
  creditMinor: number
  transferMinor: number
  creditId: string | null
  ofRefundId: string | null
  isReturned?: boolean
  reason: string
  requestedBy: string
  requestHash: string
  checkInMs: number
}

/**
 * Holds the amount back on the payment and writes the refund down, before anybody is asked for it. The
 * caller has the payment's row locked; the CHECK constraint has the last word.
 */
export async function insertRefund(
  tx: Sql,
  payment: PaymentRecord,
  refund: NewRefund,
): Promise<RefundRecord> {
  await tx.query(
    `update payment set refund_pending_minor = refund_pending_minor + $2,
       credit_pending_minor = credit_pending_minor + $3, transfer_pending_minor = transfer_pending_minor + $4,
       updated_at = now() where id = $1`,
    [payment.id, refund.amountMinor, refund.creditMinor, refund.transferMinor],
  )
  const values = [
    refund.id,
    payment.id,
    refund.amountMinor,
    payment.currency,
    refund.reason,
    refund.requestedBy,
    refund.requestHash,
    debitAccountOf(payment, refund.ofRefundId),
    refund.checkInMs,
    refund.creditMinor,
    refund.creditId,
    refund.transferMinor,
    refund.ofRefundId,
    refund.isReturned ?? false,
  ]
  const [row] = await tx.query<RefundRow>(
    `insert into refund (id, payment_id, status, amount_minor, currency, reason, requested_by, request_hash,
       debit_account, next_check_at, credit_minor, credit_id, transfer_minor, of_refund_id, is_returned)
     values ($1, $2, 'pending', $3, $4, $5, $6, $7, $8, now() + $9::int * interval '1 ms', $10, $11, $12, $13, $14)
     returning ${columns}`,
    values,
  )
  if (!row) throw new Error('The refund was not written')
  if (refund.amountMinor === 0) return toRefund(row)
  await tx.query(
    `insert into attempt (id, payment_id, operation, outcome, amount_minor, currency)
     values ($1, $2, 'refund', 'started', $3, $4)`,
    [refund.id, payment.id, refund.amountMinor, payment.currency],
  )
  return toRefund(row)
}

export async function countAutomaticRefunds(tx: Sql, paymentId: string): Promise<number> {
  const [row] = await tx.query<{ count: number }>(
    `select count(*)::int as count from refund where payment_id = $1 and requested_by = 'system' and status = 'failed' and of_refund_id is null`,
    [paymentId],
  )
  return row?.count ?? 0
}

/** Takes refunds whose time has come and puts their next time off. */
export async function claimDueRefunds(db: PaymentDatabase, limit: number): Promise<RefundRecord[]> {
  const rows = await db.sql.query<RefundRow>(
    `update refund set checks = checks + 1, next_check_at = now()
       + interval '1 ms' * (0.75 + random() * 0.5) * least(15000, 400 * 2 ^ least(checks, 10))
     where id in (select id from refund where next_check_at <= now() order by next_check_at limit $1
                  for update skip locked)
     returning ${columns}`,
    [limit],
    'refund-claim-due',
  )
  return rows.map(toRefund)
}

/** The provider has not decided yet, or did not answer. */
export async function markRefundOpen(
  db: PaymentDatabase,
  id: string,
  state: {
    status: 'pending' | 'unknown'
    providerRefundId: string | null
    message: string | null
    checkInMs: number
  },
): Promise<void> {
  await db.sql.query(
    `with open as (
       update refund set status = $2, provider_refund_id = coalesce($3, provider_refund_id), updated_at = now(),
         next_check_at = now() + $4::int * interval '1 ms'
       where id = $1::uuid and status in ('pending', 'unknown') returning id
     )
     update attempt set outcome = case when $2 = 'unknown' then 'unknown' else 'started' end, message = $5
     from open where attempt.id = open.id`,
    [id, state.status, state.providerRefundId, state.checkInMs, state.message],
  )
}

const refunded = catalog['payment.refunded']

const succeededSql = `
  with done as (
    update refund set status = 'succeeded', provider_refund_id = coalesce($2, provider_refund_id),
      next_check_at = null, updated_at = now()
    where id = $1::uuid and status in ('pending', 'unknown') and (transfer_minor = 0 or is_returned or exists (
      select from refund passed where passed.of_refund_id = refund.id and passed.status = 'succeeded'))
    returning *
  ), moved as (
    update payment set refunded_minor = refunded_minor + done.amount_minor,
      refund_pending_minor = refund_pending_minor - done.amount_minor,
      credit_given_minor = credit_given_minor + done.credit_minor,
      credit_pending_minor = credit_pending_minor - done.credit_minor,
      transfer_given_minor = transfer_given_minor + done.transfer_minor,
      transfer_pending_minor = transfer_pending_minor - done.transfer_minor,
      version = payment.version + case when done.of_refund_id is null and not done.is_returned then 1 else 0 end, updated_at = now()
    from done where payment.id = done.payment_id
    returning payment.id, payment.version, payment.credit_account, payment.refunded_minor + payment.credit_given_minor
      + payment.transfer_given_minor - (
        select coalesce(sum(amount_minor + credit_minor + transfer_minor), 0)::bigint from refund
        where payment_id = payment.id and (of_refund_id is not null or is_returned) and status = 'succeeded') as total_minor
  ), tried as (
    update attempt set outcome = 'succeeded', message = null, finished_at = now() from done where attempt.id = done.id
  ), entry as (
    insert into journal_entry (id, payment_id, kind, source_id)
    select $3::uuid, payment_id, case when of_refund_id is null then 'refund' else 'refund_for_another' end, id
    from done where amount_minor + transfer_minor > 0 or of_refund_id is not null returning id
  ), posting as (
    insert into journal_posting (entry_id, line, account, debit_minor, credit_minor, currency)
    select entry.id, line, account, debit, credit, done.currency
    from entry, done, moved, lateral (values
      (1, done.debit_account, done.amount_minor + done.transfer_minor
        + case when done.of_refund_id is null then 0 else done.credit_minor end, 0::bigint),
      (2, $4::text, 0::bigint, done.amount_minor),
      (3, 'transfer', 0::bigint, done.transfer_minor),
      (4, moved.credit_account, 0::bigint, case when done.of_refund_id is null then 0 else done.credit_minor end)
    ) as side(line, account, debit, credit)
    where debit + credit > 0
  ), sent as (
    insert into outbox (event_id, name, schema_version, aggregate_id, aggregate_version, payload, trace_id)
    select $5::uuid, 'payment.refunded', $6::int, moved.id::text, moved.version,
      $7::jsonb || jsonb_build_object('refundedTotalMinor', moved.total_minor), $8
    from moved, done where done.of_refund_id is null and not done.is_returned
  )
  select ${columns} from done as refund`

/**
 * The money went back: refund, payment, journal and event in one statement. Nothing when it was settled before,
 * or its part of the earlier payment is still on its way. A refund for another payment's tells nobody: that one does.
 * What of it goes back as credit is in that credit's ledger; the journal takes back what it had earned with it.
 */
export async function settleSucceeded(
  sql: Sql,
  refund: RefundRecord,
  settled: { orderId: string; providerRefundId: string | null; account: Provider['account'] },
): Promise<RefundRecord | undefined> {
  const data = refunded.schema.parse({
    paymentId: refund.paymentId,
    orderId: settled.orderId,
    refundId: refund.id,
    amountMinor: wholeMinor(refund),
    refundedTotalMinor: 0,
    currency: refund.currency,
    reason: refund.reason,
  })
  const values = [
    refund.id,
    settled.providerRefundId,
    newId(),
    settled.account,
    newId(),
    refunded.version,
    JSON.stringify(data),
    currentRequest()?.requestId ?? null,
  ]
  const [row] = await sql.query<RefundRow>(succeededSql, values, 'refund-succeeded')
  return row && toRefund(row)
}

/** The provider refused: what was held back on the payment is free again, or another payment's again. */
export async function settleFailed(
  db: PaymentDatabase,
  refund: RefundRecord,
  failed: { providerRefundId: string | null; message: string },
): Promise<RefundRecord | undefined> {
  const [row] = await db.sql.query<RefundRow>(
    `with done as (
       update refund set status = 'failed', provider_refund_id = coalesce($2, provider_refund_id), failure_message = $3,
         next_check_at = null, updated_at = now()
       where id = $1::uuid and status in ('pending', 'unknown') returning *
     ), moved as (
       update payment set refund_pending_minor = refund_pending_minor - done.amount_minor,
         credit_pending_minor = credit_pending_minor - done.credit_minor,
         transfer_pending_minor = transfer_pending_minor - done.transfer_minor,
         transferred_minor = transferred_minor + case when done.of_refund_id is null then 0
           else done.amount_minor + done.credit_minor + done.transfer_minor end,
         updated_at = now(),
         next_check_at = case when payment.closed_reason is not null or payment.status <> 'captured'
                              then now() + interval '5 s' else payment.next_check_at end
       from done where payment.id = done.payment_id
       returning payment.id
     ), moved_on as (
       update transfer set back_minor = back_minor - (done.amount_minor + done.credit_minor + done.transfer_minor)
       from done, moved, refund whole
       where whole.id = done.of_refund_id and transfer.to_payment_id = whole.payment_id and moved.id = done.payment_id
     ), tried as (
       update attempt set outcome = 'failed', message = $3, finished_at = now() from done where attempt.id = done.id
     )
     select ${columns} from done as refund`,
    [refund.id, failed.providerRefundId, failed.message],
  )
  return row && toRefund(row)
}
