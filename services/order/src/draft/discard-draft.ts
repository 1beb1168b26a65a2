import { notFound } from '@souk/kernel/errors'
import type { z } from 'zod'
import type { OrderContext } from '../context.ts'
import type { DraftId, Draft as DraftView } from '../contract.ts'
import { actorOf } from '../order/access.ts'
import { draftState, requireOpen, requireOwn } from './draft.ts'
import { findDraft, lockDraft, markDiscarded } from './draft-store.ts'
import { viewDraft } from './view-draft.ts'

/** Withdraws a draft; its link says so from then on. Doing it twice changes nothing more. */
export async function discardDraft(ctx: OrderContext, input: z.output<typeof DraftId>): Promise<DraftView> {
  const now = ctx.clock.now()
  await ctx.db.transaction(async (tx) => {
    const draft = await lockDraft(tx, input.id)
    if (!draft) throw notFound('draft')
    if (draftState(draft, now) === 'discarded') return
    requireOpen(draft, now, { orExpired: true })
    requireOwn(draft)
    await markDiscarded(tx, draft.id, actorOf(ctx.principal).name, now)
  })
  const discarded = await findDraft(ctx.db.sql, input.id)
  if (!discarded) throw notFound('draft')
  return viewDraft(discarded, now)
}
