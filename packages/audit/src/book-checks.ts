import { type Check, sqlCheck } from './check.ts'
import { transferQueries } from './transfer-queries.ts'

/** What payment's own books have to say of themselves. */
export const bookChecks: readonly Check[] = [
  sqlCheck(
    'I5',
    'nothing is captured beyond what was authorised, nor refunded or moved on beyond what was captured',
    [
      {
        database: 'payment',
        count: 'select count(*)::int as count from payment',
        what: 'The sums of this payment do not hold',
        offending: `
        select id, order_id, amount_minor, authorized_minor, captured_minor, refunded_minor, refund_pending_minor,
          credit_minor, credit_status, credit_given_minor, credit_pending_minor,
          transferred_minor, transfer_minor, transfer_status, transfer_given_minor, transfer_pending_minor from payment
        where refunded_minor + refund_pending_minor + credit_given_minor + credit_pending_minor
                + transfer_given_minor + transfer_pending_minor + transferred_minor
                > captured_minor + case when credit_status = 'spent' then credit_minor else 0 end
                  + case when transfer_status = 'spent' then transfer_minor else 0 end
           or refunded_minor < 0 or refund_pending_minor < 0 or refunded_minor + refund_pending_minor > captured_minor
           or captured_minor > authorized_minor or authorized_minor > amount_minor`,
      },
      {
        database: 'payment',
        count: 'select count(*)::int as count from refund',
        what: 'The refunds of this payment do not add up to its sums',
        offending: `
        select p.id, p.refunded_minor, p.refund_pending_minor, coalesce(r.done, 0) as done, coalesce(r.open, 0) as open,
          p.credit_given_minor, coalesce(r.given, 0) as given
        from payment p left join (
          select payment_id, sum(amount_minor) filter (where status = 'succeeded') as done,
                 sum(amount_minor) filter (where status in ('pending', 'unknown')) as open,
                 sum(credit_minor) filter (where status = 'succeeded') as given,
                 sum(credit_minor) filter (where status in ('pending', 'unknown')) as giving,
                 sum(transfer_minor) filter (where status = 'succeeded') as passed,
                 sum(transfer_minor) filter (where status in ('pending', 'unknown')) as passing
          from refund group by 1) r on r.payment_id = p.id
        where p.refunded_minor <> coalesce(r.done, 0) or p.refund_pending_minor <> coalesce(r.open, 0)
           or p.credit_given_minor <> coalesce(r.given, 0) or p.credit_pending_minor <> coalesce(r.giving, 0)
           or p.transfer_given_minor <> coalesce(r.passed, 0) or p.transfer_pending_minor <> coalesce(r.passing, 0)`,
      },
      ...transferQueries,
    ],
  ),
  sqlCheck('I5c', 'what stands on gift cards and store credit is what their ledger says', [
    {
      database: 'payment',
      count: 'select count(*)::int as count from credit',
      what: 'The sums of this credit are not those of its entries',
      offending: `
        select c.id, c.balance_minor, c.held_minor, l.balance, l.held from credit c left join (
          select e.credit_id,
                 sum(p.credit_minor - p.debit_minor) filter (where p.account = 'balance') as balance,
                 sum(p.credit_minor - p.debit_minor) filter (where p.account = 'held') as held
          from credit_entry e join credit_posting p on p.entry_id = e.id group by 1) l on l.credit_id = c.id
        where c.balance_minor <> coalesce(l.balance, 0) or c.held_minor <> coalesce(l.held, 0)`,
    },
    {
      database: 'payment',
      count: 'select count(*)::int as count from credit_use',
      what: 'What is held on this credit is not what open payments hold',
      offending: `
        select c.id, c.held_minor, coalesce(u.held, 0) as by_payments from credit c left join (
          select u.credit_id, sum(u.amount_minor) as held from credit_use u join payment p on p.id = u.payment_id
          where p.credit_status = 'held' group by 1) u on u.credit_id = c.id
        where c.held_minor <> coalesce(u.held, 0)`,
    },
    {
      database: 'payment',
      count: 'select count(*)::int as count from payment where credit_minor > 0',
      what: 'What credits gave to this payment is not what it counts as paid by credit',
      offending: `
        select p.id, p.credit_minor, coalesce(sum(u.amount_minor), 0) as used from payment p
        left join credit_use u on u.payment_id = p.id
        group by 1, 2 having p.credit_minor <> coalesce(sum(u.amount_minor), 0)`,
    },
    {
      database: 'payment',
      count: 'select count(*)::int as count from credit_entry',
      what: 'Debits and credits of this entry differ',
      offending: `
        select entry_id, sum(debit_minor) as debit, sum(credit_minor) as credit from credit_posting
        group by 1 having sum(debit_minor) <> sum(credit_minor)`,
    },
  ]),
  sqlCheck('I6', 'every journal entry balances, and the journal has the sums of its payment', [
    {
      database: 'payment',
      count: 'select count(*)::int as count from journal_entry',
      what: 'Debits and credits differ',
      offending: `
        select entry_id, sum(debit_minor) as debit, sum(credit_minor) as credit from journal_posting
        group by 1 having sum(debit_minor) <> sum(credit_minor)`,
    },
    {
      database: 'payment',
      count: 'select count(*)::int as count from journal_entry',
      what: 'The journal and the sums of this payment differ',
      offending: `
        select p.id, p.captured_minor - p.refunded_minor as kept, coalesce(j.kept, 0) as in_journal,
          coalesce(t.in_minor, 0) - coalesce(t.out_minor, 0) - p.transfer_given_minor
            + coalesce(r.passed, 0) as moved, coalesce(j.moved, 0) as moved_in_journal
        from payment p left join (
          select e.payment_id, coalesce(sum(l.debit_minor - l.credit_minor)
              filter (where l.account in ('provider', 'receivable')), 0) as kept,
            coalesce(sum(l.debit_minor - l.credit_minor) filter (where l.account = 'transfer'), 0) as moved
          from journal_entry e join journal_posting l on l.entry_id = e.id group by 1) j on j.payment_id = p.id
        left join (
          select id, sum(came) as in_minor, sum(gone) as out_minor from (
            select to_payment_id as id, amount_minor as came, 0 as gone from transfer where status = 'spent'
            union all select from_payment_id, 0, amount_minor from transfer where status = 'spent') m
          group by 1) t on t.id = p.id
        left join (
          select payment_id, sum(minor) as passed from (
            select payment_id, amount_minor + credit_minor + transfer_minor as minor from refund
            where status = 'succeeded' and of_refund_id is not null
            union all select from_payment_id, transfer_minor from refund
            join transfer on to_payment_id = payment_id where is_returned) b
          group by 1) r on r.payment_id = p.id
        where coalesce(j.kept, 0) <> p.captured_minor - p.refunded_minor
           or coalesce(j.moved, 0) <> coalesce(t.in_minor, 0) - coalesce(t.out_minor, 0) - p.transfer_given_minor + coalesce(r.passed, 0)`,
    },
  ]),
]
