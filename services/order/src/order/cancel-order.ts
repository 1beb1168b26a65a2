import type { z } from 'zod'
import type { OrderContext } from '../context.ts'
import type { CancelOrder, Order } from '../contract.ts'
import { actorOf, loadVisibleOrder } from './access.ts'
import { changeOrder } from './change-order.ts'
import { cancel } from './order.ts'
import { loadStory } from './story-store.ts'
import { viewOrder } from './view-order.ts'

/** Stock and money go back by the event: inventory and payment listen. Cancelling twice changes nothing more. */
export async function cancelOrder(ctx: OrderContext, input: z.output<typeof CancelOrder>): Promise<Order> {
  await loadVisibleOrder(ctx, input.id, input.orderToken)
  const actor = actorOf(ctx.principal)
  const reason =
    input.reason ?? (actor.kind === 'staff' ? 'Cancelled by the shop' : 'Cancelled by the customer')
  const command = { operation: 'order.cancel', id: input.id, input: { id: input.id } }
  const order = await changeOrder(ctx, command, (current) =>
    current.status === 'cancelled' ? undefined : cancel(current, actor, reason),
  )
  return viewOrder(order, await loadStory(ctx.db.sql, order.id))
}
