import type { Sql } from '@souk/db/connect'
import { AppError, notFound } from '@souk/kernel/errors'
import { hashBody, once } from '@souk/service/idempotency'
import type { OrderContext } from '../context.ts'
import { eventsOf } from './events.ts'
import type { Change, Order } from './order.ts'
import { findOrder, lockOrder, saveChange } from './order-store.ts'

const attempts = 4

/**
 * Loads an order, lets a rule decide, and writes the change with its events, once per command. When
 * somebody else changed the order meanwhile the rule decides again on what is there now.
 */
export async function changeOrder(
  ctx: OrderContext,
  command: { operation: string; id: string; input: unknown },
  decide: (order: Order) => Change | undefined,
): Promise<Order> {
  await once(
    ctx.db,
    { operation: command.operation, principal: ctx.principal, input: hashBody(command.input) },
    async (tx) => {
      await changeInTransaction(tx, command.id, ctx.settings.orderTokenSecret, decide)
      return { id: command.id }
    },
  )
  ctx.bus.wake()
  const order = await findOrder(ctx.db.sql, command.id)
  if (!order) throw notFound('order')
  return order
}

/**
 * For a change that writes beside the order: `work` has the order's row locked, so what it read stays true
 * until all is written. It may give nothing when the order is already as it should be.
 */
export async function changeLocked(
  ctx: OrderContext,
  command: { operation: string; id: string; input: unknown },
  work: (tx: Sql, order: Order) => Promise<Change | undefined>,
): Promise<Order> {
  await once(
    ctx.db,
    { operation: command.operation, principal: ctx.principal, input: hashBody(command.input) },
    async (tx) => {
      await changeWhileLocked(tx, command.id, ctx.settings.orderTokenSecret, work)
      return { id: command.id }
    },
  )
  ctx.bus.wake()
  const order = await findOrder(ctx.db.sql, command.id)
  if (!order) throw notFound('order')
  return order
}

export async function changeWhileLocked(
  tx: Sql,
  id: string,
  tokenSecret: string,
  work: (tx: Sql, order: Order) => Promise<Change | undefined>,
): Promise<void> {
  await lockOrder(tx, id)
  const order = await findOrder(tx, id)
  if (!order) throw notFound('order')
  const change = await work(tx, order)
  if (!change) return
  const saved = await saveChange(tx, change, eventsOf(change.order, change.announces, tokenSecret))
  if (!saved) throw new Error(`Order ${id} was changed while its row was locked`)
}

/** `decide` may give nothing when the order is already as it should be. */
export async function changeInTransaction(
  tx: Sql,
  id: string,
  tokenSecret: string,
  decide: (order: Order) => Change | undefined,
): Promise<void> {
  for (let attempt = 0; attempt < attempts; attempt += 1) {
    const order = await findOrder(tx, id)
    if (!order) throw notFound('order')
    const change = decide(order)
    if (!change) return
    if (await saveChange(tx, change, eventsOf(change.order, change.announces, tokenSecret))) return
  }
  throw new AppError('CONFLICT', 'Somebody else is changing this order. Please try again.')
}
