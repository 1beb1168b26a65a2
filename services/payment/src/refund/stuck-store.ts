import type { PaymentDatabase } from '@souk/db/payment'
import { type Currency, money } from '@souk/kernel/money'
import type { StuckRefund } from '../contract.ts'
import { mostAutomaticRefunds } from './refund.ts'

/** What a provider has to give back, this payment's or that of the one its money came from. */
const leftSql = `least(
  captured_minor - refunded_minor - refund_pending_minor
    + case when transfer_status = 'spent' then transfer_minor else 0 end - transfer_given_minor - transfer_pending_minor,
  captured_minor + case when credit_status = 'spent' then credit_minor else 0 end
    + case when transfer_status = 'spent' then transfer_minor else 0 end
    - refunded_minor - refund_pending_minor - credit_given_minor - credit_pending_minor
    - transfer_given_minor - transfer_pending_minor - transferred_minor)`

const stuckSql = `
  from payment join lateral (
    select count(*)::int as tries, (array_agg(failure_message order by id desc))[1] as message, max(updated_at) as tried_at
    from refund where payment_id = payment.id and requested_by = 'system' and status = 'failed' and of_refund_id is null
  ) refused on refused.tries >= ${mostAutomaticRefunds}
  where ${leftSql} > 0 and (closed_reason is not null or status <> 'captured')`

type Row = {
  id: string
  order_id: string
  left_minor: number | bigint
  currency: string
  closed_reason: string | null
  tries: number
  message: string | null
  tried_at: Date
}

/** Money that should have gone back by itself, and which the provider has refused too often. */
export async function readStuckRefunds(db: PaymentDatabase): Promise<StuckRefund[]> {
  const rows = await db.sql.query<Row>(
    `select payment.id, order_id, ${leftSql} as left_minor, currency,
       closed_reason, refused.tries, refused.message, refused.tried_at ${stuckSql} order by payment.id limit 100`,
  )
  return rows.map((row) => ({
    paymentId: row.id,
    orderId: row.order_id,
    left: money(Number(row.left_minor), row.currency as Currency),
    reason: row.closed_reason ?? 'The payment came after it had ended.',
    tries: row.tries,
    refusal: row.message,
    triedAt: row.tried_at.toISOString(),
  }))
}

export async function countStuckRefunds(db: PaymentDatabase): Promise<number> {
  const [row] = await db.sql.query<{ count: number }>(`select count(*)::int as count ${stuckSql}`)
  return row?.count ?? 0
}
