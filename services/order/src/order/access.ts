import { notFound } from '@souk/kernel/errors'
import { isStaff, type Principal } from '@souk/kernel/principal'
import type { OrderContext } from '../context.ts'
import type { Actor, Order } from './order.ts'
import { findOrder } from './order-store.ts'
import { isOrderToken } from './order-token.ts'

/** Loads an order for whoever may see it: staff, its customer, or a guest with its key. To all others it is missing. */
export async function loadVisibleOrder(
  ctx: OrderContext,
  id: string,
  token: string | undefined,
): Promise<Order> {
  const order = await findOrder(ctx.db.sql, id)
  if (!order || !maySee(order, ctx.principal, token, ctx.settings.orderTokenSecret)) throw notFound('order')
  return order
}

export function maySee(
  order: Order,
  principal: Principal,
  token: string | undefined,
  secret: string,
): boolean {
  if (isStaff(principal)) return true
  if (order.userId !== null) return principal.kind === 'user' && principal.userId === order.userId
  return isOrderToken(token, order.id, secret)
}

export function actorOf(principal: Principal): Actor {
  if (principal.kind === 'user' && isStaff(principal)) return { kind: 'staff', name: principal.userId }
  if (principal.kind === 'service') return { kind: 'system', name: 'system' }
  return { kind: 'customer', name: 'customer' }
}
