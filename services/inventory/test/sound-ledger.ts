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
                         and location_id = line.location_id) moved on true
    where kinds is distinct from 'reservation ' || quantity || case status
      when 'active' then '' when 'committed' then ', sale ' || quantity else ', release ' || quantity end`,
  'versions of a SKU have no gap and follow the order of writing (I16)': `
    select * from (
      select aggregate_id, aggregate_version, row_number() over (partition by aggregate_id order by seq) as expected,
             version, count(*) over (partition by aggregate_id) as total
      from outbox join stock_item on sku = aggregate_id) events
    where aggregate_version <> expected or version <> total`,
  'the last event about a SKU tells its level': `
    select * from (
      select distinct on (sku) sku, payload, (select sum(on_hand) from stock_level where sku = item.sku) as on_hand,
             (select sum(reserved) from stock_level where sku = item.sku) as reserved
      from stock_item item join outbox on aggregate_id = sku and name = 'stock.level_changed'
      order by sku, aggregate_version desc) latest
    where (payload->>'onHand')::int <> on_hand or (payload->>'reserved')::int <> reserved
       or (payload->>'available')::int <> on_hand - reserved`,
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
