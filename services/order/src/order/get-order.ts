import type { z } from 'zod'
import type { OrderContext } from '../context.ts'
import type { Order, OrderRef } from '../contract.ts'
import { withKeys } from '../follow-up/view-follow-up.ts'
import { loadVisibleOrder } from './access.ts'
import { loadStory } from './story-store.ts'
import { viewOrder } from './view-order.ts'

export async function getOrder(ctx: OrderContext, input: z.output<typeof OrderRef>): Promise<Order> {
  const order = await loadVisibleOrder(ctx, input.id, input.orderToken)
  const view = viewOrder(order, await loadStory(ctx.db.sql, order.id))
  return withKeys(view, ctx.settings.orderTokenSecret)
}
