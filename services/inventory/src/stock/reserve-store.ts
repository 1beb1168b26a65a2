import type { Sql } from '@souk/db/connect'
import type { ReservationStatus } from '../contract.ts'
import { firstPlace, ledgerSql, lockedLevelSql } from './ledger-store.ts'

export type ReservationRequest = {
  orderId: string
  reservationId: string
  /** Sorted by SKU, each SKU once. */
  lines: readonly { sku: string; quantity: number }[]
  requestHash: string
  ttlSeconds: number
  traceId: string | null
}

export type ReservationOutcome =
  | { outcome: 'reserved'; expiresAt: Date }
  | { outcome: 'short'; lines: { sku: string; requested: number; available: number }[] }
  /** A reservation for this order exists already. */
  | { outcome: 'known'; status: ReservationStatus; expiresAt: Date; requestHash: string }
  /** An earlier order of the same statement may have taken the units: ask again. */
  | { outcome: 'contested' }

type Row = {
  outcome: ReservationOutcome['outcome']
  expires_at: Date | null
  status: ReservationStatus | null
  request_hash: string | null
  short_lines: { sku: string; requested: number; available: number }[] | null
}

/**
 * Reserves for many orders in one statement, as if one after the other in the order given, each wholly or
 * not at all. `cumulative` is what a SKU's earlier orders and this one ask for together: while that fits,
 * the order surely fits. An order that fits alone but not behind the others is contested and is asked
 * again, when it stands further in front. Accepted orders and locations are laid side by side as intervals
 * of a SKU's free units; where they overlap is what each order takes from each location. The first free
 * units are owed to backorders made before; what reaches beyond the last one is promised.
 */
const reserveSql = `
  with asked as (
    select ordinal::int as ordinal, order_id, reservation_id, request_hash, ttl_seconds, trace_id
    from unnest($1::uuid[], $2::uuid[], $3::text[], $4::int[], $5::text[])
      with ordinality as given (order_id, reservation_id, request_hash, ttl_seconds, trace_id, ordinal)
  ),
  known as (
    select asked.ordinal, earlier.* from asked cross join lateral (
      -- 'offset 0' keeps this a look-up by index: a plan made while the table was small would read it all.
      select status, expires_at, request_hash from reservation where order_id = asked.order_id offset 0
    ) earlier
  ),
  ${lockedLevelSql('$7::text[]')},
  item as (
    -- After the levels, as every writer of both does.
    select sku, backorder_limit, backordered from stock_item
    where sku = any(array(select sku from level)) order by sku for no key update
  ),
  shelf as (
    select level.*, level.on_hand - level.reserved as free,
           sum(level.on_hand - level.reserved) over by_priority as to_unit
    from level join location on location.id = level.location_id
    window by_priority as (partition by level.sku order by location.priority, location.id)
  ),
  wanted as (
    select given.ordinal, given.sku, given.quantity, item.backordered as owed, stock.free,
           greatest(0, coalesce(stock.free - item.backordered + item.backorder_limit, 0)) as available
    from unnest($6::int[], $7::text[], $8::int[]) as given (ordinal, sku, quantity)
    left join item using (sku)
    left join (select sku, max(to_unit) as free from shelf group by sku) stock using (sku)
    where not exists (select from known where known.ordinal = given.ordinal)
  ),
  short as (
    select ordinal, jsonb_agg(jsonb_build_object('sku', sku, 'requested', quantity, 'available', available)
                              order by sku) as lines
    from wanted where quantity > available group by ordinal
  ),
  queued as (
    select wanted.*, sum(quantity) over (partition by sku order by ordinal) as cumulative
    from wanted where not exists (select from short where short.ordinal = wanted.ordinal)
  ),
  fitting as (
    select ordinal from queued group by ordinal having bool_and(cumulative <= available)
  ),
  made as (
    insert into reservation (id, order_id, status, request_hash, expires_at)
    select reservation_id, order_id, 'active', request_hash, now() + make_interval(secs => ttl_seconds)
    from asked join fitting using (ordinal) order by order_id
    on conflict (order_id) do nothing
    returning id, order_id, expires_at
  ),
  taken as (
    select asked.ordinal, made.id as reservation_id, made.order_id, asked.trace_id, queued.sku, queued.quantity,
           queued.free,
           queued.owed + sum(queued.quantity) over (partition by queued.sku order by asked.ordinal) as to_unit
    from made join asked using (order_id) join queued using (ordinal)
  ),
  share as (
    select taken.ordinal, taken.reservation_id, taken.order_id, taken.trace_id, taken.sku, shelf.location_id,
           (least(taken.to_unit, shelf.to_unit)
             - greatest(taken.to_unit - taken.quantity, shelf.to_unit - shelf.free))::int as quantity
    from taken join shelf on shelf.sku = taken.sku
      and shelf.to_unit > taken.to_unit - taken.quantity and shelf.to_unit - shelf.free < taken.to_unit
  ),
  promised as (
    select ordinal, reservation_id, order_id, trace_id, sku, least(quantity, to_unit - free)::int as quantity
    from taken where to_unit > free
  ),
  written_line as (
    insert into reservation_line (reservation_id, sku, location_id, quantity)
    select reservation_id, sku, location_id, quantity from share
  ),
  written_backorder as (
    insert into backorder (reservation_id, sku, quantity, waiting)
    select reservation_id, sku, quantity, quantity from promised order by ordinal, sku
  ),
  delta as (
    select ordinal, sku, location_id, 'reservation' as kind, 0 as on_hand_delta, quantity as reserved_delta,
           0 as backordered_delta, reservation_id, order_id, null::uuid as cause_id, null::uuid as document_id,
           null::text as reason, $9::text as actor, trace_id
    from share
    union all
    select ordinal, sku, ${firstPlace('promised.sku')}, 'backorder', 0, 0, quantity, reservation_id, order_id,
           null, null, null, $9::text, trace_id
    from promised
  ),
  ${ledgerSql('$10')}
  select case when made.id is not null then 'reserved'
              when known.status is not null then 'known'
              when short.lines is not null then 'short'
              else 'contested' end as outcome,
         coalesce(made.expires_at, known.expires_at) as expires_at,
         known.status, known.request_hash, short.lines as short_lines
  from asked
  left join made on made.order_id = asked.order_id
  left join known on known.ordinal = asked.ordinal
  left join short on short.ordinal = asked.ordinal
  order by asked.ordinal`

/** Outcomes in the order of the requests. Order ids must differ within one call. */
export async function insertReservations(
  sql: Sql,
  requests: readonly ReservationRequest[],
  options: { actor: string; lowStockThreshold: number },
): Promise<ReservationOutcome[]> {
  const lines = requests.flatMap((request, index) =>
    request.lines.map((line) => ({ ...line, ordinal: index + 1 })),
  )
  const rows = await sql.query<Row>(
    reserveSql,
    [
      requests.map((request) => request.orderId),
      requests.map((request) => request.reservationId),
      requests.map((request) => request.requestHash),
      requests.map((request) => request.ttlSeconds),
      requests.map((request) => request.traceId),
      lines.map((line) => line.ordinal),
      lines.map((line) => line.sku),
      lines.map((line) => line.quantity),
      options.actor,
      options.lowStockThreshold,
    ],
    'stock-reserve',
  )
  return rows.map(toOutcome)
}

function toOutcome(row: Row): ReservationOutcome {
  const { outcome, expires_at: expiresAt } = row
  if (outcome === 'reserved' && expiresAt) return { outcome, expiresAt }
  if (outcome === 'known' && expiresAt && row.status && row.request_hash !== null) {
    return { outcome, status: row.status, expiresAt, requestHash: row.request_hash }
  }
  if (outcome === 'short') return { outcome, lines: row.short_lines ?? [] }
  return { outcome: 'contested' }
}
