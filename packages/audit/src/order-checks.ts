import { type Check, sqlCheck } from './check.ts'

const countOrders = 'select count(*)::int as count from orders'

export const orderChecks: readonly Check[] = [
  sqlCheck('I9', 'one command makes one order', [
    {
      database: 'order',
      count: countOrders,
      what: 'Two orders of one command',
      offending:
        'select caller, command_key, count(*) as orders from orders group by 1, 2 having count(*) > 1',
    },
  ]),
  sqlCheck('I10', 'every order came where it is by legal steps', [
    {
      database: 'order',
      count: 'select count(*)::int as count from order_history',
      what: 'A step that the table does not know',
      offending: `
        select order_id, before, to_status, at from (
          select order_id, to_status, at, lag(to_status) over (partition by order_id order by at, id) as before from order_history
        ) step
        where before is not null and before <> to_status
          and not exists (select 1 from order_edge where from_status = before and to_status = step.to_status)`,
    },
    {
      database: 'order',
      count: countOrders,
      what: 'The history does not end at the order’s status',
      offending: `
        select o.id, o.status, last.to_status from orders o
        join lateral (select to_status from order_history where order_id = o.id order by at desc, id desc limit 1) last on true
        where last.to_status <> o.status`,
    },
  ]),
  sqlCheck('I11', 'no order stands still', [
    {
      database: 'order',
      count: `select count(*)::int as count from orders where status in ('pending', 'awaiting_payment')`,
      what: 'Pending for too long',
      offending: `select id, number, created_at, checks from orders
        where status = 'pending' and created_at < now() - make_interval(secs => $1)`,
    },
    {
      database: 'order',
      count: 'select 0 as count',
      what: 'Nobody looked at an open order when it was time to',
      offending: `select id, number, status, next_check_at, lease_until from orders
        where status in ('pending', 'awaiting_payment') and next_check_at < now() - make_interval(secs => 60 + $1)`,
    },
    {
      database: 'order',
      count: `select count(*)::int as count from order_edit where status = 'refunding'`,
      what: 'Nobody looked after the money of an edit when it was time to',
      offending: `select id, order_id, status, next_check_at from order_edit
        where status = 'refunding' and next_check_at < now() - make_interval(secs => 60 + $1)`,
    },
  ]),
  sqlCheck('I13', 'an order adds up: its lines, its discount, its shipping', [
    {
      database: 'order',
      count: countOrders,
      what: 'The total is not what its parts make',
      offending: `
        select o.id, o.subtotal_minor, o.discount_minor, o.shipping_minor, o.tax_minor, o.total_minor, l.lines_minor from orders o
        join (select order_id, sum(total_minor) as lines_minor from order_line group by 1) l on l.order_id = o.id
        where o.subtotal_minor <> l.lines_minor or o.total_minor <> o.subtotal_minor - o.discount_minor + o.shipping_minor
          + case when o.prices_include_tax then 0 else o.tax_minor end`,
    },
    {
      database: 'order',
      count: 'select count(*)::int as count from order_edit',
      what: 'What edits took off the total is not the sum of its edits',
      offending: `
        select o.id, o.lowered_minor, coalesce(e.lowered, 0) as by_edits from orders o
        left join (select order_id, sum(lowered_minor) as lowered from order_edit group by 1) e on e.order_id = o.id
        where o.lowered_minor <> coalesce(e.lowered, 0)`,
    },
  ]),
  sqlCheck(
    'I19',
    'invoices and credit notes are numbered without a gap, and every sold order has its invoice',
    [
      {
        database: 'order',
        count: 'select count(*)::int as count from document',
        what: 'A gap in a series, or a number beyond its counter',
        offending: `
        select s.series, s.year, s.last, d.documents, d.first, d.highest from document_series s
        left join (
          select series, year, count(*) as documents, min(sequence) as first, max(sequence) as highest from document group by 1, 2
        ) d using (series, year)
        where s.last <> coalesce(d.documents, 0) or coalesce(d.first, 1) <> 1 or coalesce(d.highest, 0) <> s.last`,
      },
      {
        database: 'order',
        count: countOrders,
        what: 'Confirmed a minute ago and without an invoice',
        offending: `
        select id, number, confirmed_at from orders where confirmed_at < now() - interval '1 minute'
          and not exists (select 1 from document where order_id = orders.id and kind = 'invoice')`,
      },
      {
        database: 'order',
        count: `select count(*)::int as count from document where kind = 'credit_note'`,
        what: 'More was credited than the invoice is over',
        offending: `
        select i.id, i.number, i.total_minor, sum(c.total_minor) as credited from document i
        join document c on c.invoice_id = i.id group by 1, 2, 3 having sum(c.total_minor) > i.total_minor`,
      },
    ],
  ),
]
