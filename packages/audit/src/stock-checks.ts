import { type Check, maxOffences, sqlCheck } from './check.ts'
import { inBatches } from './in-batches.ts'

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
      const orders = inBatches<{ id: string; status: string; units: Record<string, number> }>(
        sources,
        'order',
        `select o.id, o.status, (select json_object_agg(l.sku, l.quantity) from order_line l where l.order_id = o.id) as units from orders o`,
        'o.id',
      )
      for await (const batch of orders) {
        looked += batch.length
        const kept = await unitsSold(
          sources,
          batch.map(({ id }) => id),
        )
        for (const order of batch) {
          const isSold = ['confirmed', 'processing', 'shipped', 'delivered'].includes(order.status)
          const wanted = isSold ? order.units : {}
          const actual = kept.get(order.id) ?? {}
          const skus = new Set([...Object.keys(wanted), ...Object.keys(actual)])
          const differs = [...skus].some((sku) => (wanted[sku] ?? 0) !== (actual[sku] ?? 0))
          if (differs && order.status !== 'returned' && order.status !== 'partially_returned') {
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

/** Units that left for each order and did not come back. */
async function unitsSold(
  { sql }: Parameters<Check['run']>[0],
  orderIds: string[],
): Promise<Map<string, Record<string, number>>> {
  const rows = await sql<{ order_id: string; sku: string; units: number }>(
    'inventory',
    `select order_id, sku, -sum(on_hand_delta)::int as units from movement
     where order_id = any($1::uuid[]) and kind in ('sale', 'return') group by 1, 2 having sum(on_hand_delta) <> 0`,
    [orderIds],
  )
  const byOrder = new Map<string, Record<string, number>>()
  for (const { order_id, sku, units } of rows)
    byOrder.set(order_id, { ...byOrder.get(order_id), [sku]: units })
  return byOrder
}
