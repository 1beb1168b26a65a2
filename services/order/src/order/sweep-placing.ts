import { backgroundScope, runInRequest } from '@souk/service/request'
import type { OrderContext } from '../context.ts'
import { continuePlacing } from './continue-placing.ts'
import { claimStuckOrders, findOrder, releaseLease, renewLeases } from './order-store.ts'

const batch = 20
/** Several times within a lease, so that a busy machine does not miss it. */
const renewEveryMs = 1000

/**
 * Goes on with orders whose placing was cut short, or whose payment has news. Each is claimed for a few
 * seconds, which are renewed while it is worked on: several instances share the work, and what a process
 * held that died is taken up at once by the next.
 */
export async function sweepPlacing(ctx: OrderContext): Promise<void> {
  for (;;) {
    const ids = await claimStuckOrders(ctx.db.sql, batch)
    if (ids.length > 0) await goOnWithAll(ctx, ids)
    if (ids.length < batch) return
  }
}

async function goOnWithAll(ctx: OrderContext, ids: readonly string[]): Promise<void> {
  const held = new Set(ids)
  const renewing = setInterval(() => {
    renewLeases(ctx.db.sql, [...held]).catch((error: unknown) => {
      // A lease that ends early has an order looked at twice, which is harmless.
      ctx.log.warn({ err: error }, 'leases of orders could not be renewed')
    })
  }, renewEveryMs)
  try {
    await Promise.all(
      ids.map(async (id) => {
        await goOn(ctx, id)
        held.delete(id)
      }),
    )
  } finally {
    clearInterval(renewing)
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
