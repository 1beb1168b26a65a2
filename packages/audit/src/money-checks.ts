import { type Check, maxOffences, type Offence, type Sources, sqlCheck } from './check.ts'
import { inBatches } from './in-batches.ts'
import { withProviderList } from './provider-check.ts'

export const moneyChecks: readonly Check[] = [
  sqlCheck('I5', 'nothing is captured beyond what was authorised, nor refunded beyond what was captured', [
    {
      database: 'payment',
      count: 'select count(*)::int as count from payment',
      what: 'The sums of this payment do not hold',
      offending: `
        select id, order_id, amount_minor, authorized_minor, captured_minor, refunded_minor, refund_pending_minor,
          credit_minor, credit_status, credit_given_minor, credit_pending_minor from payment
        where refunded_minor + refund_pending_minor + credit_given_minor + credit_pending_minor
                > captured_minor + case when credit_status = 'spent' then credit_minor else 0 end
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
                 sum(credit_minor) filter (where status in ('pending', 'unknown')) as giving
          from refund group by 1) r on r.payment_id = p.id
        where p.refunded_minor <> coalesce(r.done, 0) or p.refund_pending_minor <> coalesce(r.open, 0)
           or p.credit_given_minor <> coalesce(r.given, 0) or p.credit_pending_minor <> coalesce(r.giving, 0)`,
    },
  ]),
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
  sqlCheck('I6', 'every journal entry balances', [
    {
      database: 'payment',
      count: 'select count(*)::int as count from journal_entry',
      what: 'Debits and credits differ',
      offending: `
        select entry_id, sum(debit_minor) as debit, sum(credit_minor) as credit from journal_posting
        group by 1 having sum(debit_minor) <> sum(credit_minor)`,
    },
  ]),
  withProviderList(
    sqlCheck('I7', 'a payment is charged once, and the provider says the same', [
      {
        database: 'payment',
        count: 'select count(*)::int as count from attempt',
        what: 'More than one successful charge or capture beyond the amount',
        offending: `
        select payment_id, operation, count(*) as successes, sum(amount_minor) as total from attempt
        where outcome = 'succeeded' and operation in ('charge', 'authorize')
        group by 1, 2 having count(*) > 1`,
      },
      {
        database: 'payment',
        count: 'select count(*)::int as count from payment',
        what: 'Two payments took money for one order',
        offending: `
        select order_id, count(*) as payments from payment where captured_minor > refunded_minor
        group by 1 having count(*) > 1`,
      },
    ]),
  ),
  {
    id: 'I8',
    title: 'an order and its payment tell the same sums',
    run: async (sources) => await compareOrdersWithPayments(sources, sumsDiffer),
  },
  {
    id: 'I12',
    title: 'confirmed means paid and sold; cancelled or failed means nothing is kept and nothing held',
    run: async (sources) => await compareOrdersWithPayments(sources, outcomeDiffers, true),
  },
]

type OrderRow = {
  id: string
  status: string
  total_minor: number
  /** What edits took off the total since the order was paid. */
  lowered_minor: number
  open_edits: number
  refunded_minor: number
  payment_id: string
  settled_seconds: number
}
type PaymentRow = {
  id: string
  status: string
  amount_minor: number
  captured_minor: number
  refunded_minor: number
  refund_pending_minor: number
  credit_minor: number
  credit_status: string
  credit_given_minor: number
  credit_pending_minor: number
  method_type: string
}

const isSold = (status: string) =>
  ['confirmed', 'processing', 'shipped', 'delivered', 'partially_returned', 'returned'].includes(status)
const isOver = (status: string) => status === 'cancelled' || status === 'failed'

function sumsDiffer(order: OrderRow, payment: PaymentRow | undefined): string | undefined {
  if (!payment) return isSold(order.status) ? 'A sold order has no payment' : undefined
  if (
    isSold(order.status) &&
    payment.amount_minor + payment.credit_minor !== order.total_minor + order.lowered_minor
  )
    return 'The payment is not over the order’s total and what edits took off it'
  // What an edit took off goes back or is never taken, as soon as its money is settled.
  const isSettled = order.lowered_minor > 0 && order.open_edits === 0
  if (isSold(order.status) && isSettled && keptOf(payment) > order.total_minor)
    return 'More is kept than the edited order costs'
  return undefined
}

function outcomeDiffers(
  order: OrderRow,
  payment: PaymentRow | undefined,
  reservation: string | undefined,
  graceSeconds: number,
): string | undefined {
  const kept = payment ? keptOf(payment) : 0
  if (isSold(order.status)) {
    if (payment?.status !== 'captured' && payment?.status !== 'authorized') return 'Confirmed without money'
    return reservation === 'committed'
      ? undefined
      : `Confirmed, but its reservation is ${reservation ?? 'missing'}`
  }
  // Money and goods go back by events, which take a moment.
  if (!isOver(order.status) || order.settled_seconds < graceSeconds) return undefined
  if (kept > 0) return 'Money is kept for an order that is over'
  return reservation === 'active' ? 'Goods are held for an order that is over' : undefined
}

/** What we still have of the customer's, taken by the provider or from a gift card, spent or held. */
function keptOf(payment: PaymentRow): number {
  const hasCredit = payment.credit_status === 'spent' || payment.credit_status === 'held'
  const taken = payment.captured_minor + (hasCredit ? payment.credit_minor : 0)
  const back = payment.refunded_minor + payment.refund_pending_minor
  return taken - back - payment.credit_given_minor - payment.credit_pending_minor
}

async function compareOrdersWithPayments(
  sources: Sources,
  judge: (
    order: OrderRow,
    payment: PaymentRow | undefined,
    reservation: string | undefined,
    graceSeconds: number,
  ) => string | undefined,
  needsReservations = false,
): Promise<{ looked: number; offences: Offence[] }> {
  let looked = 0
  const offences: Offence[] = []
  const orders = inBatches<OrderRow>(
    sources,
    'order',
    `select o.id, o.status, o.total_minor, o.refunded_minor, o.payment_id, o.lowered_minor,
       (select count(*)::int from order_edit e where e.order_id = o.id and e.status <> 'completed') as open_edits,
       extract(epoch from now() - o.updated_at)::int as settled_seconds from orders o`,
    'o.id',
  )
  for await (const batch of orders) {
    looked += batch.length
    const payments = await paymentsOf(
      sources,
      batch.map((order) => order.payment_id),
    )
    const reservations = needsReservations
      ? await reservationsOf(
          sources,
          batch.map((order) => order.id),
        )
      : new Map()
    for (const order of batch) {
      const payment = payments.get(order.payment_id)
      const what = judge(order, payment, reservations.get(order.id), sources.graceSeconds)
      if (what !== undefined) offences.push({ what, row: { order, payment } })
      if (offences.length >= maxOffences) return { looked, offences }
    }
  }
  return { looked, offences }
}

async function paymentsOf({ sql }: Sources, ids: string[]): Promise<Map<string, PaymentRow>> {
  const rows = await sql<PaymentRow>(
    'payment',
    `select id, status, amount_minor, captured_minor, refunded_minor, refund_pending_minor, method_type,
       credit_minor, credit_status, credit_given_minor, credit_pending_minor
     from payment where id = any($1::uuid[])`,
    [ids],
  )
  return new Map(rows.map((row) => [row.id, row]))
}

async function reservationsOf({ sql }: Sources, orderIds: string[]): Promise<Map<string, string>> {
  const rows = await sql<{ order_id: string; status: string }>(
    'inventory',
    'select order_id, status from reservation where order_id = any($1::uuid[])',
    [orderIds],
  )
  return new Map(rows.map((row) => [row.order_id, row.status]))
}
