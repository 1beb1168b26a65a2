import type { Sql } from '@souk/db/connect'
import type { PaymentDatabase } from '@souk/db/payment'
import type { RefundRecord } from './refund.ts'
import { columns, type RefundRow, toRefund } from './refund-store.ts'

/** The refund of an earlier payment that was made for this one; of several tries the last. */
export async function findPassed(sql: Sql, refundId: string): Promise<RefundRecord | undefined> {
  const [row] = await sql.query<RefundRow>(
    `select ${columns} from refund where of_refund_id = $1 order by (status = 'failed'), id desc limit 1`,
    [refundId],
    'refund-passed',
  )
  return row && toRefund(row)
}

/** How long to wait before the earlier payment's provider is asked once more: longer with every refusal. */
export async function nextTryInMs(sql: Sql, refundId: string): Promise<number> {
  const [row] = await sql.query<{ wait: number }>(
    `select (extract(epoch from max(updated_at) - now()) + least(3600, 5 * 2 ^ least(count(*), 10)))::float8 * 1000 as wait
     from refund where of_refund_id = $1`,
    [refundId],
  )
  return Math.max(0, Math.ceil(row?.wait ?? 0))
}

/** The row stays ours until the transaction ends. */
export async function lockRefund(tx: Sql, id: string): Promise<RefundRecord | undefined> {
  const [row] = await tx.query<RefundRow>(`select ${columns} from refund where id = $1 for update`, [id])
  return row && toRefund(row)
}

/** The provider gave its part back; the rest is brought on by the next check. False when that was known. */
export async function markProviderDone(
  db: PaymentDatabase,
  id: string,
  providerRefundId: string,
): Promise<boolean> {
  const rows = await db.sql.query(
    `with done as (
       update refund set status = 'pending', provider_done_at = now(), provider_refund_id = $2, checks = 0,
         next_check_at = now(), updated_at = now()
       where id = $1 and status in ('pending', 'unknown') and provider_done_at is null returning id
     )
     update attempt set outcome = 'succeeded', message = null, finished_at = now()
     from done where attempt.id = done.id returning attempt.id`,
    [id, providerRefundId],
  )
  return rows.length > 0
}

export async function checkRefundSoon(db: PaymentDatabase, id: string): Promise<void> {
  await db.sql.query(
    `update refund set next_check_at = now(), checks = 0 where id = $1 and status in ('pending', 'unknown')`,
    [id],
  )
}

export async function checkRefundLater(db: PaymentDatabase, id: string, inMs: number): Promise<void> {
  await db.sql.query(
    `update refund set next_check_at = now() + $2::int * interval '1 ms' where id = $1 and status in ('pending', 'unknown')`,
    [id, inMs],
  )
}
