import { pageOf } from '@souk/kernel/page'
import {
  CancelOrder,
  CancelRest,
  ChangeStatus,
  CorrectShipment,
  DeliverShipment,
  EditOrder,
  ListOrders,
  Order,
  OrderEditPreview,
  OrderRef,
  OrderSummary,
  PreviewOrderEdit,
  RetryOrderEdit,
  ShipOrder,
  WithdrawFollowUp,
} from '@souk/order/contract'
import { router, staffProcedure } from '../../rpc.ts'

export const adminOrderRouter = router({
  list: staffProcedure
    .input(ListOrders)
    .output(pageOf(OrderSummary))
    .query(async ({ ctx, input }) => await ctx.services.order.order.list.query(input)),
  get: staffProcedure
    .input(OrderRef)
    .output(Order)
    .query(async ({ ctx, input }) => await ctx.services.order.order.get.query(input)),
  changeStatus: staffProcedure
    .input(ChangeStatus)
    .output(Order)
    .mutation(async ({ ctx, input }) => await ctx.services.order.order.changeStatus.mutate(input)),
  previewEdit: staffProcedure
    .input(PreviewOrderEdit)
    .output(OrderEditPreview)
    .query(async ({ ctx, input }) => await ctx.services.order.order.previewEdit.query(input)),
  edit: staffProcedure
    .input(EditOrder)
    .output(Order)
    .mutation(async ({ ctx, input }) => await ctx.services.order.order.edit.mutate(input)),
  retryEdit: staffProcedure
    .input(RetryOrderEdit)
    .output(Order)
    .mutation(async ({ ctx, input }) => await ctx.services.order.order.retryEdit.mutate(input)),
  withdrawFollowUp: staffProcedure
    .input(WithdrawFollowUp)
    .output(Order)
    .mutation(async ({ ctx, input }) => await ctx.services.order.order.withdrawFollowUp.mutate(input)),
  ship: staffProcedure
    .input(ShipOrder)
    .output(Order)
    .mutation(async ({ ctx, input }) => await ctx.services.order.order.ship.mutate(input)),
  correctShipment: staffProcedure
    .input(CorrectShipment)
    .output(Order)
    .mutation(async ({ ctx, input }) => await ctx.services.order.order.correctShipment.mutate(input)),
  deliverShipment: staffProcedure
    .input(DeliverShipment)
    .output(Order)
    .mutation(async ({ ctx, input }) => await ctx.services.order.order.deliverShipment.mutate(input)),
  cancel: staffProcedure
    .input(CancelOrder)
    .output(Order)
    .mutation(async ({ ctx, input }) => await ctx.services.order.order.cancel.mutate(input)),
  previewRest: staffProcedure
    .input(OrderRef)
    .output(OrderEditPreview)
    .query(async ({ ctx, input }) => await ctx.services.order.order.previewRest.query(input)),
  cancelRest: staffProcedure
    .input(CancelRest)
    .output(Order)
    .mutation(async ({ ctx, input }) => await ctx.services.order.order.cancelRest.mutate(input)),
})
