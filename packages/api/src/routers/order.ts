import { pageOf } from '@souk/kernel/page'
import { CancelOrder, ListOrders, Order, OrderRef, OrderSummary } from '@souk/order/contract'
import { customerProcedure, publicProcedure, router } from '../rpc.ts'

export const orderRouter = router({
  get: publicProcedure
    .input(OrderRef)
    .output(Order)
    .query(async ({ ctx, input }) => await ctx.services.order.order.get.query(input)),
  mine: customerProcedure
    .input(ListOrders)
    .output(pageOf(OrderSummary))
    .query(async ({ ctx, input }) => await ctx.services.order.order.mine.query(input)),
  cancel: publicProcedure
    .input(CancelOrder)
    .output(Order)
    .mutation(async ({ ctx, input }) => await ctx.services.order.order.cancel.mutate(input)),
})
