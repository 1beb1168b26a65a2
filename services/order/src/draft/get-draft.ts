import type { z } from 'zod'
import type { OrderContext } from '../context.ts'
import type { Draft, DraftId, DraftRef, OfferedDraft } from '../contract.ts'
import { loadVisibleDraft } from './access.ts'
import { viewDraft, viewOffer } from './view-draft.ts'

export async function getDraft(ctx: OrderContext, input: z.output<typeof DraftId>): Promise<Draft> {
  return viewDraft(await loadVisibleDraft(ctx, input), ctx.clock.now())
}

/** As its customer sees it, with the key from the mail. */
export async function getOffer(ctx: OrderContext, input: z.output<typeof DraftRef>): Promise<OfferedDraft> {
  return viewOffer(await loadVisibleDraft(ctx, input), ctx.clock.now())
}
