import type { Sql } from '@souk/db/connect'
import { notFound } from '@souk/kernel/errors'
import type { OrderContext } from '../context.ts'
import type { ReturnDetail } from '../contract.ts'
import { findFollowUpsAround } from '../follow-up/follow-up-store.ts'
import { viewFollowUps } from '../follow-up/view-follow-up.ts'
import { changeLocked } from '../order/change-order.ts'
import type { Change, Order } from '../order/order.ts'
import { findOrder } from '../order/order-store.ts'
import type { Return } from './return.ts'
import { findReturn, findReturnsOf } from './return-store.ts'
import { viewReturn } from './view-return.ts'

/** Changes a return with its order's row locked, so that what is decided from both stays true until it is written. */
export async function changeReturn(
  ctx: OrderContext,
  command: { operation: string; id: string; input: unknown },
  work: (tx: Sql, order: Order, current: Return, others: readonly Return[]) => Promise<Change | undefined>,
): Promise<void> {
  const known = await findReturn(ctx.db.sql, command.id)
  if (!known) throw notFound('return')
  await changeLocked(ctx, { ...command, id: known.orderId }, async (tx, order) => {
    const returns = await findReturnsOf(tx, order.id)
    const current = returns.find(({ id }) => id === command.id)
    if (!current) throw notFound('return')
    return await work(
      tx,
      order,
      current,
      returns.filter(({ id }) => id !== command.id),
    )
  })
}

export async function loadReturn(ctx: OrderContext, id: string): Promise<ReturnDetail> {
  const current = await findReturn(ctx.db.sql, id)
  const order = current && (await findOrder(ctx.db.sql, current.orderId))
  if (!current || !order) throw notFound('return')
  const returns = await findReturnsOf(ctx.db.sql, order.id)
  const around = current.exchangeId === null ? [] : await findFollowUpsAround(ctx.db.sql, order.id)
  return viewReturn(
    order,
    current,
    returns.filter((other) => other.id !== id),
    viewFollowUps(around, order.id, order.currency),
  )
}
