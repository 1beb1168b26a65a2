import { pageOf } from '@souk/kernel/page'
import {
  CreatePromotion,
  ListPromotions,
  PausePromotion,
  PromotionRef,
  StaffPromotion,
  UpdatePromotion,
} from '@souk/order/contract'
import { router, staffProcedure } from '../../rpc.ts'

export const adminPromotionRouter = router({
  list: staffProcedure
    .input(ListPromotions)
    .output(pageOf(StaffPromotion))
    .query(async ({ ctx, input }) => await ctx.services.order.promotion.list.query(input)),
  get: staffProcedure
    .input(PromotionRef)
    .output(StaffPromotion)
    .query(async ({ ctx, input }) => await ctx.services.order.promotion.get.query(input)),
  create: staffProcedure
    .input(CreatePromotion)
    .output(StaffPromotion)
    .mutation(async ({ ctx, input }) => await ctx.services.order.promotion.create.mutate(input)),
  update: staffProcedure
    .input(UpdatePromotion)
    .output(StaffPromotion)
    .mutation(async ({ ctx, input }) => await ctx.services.order.promotion.update.mutate(input)),
  pause: staffProcedure
    .input(PausePromotion)
    .output(StaffPromotion)
    .mutation(async ({ ctx, input }) => await ctx.services.order.promotion.pause.mutate(input)),
})
