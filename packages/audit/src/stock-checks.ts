import { type Check, maxOffences, sqlCheck } from './check.ts'
import { inBatches } from './in-batches.ts'

const countItems = 'select count(*)::int as count from stock_item'
const countLevels = 'select count(*)::int as count from stock_level'

export const stockChecks: readonly Check[] = [
  sqlCheck('I1', 'every level is the sum of its movements and of what is held', [
    {
      database: 'inventory',
      count: countLevels,
      what: 'The ledger does not explain this level',
      offending: `
        select l.sku, l.location_id, l.on_hand, l.reserved, coalesce(m.on_hand, 0) as ledger_on_hand, coalesce(m.reserved, 0) as ledger_reserved
        from stock_level l left join (
          select sku, location_id, sum(on_hand_delta) as on_hand, sum(reserved_delta) as reserved from movement group by 1, 2
        ) m using (sku, location_id)
        where l.on_hand <> coalesce(m.on_hand, 0) or l.reserved <> coalesce(m.reserved, 0)`,
    },
    {
      database: 'inventory',
      count: countLevels,
      what: 'What is held is not what active reservations hold',
      offending: `
        select l.sku, l.location_id, l.reserved, coalesce(r.held, 0) as held
        from stock_level l left join (
          select sku, location_id, sum(quantity) as held from reservation_line
          join reservation on reservation.id = reservation_id and status = 'active' group by 1, 2
        ) r using (sku, location_id)
        where l.reserved <> coalesce(r.held, 0)`,
    },
    {
      database: 'inventory',
      count: countLevels,
      what: 'A level is negative, or more is held than there is',
      offending:
        'select sku, location_id, on_hand, reserved from stock_level where on_hand < 0 or reserved < 0 or reserved > on_hand',
    },
    {
      database: 'inventory',
      count: countItems,
      what: 'An item is not the sum of its levels',
      offending: `
        select i.sku, i.on_hand, i.reserved, l.on_hand as levels_on_hand, l.reserved as levels_reserved
        from stock_item i left join (
          select sku, sum(on_hand) as on_hand, sum(reserved) as reserved from stock_level group by 1
        ) l using (sku)
        where i.on_hand <> coalesce(l.on_hand, 0) or i.reserved <> coalesce(l.reserved, 0)`,
    },
    {
      database: 'inventory',
      count: countItems,
      what: 'What is promised beyond stock is not what backorders wait for, or the ledger does not explain it',
      offending: `
        select i.sku, i.backordered, coalesce(b.waiting, 0) as waiting, coalesce(m.promised, 0) as ledger
        from stock_item i
        left join (select sku, sum(waiting) as waiting from backorder group by 1) b using (sku)
        left join (select sku, sum(backordered_delta) as promised from movement group by 1) m using (sku)
        where i.backordered <> coalesce(b.waiting, 0) or i.backordered <> coalesce(m.promised, 0)`,
    },
    {
      database: 'inventory',
      count: 'select count(*)::int as count from transfer_line',
      what: 'A transfer does not balance: what left is not what arrived, came back and was missed',
      offending: `
        select t.id, t.status, l.sku, l.quantity, l.received, l.returned, l.lost, m.sent, m.arrived, m.given_up,
          m.difference
        from transfer t join transfer_line l on l.transfer_id = t.id
        left join lateral (
          select coalesce(-sum(on_hand_delta) filter (where kind = 'transfer_out'), 0) as sent,
                 coalesce(sum(on_hand_delta) filter (where kind = 'transfer_in'), 0) as arrived,
                 coalesce(-sum(on_hand_delta) filter (where kind = 'write_off'), 0) as given_up,
                 coalesce(sum(on_hand_delta) filter (where kind = 'adjustment'), 0) as difference
          from movement where document_id = t.id and sku = l.sku) m on true
        where m.sent <> l.quantity or m.arrived <> case t.status when 'received' then l.quantity else l.returned + l.lost end
           or m.given_up <> l.lost
           or m.difference <> case t.status when 'received' then l.received + l.returned + l.lost - l.quantity else 0 end`,
    },
    {
      database: 'inventory',
      count: 'select count(*)::int as count from location where deactivated_at is not null',
      what: 'A deactivated location holds goods',
      offending: `
        select l.code, s.sku, s.on_hand from location l join stock_level s on s.location_id = l.id
        where l.deactivated_at is not null and s.on_hand > 0`,
    },
  ]),
  sqlCheck('I2', 'a reservation ends once', [
    {
      database: 'inventory',
      count: 'select count(*)::int as count from reservation',
      what: 'A line was sold or released more than once, or both',
      offending: `
        select reservation_id, sku, location_id, count(*) as endings from movement
        where reservation_id is not null and kind in ('sale', 'release')
        group by 1, 2, 3 having count(*) > 1`,
    },
    {
      database: 'inventory',
      count: 'select count(*)::int as count from backorder',
      what: 'A promise is not what is left of it after it was kept and taken back, or its reservation ended otherwise',
      offending: `
        select b.reservation_id, b.sku, r.status, b.quantity, b.waiting, m.promised, m.kept, m.ended
        from backorder b join reservation r on r.id = b.reservation_id
        left join lateral (
          select coalesce(sum(backordered_delta) filter (where kind = 'backorder'), 0) as promised,
                 coalesce(-sum(backordered_delta) filter (where kind = 'backorder_fill'), 0) as kept,
                 coalesce(-sum(backordered_delta) filter (where kind = 'backorder_end'), 0) as ended
          from movement where reservation_id = b.reservation_id and sku = b.sku) m on true
        where m.promised <> b.quantity or b.waiting <> b.quantity - m.kept - m.ended
           or (r.status in ('released', 'expired', 'restocked') and b.waiting > 0)
           or (r.status in ('active', 'released', 'expired') and m.kept > 0)
           or (r.status = 'active' and m.ended > 0)`,
    },
  ]),
  sqlCheck('I3', 'no reservation outlives its time', [
    {
      database: 'inventory',
      count: `select count(*)::int as count from reservation where status = 'active'`,
      what: 'Still active long after it ran out',
      offending: `select id, order_id, expires_at from reservation
        where status = 'active' and expires_at < now() - make_interval(secs => $1)`,
    },
  ]),
  {
    id: 'I4',
    title: 'units sold for an order are the units of the order',
    run: async (sources) => {
      let looked = 0
      const offences = []
      const orders = inBatches<SoldOrder>(
        sources,
        'order',
        `select o.id, o.status, extract(epoch from now() - o.updated_at)::int as settled_seconds,
           (select json_object_agg(l.sku, l.quantity - l.returned_quantity) from order_line l where l.order_id = o.id) as units,
           o.lowered_minor > 0 or exists (select from order_line l where l.order_id = o.id and l.returned_quantity > 0) as is_smaller
         from orders o`,
        'o.id',
      )
      for await (const batch of orders) {
        looked += batch.length
        const kept = await unitsSold(
          sources,
          batch.map(({ id }) => id),
        )
        for (const order of batch) {
          // What was taken out or came back goes to the shelves by events, which take a moment.
          if (order.is_smaller && order.settled_seconds < sources.graceSeconds) continue
          const isSold = !['pending', 'awaiting_payment', 'cancelled', 'failed'].includes(order.status)
          const wanted = isSold ? order.units : {}
          const actual = kept.get(order.id) ?? {}
          const skus = new Set([...Object.keys(wanted), ...Object.keys(actual)])
          const differs = [...skus].some((sku) => (wanted[sku] ?? 0) !== (actual[sku] ?? 0))
          if (differs) {
            offences.push({
              what: `Sold units differ from the ${order.status} order`,
              row: { orderId: order.id, wanted, actual },
            })
          }
          if (offences.length >= maxOffences) return { looked, offences }
        }
      }
      return { looked, offences }
    },
  },
]

type SoldOrder = {
  id: string
  status: string
  settled_seconds: number
  /** What of each SKU the order still has, without what came back. */
  units: Record<string, number>
  is_smaller: boolean
}

/** Units that left for each order and did not come back, and those that it bought and still waits for. */
async function unitsSold(
  { sql }: Parameters<Check['run']>[0],
  orderIds: string[],
): Promise<Map<string, Record<string, number>>> {
  const rows = await sql<{ order_id: string; sku: string; units: number }>(
    'inventory',
    `select order_id, sku, sum(units)::int as units from (
       select order_id, sku, -on_hand_delta as units from movement
       where order_id = any($1::uuid[]) and kind in ('sale', 'backorder_fill', 'return')
       union all
       select order_id, sku, waiting from backorder
       join reservation on reservation.id = reservation_id and status = 'committed'
       where order_id = any($1::uuid[])
     ) part group by 1, 2 having sum(units) <> 0`,
    [orderIds],
  )
  const byOrder = new Map<string, Record<string, number>>()
  for (const { order_id, sku, units } of rows)
    byOrder.set(order_id, { ...byOrder.get(order_id), [sku]: units })
  return byOrder
}
