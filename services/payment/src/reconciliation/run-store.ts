import type { PaymentDatabase } from '@souk/db/payment'
import type { PaymentRecord } from '../payment/payment.ts'
import { type PaymentRow, paymentColumns, toPayment } from '../payment/payment-rows.ts'

const overlap = `interval '1 hour'`

/** Claims the next comparison when its time has come, so that one instance makes it. Answers from when on to compare. */
export async function claimRun(
  db: PaymentDatabase,
  provider: string,
  everyMs: number,
): Promise<{ startedAt: Date; since: Date } | undefined> {
  const [row] = await db.sql.query<{ started_at: Date; since: Date }>(
    `insert into reconciliation_run as run (provider, started_at) values ($1, now())
     on conflict (provider) do update set started_at = now()
       where run.started_at <= now() - $2::double precision * interval '1 ms'
     returning started_at, least(
       coalesce(compared_to - ${overlap}, to_timestamp(0)),
       (select min(theirs_changed_at) from reconciliation_difference where provider = $1 and resolved_at is null)
     ) as since`,
    [provider, everyMs],
  )
  return row && { startedAt: row.started_at, since: row.since }
}

export async function finishRun(
  db: PaymentDatabase,
  provider: string,
  run: { startedAt: Date; looked: number },
): Promise<void> {
  await db.sql.query(
    'update reconciliation_run set compared_to = $2, looked = $3 where provider = $1 and started_at = $2',
    [provider, run.startedAt, run.looked],
  )
}

export async function findPayments(db: PaymentDatabase, ids: string[]): Promise<Map<string, PaymentRecord>> {
  const rows = await db.sql.query<PaymentRow>(
    `select ${paymentColumns} from payment where id = any($1::uuid[])`,
    [ids],
  )
  return new Map(rows.map((row) => [row.id, toPayment(row)]))
}

/** Payments that took money, and changed since. */
export async function findTaken(
  db: PaymentDatabase,
  provider: string,
  range: { since: Date; before: Date; afterId: string; limit: number },
): Promise<PaymentRecord[]> {
  const rows = await db.sql.query<PaymentRow>(
    `select ${paymentColumns} from payment
     where provider = $1 and captured_minor > 0 and updated_at >= $2 and updated_at < $3 and id > $4
     order by id limit $5`,
    [provider, range.since, range.before, range.afterId, range.limit],
  )
  return rows.map(toPayment)
}

/** Refunds of a payment that are not settled yet. */
export async function findOpenRefundIds(db: PaymentDatabase, paymentId: string): Promise<string[]> {
  const rows = await db.sql.query<{ id: string }>(
    `select id from refund where payment_id = $1 and status in ('pending', 'unknown')`,
    [paymentId],
  )
  return rows.map(({ id }) => id)
}
