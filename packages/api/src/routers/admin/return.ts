import { pageOf } from '@souk/kernel/page'
import {
  ApproveReturn,
  ChangeExchange,
  DeclineReturn,
  ListReturns,
  ReceiveReturn,
  RefundReturn,
  ReturnDetail,
  ReturnRef,
  ReturnSummary,
} from '@souk/order/contract'
import { router, staffProcedure } from '../../rpc.ts'

export const adminReturnRouter = router({
  list: staffProcedure
    .input(ListReturns)
    .output(pageOf(ReturnSummary))
    .query(async ({ ctx, input }) => await ctx.services.order.return.list.query(input)),
  get: staffProcedure
    .input(ReturnRef)
    .output(ReturnDetail)
    .query(async ({ ctx, input }) => await ctx.services.order.return.get.query(input)),
  approve: staffProcedure
    .input(ApproveReturn)
    .output(ReturnDetail)
    .mutation(async ({ ctx, input }) => await ctx.services.order.return.approve.mutate(input)),
  decline: staffProcedure
    .input(DeclineReturn)
    .output(ReturnDetail)
    .mutation(async ({ ctx, input }) => await ctx.services.order.return.decline.mutate(input)),
  exchange: staffProcedure
    .input(ChangeExchange)
    .output(ReturnDetail)
    .mutation(async ({ ctx, input }) => await ctx.services.order.return.exchange.mutate(input)),
  receive: staffProcedure
    .input(ReceiveReturn)
    .output(ReturnDetail)
    .mutation(async ({ ctx, input }) => await ctx.services.order.return.receive.mutate(input)),
  refund: staffProcedure
    .input(RefundReturn)
    .output(ReturnDetail)
    .mutation(async ({ ctx, input }) => await ctx.services.order.return.refund.mutate(input)),
})
