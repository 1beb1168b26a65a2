import { catalog, isEventName } from '@souk/events/catalog'
import type { TestService } from '@souk/testing/service-harness'
import { expect } from 'vitest'
import type { InventoryRouter } from '../src/router.ts'

const checks: Record<string, string> = {
  'a level is the sum of its movements (I1)': `
    select sku, location_id, level.on_hand, level.reserved, on_hand_sum, reserved_sum
    from stock_level level
    full join (select sku, location_id, sum(on_hand_delta) as on_hand_sum, sum(reserved_delta) as reserved_sum
               from movement group by sku, location_id) ledger using (sku, location_id)
    where level.on_hand is distinct from coalesce(on_hand_sum, 0)
       or level.reserved is distinct from coalesce(reserved_sum, 0)`,
  'an item is the sum of its levels': `
    select sku, item.on_hand, item.reserved from stock_item item left join stock_level level using (sku)
    group by sku having item.on_hand <> sum(level.on_hand) or item.reserved <> sum(level.reserved)`,
  'what is reserved is what active reservations hold (I1)': `
    select sku, location_id, reserved, held from stock_level
    full join (select sku, location_id, sum(quantity) as held
               from reservation_line join reservation on reservation.id = reservation_id
               where status = 'active' group by sku, location_id) lines using (sku, location_id)
    where reserved is distinct from coalesce(held, 0)`,
  'each movement says what was there after it': `
    select * from (
      select seq, sku, on_hand_after, reserved_after,
             sum(on_hand_delta) over running as on_hand, sum(reserved_delta) over running as reserved
      from movement window running as (partition by sku, location_id order by seq)) steps
    where on_hand_after <> on_hand or reserved_after <> reserved`,
  'each line of a reservation has exactly the movements of its status (I2)': `
    select reservation.id, status, line.sku, kinds from reservation
    join reservation_line line on line.reservation_id = reservation.id
    left join lateral (select string_agg(kind || ' ' || abs(reserved_delta), ', ' order by seq) as kinds
                       from movement where reservation_id = reservation.id and sku = line.sku
                         and kind in ('reservation', 'release', 'sale') and location_id = line.location_id) moved on true
    where kinds is distinct from 'reservation ' || quantity || case status
      when 'active' then '' when 'committed' then ', sale ' || quantity
      when 'restocked' then ', sale ' || quantity else ', release ' || quantity end`,
  'what is promised is what backorders wait for, and the ledger explains it (I1)': `
    select sku, item.backordered, waits, moved from stock_item item
    left join (select sku, sum(waiting) as waits from backorder group by sku) open using (sku)
    left join (select sku, sum(backordered_delta) as moved from movement group by sku) ledger using (sku)
    where item.backordered <> coalesce(waits, 0) or item.backordered <> coalesce(moved, 0)`,
  'a promise is waited for, kept or ended, each piece in one way (I2)': `
    select b.seq, b.quantity, b.waiting, status, promised, filled, ended
    from backorder b join reservation on reservation.id = b.reservation_id
    left join lateral (
      select sum(backordered_delta) filter (where kind = 'backorder') as promised,
             -sum(backordered_delta) filter (where kind = 'backorder_fill') as filled,
             -sum(backordered_delta) filter (where kind = 'backorder_end') as ended
      from movement where reservation_id = b.reservation_id and sku = b.sku) m on true
    where promised is distinct from b.quantity
       or b.waiting <> b.quantity - coalesce(filled, 0) - coalesce(ended, 0)
       or (status in ('released', 'expired', 'restocked') and b.waiting > 0)
       or (status in ('active', 'released', 'expired') and filled > 0)
       or (status = 'active' and ended > 0)`,
  'a transfer that arrived balances to zero, one under way is out': `
    select t.id, status, line.sku, line.quantity, line.received, returned, lost, sent, arrived, back, difference, late
    from transfer t join transfer_line line on line.transfer_id = t.id
    left join lateral (
      select -sum(on_hand_delta) filter (where kind = 'transfer_out') as sent,
             coalesce(sum(on_hand_delta) filter (where kind = 'transfer_in' and location_id = to_location_id), 0) as arrived,
             coalesce(sum(on_hand_delta) filter (where kind = 'transfer_in' and location_id = from_location_id), 0) as back,
             coalesce(-sum(on_hand_delta) filter (where kind = 'write_off'), 0) as written_off,
             coalesce(sum(on_hand_delta) filter (where kind = 'adjustment' and location_id = to_location_id), 0) as difference,
             coalesce(sum(on_hand_delta) filter (where kind = 'adjustment' and location_id = from_location_id), 0) as late
      from movement where document_id = t.id and sku = line.sku) m on true
    where sent is distinct from line.quantity
       or written_off <> lost or back - lost + late <> returned
       or (status <> 'received' and (arrived <> 0 or difference <> 0 or late <> 0))
       or (status = 'cancelled') <> (back = line.quantity and received is null and not exists (
            select from transfer_line other where other.transfer_id = t.id and returned + lost < quantity))
       or (status = 'received' and (arrived + back <> line.quantity or arrived + difference <> line.received))`,
  'a posted count moved what it found, an open or cancelled one nothing': `
    select c.id, status, line.sku, counted, expected, moved
    from stock_count c join stock_count_line line on line.count_id = c.id
    left join lateral (select coalesce(sum(on_hand_delta), 0) as moved
                       from movement where document_id = c.id and sku = line.sku) m on true
    where moved <> case status when 'posted' then counted - expected else 0 end`,
  'a deactivated location holds nothing': `
    select location.code, sku, on_hand from stock_level join location on location.id = location_id
    where deactivated_at is not null and on_hand > 0`,
  'versions of a SKU have no gap and follow the order of writing (I16)': `
    select * from (
      select aggregate_id, aggregate_version, row_number() over (partition by aggregate_id order by seq) as expected,
             version, count(*) over (partition by aggregate_id) as total
      from outbox join stock_item on sku = aggregate_id) events
    where aggregate_version <> expected or version <> total`,
  'the last event about a SKU tells what can be sold': `
    select * from (
      select distinct on (sku) sku, payload, (select sum(on_hand) from stock_level where sku = item.sku) as on_hand,
             (select sum(reserved) from stock_level where sku = item.sku) as reserved, backordered,
             backorder_limit
      from stock_item item join outbox on aggregate_id = sku and name = 'stock.level_changed'
      order by sku, aggregate_version desc) latest
    where (payload->>'available')::int <> greatest(0, on_hand - reserved - backordered)
       or (payload->>'backorderable')::int
          <> greatest(0, backorder_limit + least(0, on_hand - reserved - backordered))`,
}

/** Every invariant that one database can show; each check answers the rows that break it. */
export async function expectSoundRows(service: TestService<InventoryRouter>): Promise<void> {
  for (const [promise, sql] of Object.entries(checks)) {
    expect(await service.sql(sql), promise).toEqual([])
  }
}

/** The rows, and that every event written can be read by the catalogue. */
export async function expectSoundLedger(service: TestService<InventoryRouter>): Promise<void> {
  await expectSoundRows(service)
  const events = await service.sql<{ name: string; payload: unknown }>('select name, payload from outbox')
  for (const { name, payload } of events) {
    if (!isEventName(name)) throw new Error(`${name} is not in the catalogue`)
    catalog[name].schema.parse(payload)
  }
}
