import type { Sql } from '@souk/db/connect'
import { catalog } from '@souk/events/catalog'
import { currentRequest } from '@souk/service/request'
import type { CommitResult, ReservationStatus } from '../contract.ts'
import { firstPlace, ledgerSql, lockedLevelSql } from './ledger-store.ts'

/** What a reservation was before it was asked to end; nothing when there was none. */
export type StatusBefore = ReservationStatus | undefined
export type Sold = { before: StatusBefore; promised: NonNullable<CommitResult['promised']> }

type EndOptions = { actor: string; reason: string | null; lowStockThreshold: number }

const onlyNamed = `
  asked as (select order_id from unnest($1::uuid[]) as given (order_id) order by order_id),
  picked as (
    select earlier.* from asked cross join lateral (
      select id, order_id, status from reservation where order_id = asked.order_id for no key update
    ) earlier
  )`
// What is being sold or released at this moment is left to whoever does it.
const onlyOverdue = `
  picked as (
    select id, order_id, status from reservation where status = 'active' and expires_at <= now()
    order by expires_at limit $1 for no key update skip locked
  )`

/**
 * Ends the active ones of the picked reservations: their units are sold, or free again. Reservations are
 * locked before levels, both in order, so that two of these statements cannot wait for each other.
 */
function endSql(
  picked: string,
  end: { status: string; kind: 'sale' | 'release'; more?: string; result: string },
) {
  // A sale leaves its promises open: they are kept when the units arrive. Any other end takes them back.
  const endsPromises = end.kind === 'release'
  return `
  with ${picked},
  ending as (select id, order_id from picked where status = 'active'),
  held as (
    select ending.id as reservation_id, ending.order_id, line.* from ending cross join lateral (
      select sku, location_id, quantity from reservation_line where reservation_id = ending.id offset 0
    ) line
  ),
  written_reservation as (
    update reservation set status = '${end.status}', ended_at = now()
    where id = any(array(select id from ending))
  ),
  ${endsPromises ? waitingPromises : ''}
  ${lockedLevelSql(`array(select sku from held${endsPromises ? ' union select sku from promise' : ''})`)},
  delta as (
    select row_number() over (order by reservation_id, sku, location_id)::int as ordinal,
           sku, location_id, kind, case when kind = 'sale' then -quantity else 0 end as on_hand_delta,
           case when kind = 'backorder_end' then 0 else -quantity end as reserved_delta,
           case when kind = 'backorder_end' then -quantity else 0 end as backordered_delta,
           reservation_id, order_id, null::uuid as cause_id, null::uuid as document_id,
           $2::text as reason, $3::text as actor, $5::text as trace_id
    from (
      select reservation_id, order_id, sku, location_id, quantity, '${end.kind}' as kind from held
      ${endsPromises ? endedPromises : ''}
    ) ended
  ),
  ${end.more ?? ''}
  ${ledgerSql('$4')}
  ${end.result}`
}

const waitingPromises = `
  promise as (
    select ending.id as reservation_id, ending.order_id, waits.* from ending cross join lateral (
      select sku, waiting from backorder where reservation_id = ending.id and waiting > 0 offset 0
    ) waits
  ),
  written_promise as (
    update backorder set waiting = 0
    from promise where backorder.reservation_id = promise.reservation_id and backorder.sku = promise.sku
  ),`
const endedPromises = `
      union all
      select reservation_id, order_id, sku, ${firstPlace('promise.sku')}, waiting, 'backorder_end' from promise`

const statusBefore = 'select order_id, status from picked'
const sellSql = endSql(onlyNamed, {
  status: 'committed',
  kind: 'sale',
  result: `
  select order_id, status, (
    select json_agg(json_build_object('sku', sku, 'quantity', quantity, 'expectedOn', expected_on) order by sku)
    from backorder join stock_item using (sku) where reservation_id = picked.id) as promised
  from picked`,
})
/** A release that finds nothing leaves a mark, so that a reservation which arrives late is refused. */
const releaseSql = endSql(onlyNamed, {
  status: 'released',
  kind: 'release',
  more: `
  marked as (
    insert into reservation (id, order_id, status, request_hash, expires_at, ended_at)
    select new_id(), order_id, 'released', '', now(), now() from asked
    where not exists (select from picked where picked.order_id = asked.order_id)
    on conflict (order_id) do nothing
    returning order_id
  ),`,
  result: `${statusBefore} union all select order_id, null from marked`,
})
const expireSql = endSql(onlyOverdue, {
  status: 'expired',
  kind: 'release',
  more: `
  written_expiry as (
    insert into outbox (event_id, name, schema_version, aggregate_id, aggregate_version, payload, trace_id)
    select new_id(), 'stock.reservation_expired', ${catalog['stock.reservation_expired'].version}, id, 1,
           jsonb_build_object('orderId', order_id, 'reservationId', id), $5::text
    from ending order by id
  ),`,
  result: 'select order_id from ending',
})

/** Answers, per order, what its reservation was before and what was promised. Those still active were sold by this call. */
export async function sellReservations(
  sql: Sql,
  orderIds: readonly string[],
  options: EndOptions,
): Promise<Map<string, Sold>> {
  const rows = await sql.query<{ order_id: string; status: StatusBefore; promised: Sold['promised'] | null }>(
    sellSql,
    parameters(orderIds, options),
    'stock-sell',
  )
  return new Map(rows.map((row) => [row.order_id, { before: row.status, promised: row.promised ?? [] }]))
}

/** Answers what the reservation was before. */
export async function releaseReservation(
  sql: Sql,
  orderId: string,
  options: EndOptions,
): Promise<StatusBefore> {
  for (;;) {
    const [row] = await sql.query<{ status: ReservationStatus | null }>(
      releaseSql,
      parameters([orderId], options),
      'stock-release',
    )
    if (row) return row.status ?? undefined
    // Somebody else wrote the row while this statement ran; the next one sees it.
  }
}

/** Ends up to `limit` reservations that nobody paid for in time; answers how many. */
export async function expireReservations(sql: Sql, limit: number, options: EndOptions): Promise<number> {
  const rows = await sql.query(expireSql, parameters(limit, options), 'stock-expire')
  return rows.length
}

function parameters(first: readonly string[] | number, options: EndOptions): unknown[] {
  const traceId = currentRequest()?.requestId ?? null
  return [first, options.reason, options.actor, options.lowStockThreshold, traceId]
}
