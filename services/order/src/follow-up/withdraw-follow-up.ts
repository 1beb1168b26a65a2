import { notFound } from '@souk/kernel/errors'
import type { OrderContext } from '../context.ts'
import type { Order as OrderView, WithdrawFollowUp } from '../contract.ts'
import { findDraft } from '../draft/draft-store.ts'
import { settleEditInBackground } from '../edit/settle-edit.ts'
import { actorOf } from '../order/access.ts'
import { changeLocked } from '../order/change-order.ts'
import { loadStory } from '../order/story-store.ts'
import { viewOrder } from '../order/view-order.ts'
import { continueFollowUpInBackground } from './continue-follow-up.ts'
import { endFollowUp } from './end-follow-up.ts'
import { findFollowUp } from './follow-up-store.ts'
import { afterFollowUp } from './over.ts'

/** Staff take back what the customer has not paid yet; its goods and the money go back. Twice changes nothing more. */
export async function withdrawFollowUp(ctx: OrderContext, input: WithdrawFollowUp): Promise<OrderView> {
  const actor = actorOf(ctx.principal)
  const { id, followUpId } = input
  const command = { operation: 'order.followUp.withdraw', id, input }
  const order = await changeLocked(ctx, command, async (tx, origin) => {
    const followUp = await findFollowUp(tx, followUpId)
    if (followUp?.originId !== id || followUp.promisedAt === null) throw notFound('follow-up')
    const now = ctx.clock.now()
    const ended = await endFollowUp(tx, followUpId, { reason: 'withdrawn', actor: actor.name, now })
    if (!ended) return undefined
    const draft = await findDraft(tx, followUp.draftId)
    return await afterFollowUp(tx, origin, ended, { number: draft?.number ?? '', actor })
  })
  await continueFollowUpInBackground(ctx, followUpId)
  await settleEditInBackground(ctx, followUpId)
  return viewOrder(order, await loadStory(ctx.db.sql, order.id))
}
