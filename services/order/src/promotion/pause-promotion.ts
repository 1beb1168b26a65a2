import { notFound } from '@souk/kernel/errors'
import { once } from '@souk/service/idempotency'
import type { z } from 'zod'
import type { OrderContext } from '../context.ts'
import type { PausePromotion, StaffPromotion } from '../contract.ts'
import { actorOf } from '../order/access.ts'
import { writePriceChange } from '../pricing/change-store.ts'
import { lockPromotion, setPromotionActive } from './staff-store.ts'
import { viewPromotion } from './view-promotion.ts'

export async function pausePromotion(
  ctx: OrderContext,
  input: z.output<typeof PausePromotion>,
): Promise<StaffPromotion> {
  const command = { operation: 'promotion.pause', principal: ctx.principal, input }
  const { name: actor } = actorOf(ctx.principal)
  const view = await once(ctx.db, command, async (tx) => {
    const before = await lockPromotion(tx, input.id)
    if (!before) throw notFound('promotion')
    if (before.is_active === input.isActive) return viewPromotion(before, ctx.clock.now())
    await setPromotionActive(tx, input.id, input.isActive)
    const action = input.isActive ? 'promotion_resumed' : 'promotion_paused'
    await writePriceChange(tx, { actor, action, subject: before.code ?? before.name, details: {} })
    const after = await lockPromotion(tx, input.id)
    return viewPromotion(after ?? before, ctx.clock.now())
  })
  await ctx.announcePrices()
  return view
}
