import { DraftRef, OfferedDraft, PlaceDraft, PlaceResult } from '@souk/order/contract'
import { publicProcedure, router } from '../rpc.ts'

/** A draft order for the customer who was sent it. */
export const draftRouter = router({
  get: publicProcedure
    .input(DraftRef)
    .output(OfferedDraft)
    .query(async ({ ctx, input }) => await ctx.services.order.draft.offer.query(input)),
  place: publicProcedure
    .meta({ access: 'public', limit: 'order' })
    .input(PlaceDraft)
    .output(PlaceResult)
    .mutation(async ({ ctx, input }) => await ctx.services.order.draft.place.mutate(input)),
})
