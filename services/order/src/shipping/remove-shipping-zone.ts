import { notFound } from '@souk/kernel/errors'
import { once } from '@souk/service/idempotency'
import type { OrderContext } from '../context.ts'
import { actorOf } from '../order/access.ts'
import { writePriceChange } from '../pricing/change-store.ts'
import { lockZone, removeZone } from './zone-store.ts'

/** Nothing is delivered to its places any more, unless another zone takes them. */
export async function removeShippingZone(ctx: OrderContext, input: { id: string }): Promise<{ id: string }> {
  const command = { operation: 'shipping.removeZone', principal: ctx.principal, input }
  const { name: actor } = actorOf(ctx.principal)
  const removed = await once(ctx.db, command, async (tx) => {
    const before = await lockZone(tx, input.id)
    if (!before) throw notFound('zone')
    await removeZone(tx, input.id)
    await writePriceChange(tx, { actor, action: 'zone_removed', subject: before.name, details: { before } })
    return { id: input.id }
  })
  await ctx.announcePrices()
  return removed
}
