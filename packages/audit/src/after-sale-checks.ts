import { type Check, maxOffences, type Offence, type Sources, sqlCheck } from './check.ts'
import { inBatches } from './in-batches.ts'

const countLines = 'select count(*)::int as count from order_line'
const afterShipping = `('shipped', 'delivered', 'partially_returned', 'returned')`

export const afterSaleChecks: readonly Check[] = [
  sqlCheck('I23', 'no piece is shipped that was not ordered, nor comes back that was not delivered', [
    {
      database: 'order',
      count: countLines,
      what: 'More was shipped, delivered or returned than there was',
      offending: `
        select order_id, sku, quantity, shipped_quantity, delivered_quantity, returned_quantity, return_pending_quantity
        from order_line
        where shipped_quantity > quantity or delivered_quantity > shipped_quantity
           or returned_quantity + return_pending_quantity > delivered_quantity`,
    },
    {
      database: 'order',
      count: countLines,
      what: 'The parcels do not explain what is shipped and delivered',
      offending: `
        select l.order_id, l.sku, l.shipped_quantity, l.delivered_quantity, p.shipped, p.delivered from order_line l
        left join (
          select line.order_id, line.sku, sum(quantity) as shipped,
            coalesce(sum(quantity) filter (where delivered_at is not null), 0) as delivered
          from shipment_line line join shipment on shipment.id = shipment_id group by 1, 2) p using (order_id, sku)
        where l.shipped_quantity <> coalesce(p.shipped, 0) or l.delivered_quantity <> coalesce(p.delivered, 0)`,
    },
    {
      database: 'order',
      count: countLines,
      what: 'The open returns do not explain what is on its way back',
      offending: `
        select l.order_id, l.sku, l.return_pending_quantity, r.pending, l.returned_quantity, r.arrived from order_line l
        left join (
          select line.order_id, line.sku,
            sum(quantity) filter (where status in ('requested', 'approved')) as pending,
            sum(restocked_quantity + written_off_quantity) as arrived
          from return_line line join return_request on return_request.id = return_id group by 1, 2) r using (order_id, sku)
        where l.return_pending_quantity <> coalesce(r.pending, 0) or l.returned_quantity < coalesce(r.arrived, 0)`,
    },
    {
      database: 'order',
      count: 'select count(*)::int as count from orders',
      what: 'The shares of the parcels are not the total, or an order is shipped before all of it has left',
      offending: `
        select o.id, o.status, o.total_minor, o.shipped_minor, p.amount_minor from orders o
        left join (select order_id, sum(amount_minor) as amount_minor from shipment group by 1) p on p.order_id = o.id
        where o.shipped_minor <> coalesce(p.amount_minor, 0) or o.shipped_minor > o.total_minor
           or (o.status in ${afterShipping} and exists (
             select from order_line where order_id = o.id and shipped_quantity < quantity))`,
    },
  ]),
  {
    id: 'I24',
    title:
      'returns give back what payment gave back, together with what was exchanged never more than was paid',
    run: async (sources) => {
      const within = await tooMuch(sources)
      const paid = await compareWithRefunds(sources)
      return { looked: within.looked + paid.looked, offences: [...within.offences, ...paid.offences] }
    },
  },
]

const withinPaid = sqlCheck('I24', '', [
  {
    database: 'order',
    count: 'select count(*)::int as count from return_request',
    what: 'The returns of this order give back more than was paid',
    offending: `
      select o.id, o.total_minor, sum(r.given_minor) as given from orders o join (
        select order_id, exchanged_minor
          + case when status in ('refunding', 'completed') then coalesce(refund_minor, 0) else 0 end as given_minor
        from return_request) r on r.order_id = o.id
      group by 1, 2 having sum(r.given_minor) > o.total_minor`,
  },
  {
    database: 'order',
    count: 'select count(*)::int as count from return_request where exchange_id is not null',
    what: 'A return and the order that was sent instead do not tell the same of its money',
    offending: `
      select r.id, r.number, r.exchanged_minor, f.state, f.moves_minor from return_request r
      left join follow_up f on f.id = r.exchange_id
      where r.exchange_id is not null and (f.id is null or f.kind <> 'exchange' or f.origin_id <> r.order_id
        or r.exchanged_minor <> case when f.state = 'placed' and r.status in ('received', 'refunding', 'completed')
          then f.moves_minor else 0 end)`,
  },
])
const tooMuch = async (sources: Sources) => await withinPaid.run(sources)

type Refunded = { id: string; number: string; refund_id: string; refund_minor: number }

async function compareWithRefunds(sources: Sources): Promise<{ looked: number; offences: Offence[] }> {
  let looked = 0
  const offences: Offence[] = []
  const returns = inBatches<Refunded>(
    sources,
    'order',
    `select r.id, r.number, r.refund_id, r.refund_minor
     from (select * from return_request where status = 'completed' and refund_id is not null) r`,
    'r.id',
  )
  for await (const batch of returns) {
    looked += batch.length
    const given = await refundsOf(
      sources,
      batch.map(({ refund_id }) => refund_id),
    )
    for (const each of batch) {
      if (given.get(each.refund_id) !== Number(each.refund_minor)) {
        offences.push({
          what: 'Payment did not give back what this return says',
          row: { ...each, given: given.get(each.refund_id) ?? null },
        })
      }
      if (offences.length >= maxOffences) return { looked, offences }
    }
  }
  return { looked, offences }
}

async function refundsOf({ sql }: Sources, ids: string[]): Promise<Map<string, number>> {
  const rows = await sql<{ id: string; minor: number }>(
    'payment',
    `select id, amount_minor + credit_minor + transfer_minor as minor from refund where status = 'succeeded' and id = any($1::uuid[])`,
    [ids],
  )
  return new Map(rows.map(({ id, minor }) => [id, Number(minor)]))
}
