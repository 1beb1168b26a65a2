import { notFound } from '@souk/kernel/errors'
import { once } from '@souk/service/idempotency'
import type { OrderContext } from '../context.ts'
import type { StaffPromotion, UpdatePromotion } from '../contract.ts'
import { actorOf } from '../order/access.ts'
import { writePriceChange } from '../pricing/change-store.ts'
import { differences, invalidField, staleVersion } from '../pricing/price-change.ts'
import { refuseTakenCode } from './create-promotion.ts'
import { countEarlierUses, lockPromotion, updatePromotion as writePromotion } from './staff-store.ts'
import { viewPromotion } from './view-promotion.ts'

/** Orders that were placed keep what they got; what comes next goes by the new rules. */
export async function updatePromotion(ctx: OrderContext, input: UpdatePromotion): Promise<StaffPromotion> {
  const command = { operation: 'promotion.update', principal: ctx.principal, input }
  const { name: actor } = actorOf(ctx.principal)
  const now = ctx.clock.now()
  const changed = await refuseTakenCode(
    async () =>
      await once(ctx.db, command, async (tx) => {
        const before = await lockPromotion(tx, input.id)
        if (!before) throw notFound('promotion')
        if (input.expectedVersion !== undefined && input.expectedVersion !== before.version) {
          throw staleVersion(before.version)
        }
        if (input.usageLimit !== null && before.usage_limit === null) await countEarlierUses(tx, input.id)
        const current = await lockPromotion(tx, input.id)
        const used = current?.used_count ?? 0
        if (input.usageLimit !== null && input.usageLimit < used) {
          throw invalidField('usageLimit', `It was used ${used} times already`)
        }
        await writePromotion(tx, input)
        const after = await lockPromotion(tx, input.id)
        if (!after) throw new Error('The promotion that was just written is not there')
        const [old, view] = [viewPromotion(before, now), viewPromotion(after, now)]
        const { version: _old, updatedAt: _was, state: _before, uses: _then, ...was } = old
        const { version: _new, updatedAt: _is, state: _after, uses: _now, ...is } = view
        await writePriceChange(tx, {
          actor,
          action: 'promotion_changed',
          subject: view.code ?? view.name,
          details: differences(was, is),
        })
        return view
      }),
  )
  await ctx.announcePrices()
  return changed
}
