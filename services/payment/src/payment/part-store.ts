import type { PaymentDatabase } from '@souk/db/payment'
import { catalog } from '@souk/events/catalog'
import { newId } from '@souk/kernel/id'
import { currentRequest } from '@souk/service/request'
import type { Provider } from '../provider/provider.ts'
import type { PaymentRecord } from './payment.ts'
import { type PaymentRow, paymentColumns, toPayment } from './payment-rows.ts'

const processed = catalog['payment.processed']

const partSql = `
  with moved as (
    update payment set captured_minor = $3::bigint, version = version + 1, checks = 0, updated_at = now(),
      capture_tries = 0,
      capture_due_at = case when $3::bigint >= capture_wanted_minor and not is_capture_final then null else capture_due_at end
    where id = $1::uuid and status = 'authorized' and captured_minor = $2::bigint
    returning *
  ), tried as (
    update attempt set outcome = 'succeeded', message = null, finished_at = now() from moved
    where attempt.payment_id = moved.id and attempt.operation = 'capture' and attempt.outcome in ('started', 'unknown')
  ), entry as (
    insert into journal_entry (id, payment_id, kind, source_id)
    select $4::uuid, id, 'capture', case when $2::bigint = 0 then id else $4::uuid end from moved
    returning id
  ), posting as (
    insert into journal_posting (entry_id, line, account, debit_minor, credit_minor, currency)
    select entry.id, line, account, debit, credit, moved.currency
    from entry, moved, lateral (values
      (1, $5::text, $3::bigint - $2::bigint, 0::bigint), (2, moved.credit_account, 0::bigint, $3::bigint - $2::bigint)
    ) as side(line, account, debit, credit)
  ), sent as (
    insert into outbox (event_id, name, schema_version, aggregate_id, aggregate_version, payload, trace_id)
    select $6::uuid, 'payment.processed', $7::int, id::text, version, $8::jsonb, $9 from moved
  )
  select ${paymentColumns} from moved as payment`

/**
 * A part of a hold is captured: payment, attempt, journal and event in one statement. Nothing when more
 * was captured meanwhile, so a part is entered once however often the provider tells of it.
 */
export async function applyPart(
  db: PaymentDatabase,
  payment: PaymentRecord,
  capturedMinor: number,
  account: Provider['account'],
): Promise<PaymentRecord | undefined> {
  const data = processed.schema.parse({
    paymentId: payment.id,
    orderId: payment.orderId,
    outcome: 'captured',
    method: payment.method.type,
    amountMinor: capturedMinor,
    currency: payment.currency,
    failureReason: null,
  })
  const [row] = await db.sql.query<PaymentRow>(
    partSql,
    [
      payment.id,
      payment.capturedMinor,
      capturedMinor,
      newId(),
      account,
      newId(),
      processed.version,
      JSON.stringify(data),
      currentRequest()?.requestId ?? null,
    ],
    'payment-part',
  )
  return row && toPayment(row)
}
