import { ById, EnterCounted, ListCounts, OpenCount, StockCount } from '@souk/inventory/contract'
import { pageOf } from '@souk/kernel/page'
import { router, staffProcedure } from '../../rpc.ts'

export const adminCountRouter = router({
  list: staffProcedure
    .input(ListCounts)
    .output(pageOf(StockCount))
    .query(async ({ ctx, input }) => await ctx.services.inventory.count.list.query(input)),
  get: staffProcedure
    .input(ById)
    .output(StockCount)
    .query(async ({ ctx, input }) => await ctx.services.inventory.count.get.query(input)),
  open: staffProcedure
    .input(OpenCount)
    .output(StockCount)
    .mutation(async ({ ctx, input }) => await ctx.services.inventory.count.open.mutate(input)),
  enter: staffProcedure
    .input(EnterCounted)
    .output(StockCount)
    .mutation(async ({ ctx, input }) => await ctx.services.inventory.count.enter.mutate(input)),
  post: staffProcedure
    .input(ById)
    .output(StockCount)
    .mutation(async ({ ctx, input }) => await ctx.services.inventory.count.post.mutate(input)),
  cancel: staffProcedure
    .input(ById)
    .output(StockCount)
    .mutation(async ({ ctx, input }) => await ctx.services.inventory.count.cancel.mutate(input)),
})
