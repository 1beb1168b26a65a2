import { catalog } from '@souk/events/catalog'

/**
 * The one way a level changes, as the tail of a statement: movements, levels, versions and events are
 * written from the same rows, so the ledger always sums up to the levels (I1).
 *
 * It reads two tables that the statement defines before it:
 * `level` (sku, location_id, on_hand, reserved): every level of the SKUs concerned, locked in that order;
 * `delta` (ordinal, sku, location_id, kind, on_hand_delta, reserved_delta, backordered_delta,
 * reservation_id, order_id, cause_id, document_id, reason, actor, trace_id): what changes, per ordinal and
 * level at most one row that moves units and one that only changes what is promised.
 *
 * An event, and with it a version, is due when what can be sold has changed: a sale of reserved units moves
 * figures that nobody outside follows.
 *
 * Everything is written from `moved`, never from `delta`: so no level is written before all are locked and
 * read, and PostgreSQL does not skip rows that the same statement has already changed.
 */
export function ledgerSql(thresholdParameter: string): string {
  const threshold = `coalesce(item.low_threshold, ${thresholdParameter}::int)`
  return `
  moved as (
    select delta.*,
           level.on_hand + sum(on_hand_delta) over running as on_hand_after,
           level.reserved + sum(reserved_delta) over running as reserved_after
    from delta join level using (sku, location_id)
    window running as (partition by sku, location_id order by ordinal)
  ),
  written_movement as (
    insert into movement (sku, location_id, kind, on_hand_delta, reserved_delta, backordered_delta, on_hand_after,
                          reserved_after, reservation_id, order_id, cause_id, document_id, reason, actor)
    select sku, location_id, kind, on_hand_delta, reserved_delta, backordered_delta, on_hand_after,
           reserved_after, reservation_id, order_id, cause_id, document_id, reason, actor
    -- What moves units comes before what only promises them: the figures after each must follow one another.
    from moved order by ordinal, sku, location_id, on_hand_delta = 0 and reserved_delta = 0
  ),
  written_level as (
    update stock_level set on_hand = stock_level.on_hand + change.on_hand,
                           reserved = stock_level.reserved + change.reserved
    from (select sku, location_id, sum(on_hand_delta)::bigint as on_hand, sum(reserved_delta)::bigint as reserved
          from moved where on_hand_delta <> 0 or reserved_delta <> 0 group by sku, location_id) change
    where stock_level.sku = change.sku and stock_level.location_id = change.location_id
      -- Says nothing new, but leads to the index whatever the planner thought of the table's size.
      and stock_level.sku = any(array(select sku from moved))
  ),
  written_item as (
    -- The sum comes from the item itself: a level that another statement just opened is not seen here.
    update stock_item item
    set on_hand = item.on_hand + change.on_hand, reserved = item.reserved + change.reserved,
        backordered = item.backordered + change.backordered, updated_at = now(),
        version = version + case when change.free = 0 then 0
                                 when ${free} > ${threshold} and ${free} + change.free <= ${threshold} then 2 else 1 end
    from (select sku, sum(on_hand_delta) as on_hand, sum(reserved_delta) as reserved,
                 sum(backordered_delta) as backordered,
                 sum(on_hand_delta - reserved_delta - backordered_delta) as free, max(trace_id) as trace_id
          from moved group by sku) change
    where item.sku = change.sku
    returning item.sku, item.version, item.on_hand, item.reserved, item.backordered, item.backorder_limit,
              item.expected_on, ${threshold} as threshold, change.trace_id, change.free <> 0 as is_news,
              ${free} <= ${threshold} and ${free} - change.free > ${threshold} as is_low
  ),
  event as (
    select '${changed}' as name, ${catalog[changed].version} as schema_version, sku,
           version - case when is_low then 1 else 0 end as version,
           ${levelChangedSql} as payload, trace_id
    from written_item where is_news
    union all
    select '${low}', ${catalog[low].version}, sku, version,
           jsonb_build_object('sku', sku, 'available', ${availableSql}, 'threshold', threshold), trace_id
    from written_item where is_low
  ),
  written_event as (
    insert into outbox (event_id, name, schema_version, aggregate_id, aggregate_version, payload, trace_id)
    select new_id(), name, schema_version, sku, version, payload, trace_id from event order by sku, version
  )`
}

const changed = 'stock.level_changed'
const low = 'stock.low'
const free = 'item.on_hand - item.reserved - item.backordered'

/** Of an item: what a new order can have from the shelf. Units that backorders wait for are theirs. */
export const availableSql = 'greatest(0, on_hand - reserved - backordered)'
/** And how many more may be promised beyond that. */
export const backorderableSql = 'greatest(0, backorder_limit + least(0, on_hand - reserved - backordered))'
export const levelChangedSql = `
           jsonb_build_object('sku', sku, 'onHand', on_hand, 'reserved', reserved, 'available', ${availableSql},
                              'backorderable', ${backorderableSql}, 'expectedOn', expected_on)`

/** Every level of some SKUs, locked in an order that all statements share, as it is once the lock is held. */
export function lockedLevelSql(skus: string): string {
  return `
  level as (
    select sku, location_id, on_hand, reserved from stock_level
    where sku = any(${skus}) order by sku, location_id for no key update
  )`
}

/** Where a SKU's promises are written: any of its levels would do, as long as the statement has locked it. */
export function firstPlace(sku: string): string {
  return `(select location_id from level where level.sku = ${sku} order by location_id limit 1)`
}
