import { type Check, sqlCheck } from './check.ts'

export const promotionChecks: readonly Check[] = [
  sqlCheck('I25', 'a limited promotion is used as often as its orders say, and never more often', [
    {
      database: 'order',
      count: 'select count(*)::int as count from promotion',
      what: 'A count that the orders do not explain, or above the limit',
      offending: `
        select p.id, p.code, p.used_count, p.usage_limit, count(u.order_id) as orders from promotion p
        left join promotion_use u on u.promotion_id = p.id and not u.is_returned
        group by p.id having p.used_count <> count(u.order_id) or p.used_count > p.usage_limit`,
    },
    {
      database: 'order',
      count: 'select count(*)::int as count from promotion_use',
      what: 'A use that an order kept which came to nothing',
      offending: `
        select u.order_id, u.promotion_id, o.status from promotion_use u join orders o on o.id = u.order_id
        where not u.is_returned and o.status in ('failed', 'cancelled')`,
    },
  ]),
]
