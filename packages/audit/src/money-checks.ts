import { bookChecks } from './book-checks.ts'
import { type Check, maxOffences, type Offence, type Sources, sqlCheck } from './check.ts'
import { inBatches } from './in-batches.ts'
import { withProviderList } from './provider-check.ts'

export const moneyChecks: readonly Check[] = [
  ...bookChecks,
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
        select order_id, count(*) as payments from payment
        where captured_minor + case when credit_status = 'spent' then credit_minor else 0 end
            + case when transfer_status = 'spent' then transfer_minor else 0 end
            > refunded_minor + credit_given_minor + transfer_given_minor
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
  transferred_minor: number
  transfer_minor: number
  transfer_status: string
  transfer_given_minor: number
  transfer_pending_minor: number
  method_type: string
}

const isSold = (status: string) =>
  ['confirmed', 'processing', 'shipped', 'delivered', 'partially_returned', 'returned'].includes(status)
const isOver = (status: string) => status === 'cancelled' || status === 'failed'

function sumsDiffer(order: OrderRow, payment: PaymentRow | undefined): string | undefined {
  if (!payment) return isSold(order.status) ? 'A sold order has no payment' : undefined
  if (
    isSold(order.status) &&
    payment.amount_minor + payment.credit_minor + payment.transfer_minor !==
      order.total_minor + order.lowered_minor
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

/** What we still have of the customer's: taken by the provider, from a gift card or from an earlier payment, and not moved on. */
function keptOf(payment: PaymentRow): number {
  const isOurs = (status: string) => status === 'spent' || status === 'held'
  const taken =
    payment.captured_minor +
    (isOurs(payment.credit_status) ? payment.credit_minor : 0) +
    (isOurs(payment.transfer_status) ? payment.transfer_minor : 0)
  const pending = payment.refund_pending_minor + payment.credit_pending_minor + payment.transfer_pending_minor
  const back = payment.refunded_minor + payment.credit_given_minor + payment.transfer_given_minor
  return taken - back - pending - payment.transferred_minor
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
       credit_minor, credit_status, credit_given_minor, credit_pending_minor,
       transferred_minor, transfer_minor, transfer_status, transfer_given_minor, transfer_pending_minor
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
