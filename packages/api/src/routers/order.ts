import { pageOf } from '@souk/kernel/page'
import {
  CancelOrder,
  CancelRest,
  ExchangeOptions,
  ListExchangeOptions,
  ListOrders,
  Order,
  OrderDocumentList,
  OrderEditPreview,
  OrderRef,
  OrderSummary,
  PdfFile,
  RequestReturn,
} from '@souk/order/contract'
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
  documents: publicProcedure
    .input(OrderRef)
    .output(OrderDocumentList)
    .query(async ({ ctx, input }) => await ctx.services.order.invoice.list.query(input)),
  documentPdf: publicProcedure
    .input(OrderRef)
    .output(PdfFile)
    .query(async ({ ctx, input }) => await ctx.services.order.invoice.pdf.query(input)),
  requestReturn: publicProcedure
    .input(RequestReturn)
    .output(Order)
    .mutation(async ({ ctx, input }) => await ctx.services.order.return.request.mutate(input)),
  exchangeOptions: publicProcedure
    .input(ListExchangeOptions)
    .output(ExchangeOptions)
    .query(async ({ ctx, input }) => await ctx.services.order.return.exchangeOptions.query(input)),
  cancel: publicProcedure
    .input(CancelOrder)
    .output(Order)
    .mutation(async ({ ctx, input }) => await ctx.services.order.order.cancel.mutate(input)),
  previewRest: publicProcedure
    .input(OrderRef)
    .output(OrderEditPreview)
    .query(async ({ ctx, input }) => await ctx.services.order.order.previewRest.query(input)),
  cancelRest: publicProcedure
    .input(CancelRest)
    .output(Order)
    .mutation(async ({ ctx, input }) => await ctx.services.order.order.cancelRest.mutate(input)),
})
