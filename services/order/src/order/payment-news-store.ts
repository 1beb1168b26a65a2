import type { Sql } from '@souk/db/connect'

/**
 * Asks the placing job to look at orders that are still being placed; on those that are sold, notes that
 * what was held has been captured.
 */
export async function notePaymentNews(
  sql: Sql,
  news: { orderIds: readonly string[]; capturedOrderIds: readonly string[] },
): Promise<void> {
  await sql.query(
    `update orders set
       next_check_at = case when status in ('pending', 'awaiting_payment') then now() else next_check_at end,
       payment = case when status in ('pending', 'awaiting_payment') then payment
                      else jsonb_set(payment, '{status}', '"captured"') end,
       revision = case when status in ('pending', 'awaiting_payment') then revision else revision + 1 end
     where id in (
       select id from orders where id = any($1::uuid[]) and (status in ('pending', 'awaiting_payment')
         or (id = any($2::uuid[]) and payment ->> 'status' = 'authorized'))
       order by id for no key update)`,
    [news.orderIds, news.capturedOrderIds],
    'order-payment-news',
  )
}
