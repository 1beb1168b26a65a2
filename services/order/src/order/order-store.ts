import type { Sql } from '@souk/db/connect'
import { insertOutboxSql, type NewEvent, outboxColumns } from '@souk/events/record'
import { newId } from '@souk/kernel/id'
import { emptyCartSql } from '../cart/cart-store.ts'
import { type Claim, claimSql, claimValues } from '../promotion/claim.ts'
import type { Change, Order } from './order.ts'
import { type LineRow, type OrderRow, toOrder } from './order-row.ts'

/** Rows to be unnested: one array a column. */
function columnsOf<Row>(rows: readonly Row[], read: readonly ((row: Row) => unknown)[]): unknown[] {
  return read.map((column) => rows.map(column))
}

export type NewOrder = Omit<Order, 'number' | 'createdAt' | 'updatedAt'>
/** `leaseSeconds`: how long the request that places the order keeps the placing job away from it. */
export type Command = { caller: string; key: string; bodyHash: string; leaseSeconds: number }

/**
 * Writes a new order with its lines and first history entry in one statement. Nothing is written, and
 * nothing returned, when this caller used the key before. Limited promotions are claimed in the same
 * statement, which fails as a whole when one is used up.
 */
export async function insertOrder(
  sql: Sql,
  order: NewOrder,
  command: Command,
  claim: Claim,
): Promise<Order | undefined> {
  const isLimited = claim.promotionIds.length > 0
  const [row] = await sql.query<Pick<OrderRow, 'number' | 'created_at'>>(
    `with placed as (
       insert into orders (id, status, user_id, email, customer_name, shipping_address, shipping_method_code,
         shipping_method_name, promotion_code, currency, subtotal_minor, discount_minor, shipping_minor, tax_minor,
         total_minor, payment_id, payment_input, cart_id, caller, command_key, body_hash, lease_until, next_check_at,
         shipping_tax_basis_points,
         prices_include_tax, tax_lines, promotions, placing_steps)
       values ($1, 'pending', $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20,
         now() + make_interval(secs => $21), now() + make_interval(secs => $21), $35, $38, $39, $40, $42)
       on conflict (caller, command_key) do nothing
       returning id, number, created_at),
     lines as (
       insert into order_line (order_id, position, sku, product_id, product_slug, name, options_label, image_url,
         quantity, unit_price_minor, total_minor, tax_minor, discount_minor, tax_basis_points, discounts)
       select placed.id, line.* from placed, unnest($22::int[], $23::text[], $24::uuid[], $25::text[], $26::text[],
         $27::text[], $28::text[], $29::int[], $30::bigint[], $31::bigint[], $32::bigint[],
         $36::bigint[], $37::int[], $41::jsonb[]) as line),
     history as (
       insert into order_history (id, order_id, type, to_status, actor)
       select $33::uuid, id, 'placed', 'pending', $34 from placed)
       ${isLimited ? `, ${claimSql(43)}` : ''}
     select number, created_at from placed`,
    [
      order.id,
      order.userId,
      order.email,
      order.customerName,
      JSON.stringify(order.shippingAddress),
      order.shippingMethod.code,
      order.shippingMethod.name,
      order.promotionCode,
      order.currency,
      order.subtotalMinor,
      order.discountMinor,
      order.shippingMinor,
      order.taxMinor,
      order.totalMinor,
      order.paymentId,
      JSON.stringify(order.paymentInput),
      order.cartId,
      command.caller,
      command.key,
      command.bodyHash,
      command.leaseSeconds,
      order.lines.map((_, index) => index),
      ...columnsOf(order.lines, [
        (line) => line.sku,
        (line) => line.productId,
        (line) => line.productSlug,
        (line) => line.name,
        (line) => line.optionsLabel,
        (line) => line.imageUrl,
        (line) => line.quantity,
        (line) => line.unitPriceMinor,
        (line) => line.totalMinor,
        (line) => line.taxMinor,
      ]),
      newId(),
      'customer',
      order.shippingTaxBasisPoints,
      order.lines.map((line) => line.discountMinor),
      order.lines.map((line) => line.taxBasisPoints),
      order.pricesIncludeTax,
      JSON.stringify(order.taxLines),
      JSON.stringify(order.promotions),
      order.lines.map((line) => JSON.stringify(line.discounts)),
      JSON.stringify(order.placing),
      ...(isLimited ? claimValues(claim) : []),
    ],
    isLimited ? 'order-insert-limited' : 'order-insert',
  )
  if (!row) return undefined
  return { ...order, number: row.number, createdAt: row.created_at, updatedAt: row.created_at }
}

/**
 * Writes a change with its history and events in one statement, if nobody changed the order since it was
 * read. Returns the order as it now stands, or nothing when somebody was faster. The order that is announced
 * as placed empties the cart it came from.
 */
export async function saveChange(
  sql: Sql,
  change: Change,
  events: readonly NewEvent[],
): Promise<Order | undefined> {
  const { order, history } = change
  const cartId = change.announces.some(({ name }) => name === 'order.placed') ? order.cartId : null
  const [saved] = await sql.query<{ updated_at: Date; version: number }>(
    `with saved as (
       update orders set status = $3, payment = $4, payment_input = $5, reason = $6, refusal = $7, refunded_minor = $8,
         placed_at = $9, confirmed_at = $10, version = version + $11, revision = revision + 1, checks = 0, updated_at = now(),
         lease_until = null, next_check_at = now() + interval '2 seconds', placing_steps = $18
       where id = $1 and revision = $2 returning id, updated_at, version),
     history as (
       -- Not the time the transaction began: it may have waited for the change before it.
       insert into order_history (id, order_id, type, to_status, actor, note, at)
       select entry.id, saved.id, entry.type, $3, entry.actor, entry.note, clock_timestamp()
       from saved, unnest($12::uuid[], $13::text[], $14::text[], $15::text[]) as entry(id, type, actor, note)),
     came_back as (
       update order_line set returned_quantity = back.quantity
       from saved, unnest($16::text[], $17::int[]) as back(sku, quantity)
       where order_line.order_id = saved.id and order_line.sku = back.sku and order_line.returned_quantity <> back.quantity),
     announced as (${insertOutboxSql(19)} where exists (select 1 from saved))
       ${cartId === null ? '' : `, emptied as (${emptyCartSql(26, 27)} and exists (select 1 from saved))`}
     select updated_at, version from saved`,
    [
      order.id,
      order.revision,
      order.status,
      json(order.payment),
      json(order.paymentInput),
      order.reason,
      json(order.refusal),
      order.refundedMinor,
      order.placedAt,
      order.confirmedAt,
      events.length,
      ...columnsOf(history, [
        () => newId(),
        (entry) => entry.type,
        (entry) => entry.actor,
        (entry) => entry.note,
      ]),
      ...columnsOf(
        order.lines.filter((line) => line.returnedQuantity > 0),
        [(line) => line.sku, (line) => line.returnedQuantity],
      ),
      JSON.stringify(order.placing),
      ...outboxColumns(events),
      ...(cartId === null ? [] : [cartId, order.userId]),
    ],
    cartId === null ? 'order-save' : 'order-save-from-cart',
  )
  return saved
    ? {
        ...order,
        version: saved.version,
        revision: order.revision + 1,
        updatedAt: saved.updated_at,
        checks: 0,
      }
    : undefined
}

/** Holds an order's row to the end of the transaction. */
export async function lockOrder(tx: Sql, id: string): Promise<void> {
  await tx.query('select from orders where id = $1 for no key update', [id], 'order-lock')
}

export async function findOrder(sql: Sql, id: string): Promise<Order | undefined> {
  return await findBy(sql, 'o.id = $1', [id], 'order-by-id')
}

export async function findOrders(sql: Sql, ids: readonly string[]): Promise<Order[]> {
  return await findAllBy(sql, 'o.id = any($1::uuid[])', [ids], 'orders-by-id')
}

/** The order that a command made when it first came. */
export async function findOrderOfCommand(
  sql: Sql,
  caller: string,
  key: string,
): Promise<{ order: Order; bodyHash: string } | undefined> {
  const [found] = await sql.query<{ id: string; body_hash: string }>(
    'select id, body_hash from orders where caller = $1 and command_key = $2',
    [caller, key],
    'order-of-command',
  )
  const order = found ? await findOrder(sql, found.id) : undefined
  return found && order ? { order, bodyHash: found.body_hash } : undefined
}

async function findBy(sql: Sql, where: string, values: unknown[], name: string): Promise<Order | undefined> {
  return (await findAllBy(sql, where, values, name))[0]
}

async function findAllBy(sql: Sql, where: string, values: unknown[], name: string): Promise<Order[]> {
  const rows = await sql.query<OrderRow & { lines: LineRow[] }>(
    `select o.*, (select coalesce(json_agg(l order by l.position), '[]') from order_line l where l.order_id = o.id) as lines
     from orders o where ${where}`,
    values,
    name,
  )
  return rows.map((row) => toOrder(row, row.lines))
}

/**
 * Asks the placing job to look at an order that is still being placed. The request that has just placed it is
 * looking at it now and sets the time of the next look, so its row is left alone.
 */
export async function requestCheck(sql: Sql, orderId: string): Promise<void> {
  await sql.query(
    `update orders set next_check_at = now() where id = $1 and status in ('pending', 'awaiting_payment')
       and not (checks = 0 and revision = 0 and coalesce(lease_until > now(), false))`,
    [orderId],
    'order-request-check',
  )
}

/** Short, because the lease of a process that dies is waited for; one that lives renews it. */
const jobLeaseSeconds = 4

/**
 * Takes up to `limit` orders whose placing somebody has to go on with. The lease keeps other instances
 * away; whoever is late is stopped by the version in `saveChange`. An order that a buyer waits for is
 * looked at more often than one that waits for its buyer.
 */
export async function claimStuckOrders(sql: Sql, limit: number): Promise<string[]> {
  const rows = await sql.query<{ id: string }>(
    `update orders set lease_until = now() + make_interval(secs => $2), checks = checks + 1,
       next_check_at = now() + make_interval(
         secs => least(case status when 'pending' then 4 else 15 end, power(2, least(checks, 4))))
     where id in (
       select id from orders
       where status in ('pending', 'awaiting_payment') and next_check_at <= now()
         and (lease_until is null or lease_until < now())
       order by next_check_at limit $1 for update skip locked)
     returning id`,
    [limit, jobLeaseSeconds],
    'order-claim-stuck',
  )
  return rows.map((row) => row.id)
}

/** Only of orders that are still held: one that was released or saved meanwhile stays free. */
export async function renewLeases(sql: Sql, orderIds: readonly string[]): Promise<void> {
  await sql.query(
    `update orders set lease_until = now() + make_interval(secs => $2)
     where id = any($1::uuid[]) and lease_until is not null`,
    [orderIds, jobLeaseSeconds],
    'order-renew-leases',
  )
}

export async function releaseLease(sql: Sql, orderId: string): Promise<void> {
  await sql.query('update orders set lease_until = null where id = $1', [orderId], 'order-release-lease')
}

function json(value: unknown): string | null {
  return value === null ? null : JSON.stringify(value)
}
