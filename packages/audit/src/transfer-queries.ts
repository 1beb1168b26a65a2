import type { Query } from './check.ts'

const count = 'select count(*)::int as count from transfer'

/** Money that one payment took and another is paid with: it is on one side only, and goes back whence it came. */
export const transferQueries: readonly Query[] = [
  {
    database: 'payment',
    count,
    what: 'What left this payment for others is not what they got and have not given back',
    offending: `
      select p.id, p.transferred_minor, coalesce(t.out_minor, 0) as out_minor from payment p left join (
        select from_payment_id, sum(amount_minor - back_minor) as out_minor from transfer
        where status <> 'released' group by 1) t on t.from_payment_id = p.id
      where p.transferred_minor <> coalesce(t.out_minor, 0)`,
  },
  {
    database: 'payment',
    count: 'select count(*)::int as count from payment where transfer_minor > 0',
    what: 'What this payment counts as moved to it is not what was moved',
    offending: `
      select p.id, p.transfer_minor, p.transfer_status, t.amount_minor, t.status, t.currency from payment p
      left join transfer t on t.to_payment_id = p.id
      where p.transfer_minor <> coalesce(t.amount_minor, 0) or p.transfer_status <> coalesce(t.status, 'none')
         or p.currency <> coalesce(t.currency, p.currency)`,
  },
  {
    database: 'payment',
    count,
    what: 'What came back of this transfer is not what is refunded where it came from',
    offending: `
      select t.id, t.back_minor, coalesce(r.back, 0) as refunds from transfer t left join (
        select whole.payment_id as to_payment_id, part.payment_id as from_payment_id,
          sum(part.amount_minor + part.credit_minor + part.transfer_minor) as back
        from refund part join refund whole on whole.id = part.of_refund_id
        where part.status <> 'failed' group by 1, 2) r using (to_payment_id, from_payment_id)
      left join (
        select payment_id as to_payment_id, sum(transfer_minor) as returned from refund
        where is_returned group by 1) n using (to_payment_id)
      where t.back_minor <> coalesce(r.back, 0) + coalesce(n.returned, 0)`,
  },
  {
    database: 'payment',
    count: 'select count(*)::int as count from refund where transfer_minor > 0 or of_refund_id is not null',
    what: 'A refund and the one that was made for it where its money came from do not fit',
    offending: `
      select whole.id, whole.status, whole.transfer_minor, part.id as part_id, part.status as part_status,
        part.amount_minor + part.credit_minor + part.transfer_minor as part_minor
      from refund whole full join refund part on part.of_refund_id = whole.id and part.status <> 'failed'
      left join transfer t on t.to_payment_id = whole.payment_id
      where (whole.status = 'succeeded' and whole.transfer_minor > 0 and not whole.is_returned and part.status is distinct from 'succeeded')
         or (part.of_refund_id is not null and part.status <> 'failed' and (
           part.amount_minor + part.credit_minor + part.transfer_minor is distinct from whole.transfer_minor
           or part.payment_id is distinct from t.from_payment_id or whole.status = 'failed' or whole.is_returned))`,
  },
]
