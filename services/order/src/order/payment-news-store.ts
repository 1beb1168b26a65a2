import type { Sql } from '@souk/db/connect'

/**
 * Asks the placing job to look at an order that is still being placed; on one that is sold, notes that what
 * was held has been captured.
 */
export async function notePaymentNews(
  sql: Sql,
  orderId: string,
  news: { isCaptured: boolean },
): Promise<void> {
  await sql.query(
    `update orders set
       next_check_at = case when status in ('pending', 'awaiting_payment') then now() else next_check_at end,
       payment = case when status in ('pending', 'awaiting_payment') then payment
                      else jsonb_set(payment, '{status}', '"captured"') end,
       revision = case when status in ('pending', 'awaiting_payment') then revision else revision + 1 end
     where id = $1 and (status in ('pending', 'awaiting_payment') or ($2 and payment ->> 'status' = 'authorized'))`,
    [orderId, news.isCaptured],
    'order-payment-news',
  )
}
