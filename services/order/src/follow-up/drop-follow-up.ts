import { faultPoint } from '@souk/service/fault-point'
import type { OrderContext } from '../context.ts'
import { lockDraft } from '../draft/draft-store.ts'
import { type FollowUp, moveFollowUp, noteFollowUpStep } from './follow-up.ts'
import { findFollowUp, removeFollowUp, saveFollowUp } from './follow-up-store.ts'

/** What never was promised to anybody leaves no trace: its goods are let go first. Once promised it stays. */
export async function dropFollowUp(ctx: OrderContext, { id, draftId }: FollowUp): Promise<void> {
  const now = ctx.clock.now()
  await ctx.db.transaction(async (tx) => {
    await lockDraft(tx, draftId)
    const current = await findFollowUp(tx, id)
    if (current?.state === 'preparing') await saveFollowUp(tx, moveFollowUp(current, 'ended', 'not_promised'))
  })
  faultPoint('followup.dropped')
  const ended = await findFollowUp(ctx.db.sql, id)
  if (ended?.state === 'ended') await releaseGoods(ctx, ended, now)
}

/** Lets go what is held for a follow-up that has ended, and closes its record. */
export async function releaseGoods(ctx: OrderContext, ended: FollowUp, now: Date): Promise<void> {
  const { status } = await ctx.inventory.stock.release.mutate({
    orderId: ended.orderId,
    reason: 'The order did not come about',
  })
  faultPoint('followup.released')
  await ctx.db.transaction(async (tx) => {
    await lockDraft(tx, ended.draftId)
    const current = await findFollowUp(tx, ended.id)
    if (!current || current.version !== ended.version) return
    if (current.promisedAt === null) return await removeFollowUp(tx, current)
    await saveFollowUp(tx, { ...noteFollowUpStep(current, 'release', status, now), isDone: true })
  })
}
