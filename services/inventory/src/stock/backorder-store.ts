import type { Sql } from '@souk/db/connect'
import { catalog } from '@souk/events/catalog'
import { currentRequest } from '@souk/service/request'
import type { Waiting } from './backorder.ts'
import { firstPlace, ledgerSql, lockedLevelSql } from './ledger-store.ts'
import { changeLevels } from './movement-store.ts'
import type { Line } from './stock.ts'

const endSql = `
  with promise as (
    select reservation.id as reservation_id, order_id, sku,
           case when $6::text[] is null then waiting else least(waiting, given.quantity) end as waiting
    from reservation join backorder on reservation_id = reservation.id
    left join unnest($6::text[], $7::int[]) as given (asked_sku, quantity) on asked_sku = sku
    where order_id = $1 and waiting > 0 and ($6::text[] is null or given.quantity > 0)
  ),
  written_promise as (
    update backorder set waiting = backorder.waiting - promise.waiting
    from promise where backorder.reservation_id = promise.reservation_id and backorder.sku = promise.sku
  ),
  ${lockedLevelSql('array(select sku from promise)')},
  delta as (
    select row_number() over (order by sku)::int as ordinal, sku, ${firstPlace('promise.sku')} as location_id,
           'backorder_end' as kind, 0 as on_hand_delta, 0 as reserved_delta, -waiting as backordered_delta,
           reservation_id, order_id, null::uuid as cause_id, null::uuid as document_id,
           $2::text as reason, $3::text as actor, $5::text as trace_id
    from promise
  ),
  ${ledgerSql('$4')}
  select sku, (-backordered_delta)::int as quantity from moved`

/** Takes back what an order still waits for, or up to these pieces of it; answers which. Its reservation must be locked. */
export async function endPromises(
  sql: Sql,
  orderId: string,
  options: { actor: string; reason: string; lowStockThreshold: number },
  upTo?: readonly Line[],
): Promise<Line[]> {
  const traceId = currentRequest()?.requestId ?? null
  return await sql.query<Line>(
    endSql,
    [
      orderId,
      options.reason,
      options.actor,
      options.lowStockThreshold,
      traceId,
      upTo?.map(({ sku }) => sku) ?? null,
      upTo?.map(({ quantity }) => quantity) ?? null,
    ],
    'stock-end-promises',
  )
}

/** SKUs that somebody waits for and that have free units again. */
export async function findOwingSkus(sql: Sql, limit: number): Promise<string[]> {
  const rows = await sql.query<{ sku: string }>(
    `select sku from stock_item where backordered > 0 and on_hand > reserved and exists (
       select from backorder join reservation on reservation.id = reservation_id and status = 'committed'
       where backorder.sku = stock_item.sku and waiting > 0)
     order by sku limit $1`,
    [limit],
    'backorder-owing',
  )
  return rows.map(({ sku }) => sku)
}

/**
 * Who bought a SKU that was not there and waits for it, oldest first, with the reservations locked: before
 * the levels, as every writer does, and in the order that sales and releases share.
 */
export async function lockWaiting(sql: Sql, sku: string, limit: number): Promise<Waiting[]> {
  const locked = await sql.query<{ id: string }>(
    `select id from reservation where order_id = any(array(
       select reservation.order_id from backorder join reservation on reservation.id = reservation_id
       where sku = $1 and waiting > 0 and status = 'committed' order by backorder.seq limit $2))
     order by order_id for no key update`,
    [sku, limit],
    'backorder-lock',
  )
  // Only these: who has paid since is not locked and waits for the next round.
  return await sql.query<Waiting>(
    `select reservation_id as "reservationId", order_id as "orderId", waiting from backorder
     join reservation on reservation.id = reservation_id
     where sku = $1 and waiting > 0 and status = 'committed' and reservation_id = any($2::uuid[])
     order by backorder.seq`,
    [sku, locked.map(({ id }) => id)],
    'backorder-waiting',
  )
}

/** Sells what has arrived to those who wait, and tells their orders. */
export async function writeFills(
  sql: Sql,
  sku: string,
  fills: readonly (Waiting & { locationId: string; quantity: number })[],
  options: { actor: string; lowStockThreshold: number },
): Promise<void> {
  for (const { reservationId, quantity } of fills) {
    await sql.query(
      'update backorder set waiting = waiting - $3 where reservation_id = $1 and sku = $2',
      [reservationId, sku, quantity],
      'backorder-fill',
    )
  }
  await changeLevels(
    sql,
    fills.map(({ reservationId, orderId, locationId, quantity }) => ({
      sku,
      locationId,
      kind: 'backorder_fill',
      onHandDelta: -quantity,
      backorderedDelta: -quantity,
      reservationId,
      orderId,
    })),
    options,
  )
  await announceKept(sql, sku, fills)
}

/** Reads the promises as the fills left them: the order is told with its last piece that nothing is missing now. */
async function announceKept(
  sql: Sql,
  sku: string,
  fills: readonly { reservationId: string; quantity: number }[],
): Promise<void> {
  await sql.query(
    `with given as (
       select id, sum(quantity)::int as quantity from unnest($1::uuid[], $2::int[]) as fill (id, quantity) group by id
     ), kept as (
       update reservation set version = version + 1 from given where reservation.id = given.id
       returning reservation.id, order_id, version, given.quantity
     )
     insert into outbox (event_id, name, schema_version, aggregate_id, aggregate_version, payload, trace_id)
     select new_id(), 'stock.promise_kept', ${catalog['stock.promise_kept'].version}, id, version,
            jsonb_build_object('orderId', order_id, 'reservationId', id, 'sku', $3::text, 'quantity', quantity,
                               'isComplete', not exists (
                                 select from backorder where reservation_id = kept.id and waiting > 0)), $4
     from kept order by id`,
    [
      fills.map(({ reservationId }) => reservationId),
      fills.map(({ quantity }) => quantity),
      sku,
      currentRequest()?.requestId ?? null,
    ],
    'backorder-announce',
  )
}
