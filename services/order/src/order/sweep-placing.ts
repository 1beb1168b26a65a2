import { backgroundScope, runInRequest } from '@souk/service/request'
import type { OrderContext } from '../context.ts'
import { continuePlacing } from './continue-placing.ts'
import { claimStuckOrders, findOrder, releaseLease } from './order-store.ts'

const batch = 20

/**
 * Goes on with orders whose placing was cut short, or whose payment has news. Each is claimed for twenty
 * seconds, so several instances share the work and a frozen one delays nobody for long.
 */
export async function sweepPlacing(ctx: OrderContext): Promise<void> {
  for (;;) {
    const ids = await claimStuckOrders(ctx.db.sql, batch)
    await Promise.all(ids.map(async (id) => await goOn(ctx, id)))
    if (ids.length < batch) return
  }
}

async function goOn(ctx: OrderContext, id: string): Promise<void> {
  await runInRequest(backgroundScope('order', id), async () => {
    try {
      const order = await findOrder(ctx.db.sql, id)
      if (order) await continuePlacing(ctx, order)
    } catch (error) {
      ctx.log.warn({ err: error, orderId: id }, 'placing will be tried again')
    } finally {
      await releaseLease(ctx.db.sql, id)
    }
  })
}
