import { pageOf } from '@souk/kernel/page'
import {
  Draft,
  DraftId,
  DraftSummary,
  ListDrafts,
  PlaceDraft,
  PlaceResult,
  SaveDraft,
} from '@souk/order/contract'
import { router, staffProcedure } from '../../rpc.ts'

export const adminDraftRouter = router({
  list: staffProcedure
    .input(ListDrafts)
    .output(pageOf(DraftSummary))
    .query(async ({ ctx, input }) => await ctx.services.order.draft.list.query(input)),
  get: staffProcedure
    .input(DraftId)
    .output(Draft)
    .query(async ({ ctx, input }) => await ctx.services.order.draft.get.query(input)),
  save: staffProcedure
    .input(SaveDraft)
    .output(Draft)
    .mutation(async ({ ctx, input }) => await ctx.services.order.draft.save.mutate(input)),
  send: staffProcedure
    .input(DraftId)
    .output(Draft)
    .mutation(async ({ ctx, input }) => await ctx.services.order.draft.send.mutate(input)),
  discard: staffProcedure
    .input(DraftId)
    .output(Draft)
    .mutation(async ({ ctx, input }) => await ctx.services.order.draft.discard.mutate(input)),
  /** For the customer, with cash on delivery. */
  place: staffProcedure
    .input(PlaceDraft.omit({ draftToken: true }))
    .output(PlaceResult)
    .mutation(async ({ ctx, input }) => await ctx.services.order.draft.place.mutate(input)),
})
