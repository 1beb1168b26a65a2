import { BusOverview, DeadLetter, ReplayDeadLetter } from '@souk/events/contract'
import { pageOf } from '@souk/kernel/page'
import { z } from 'zod'
import { addCartItem } from './cart/add-item.ts'
import { clearCart } from './cart/clear-cart.ts'
import { getCart } from './cart/get-cart.ts'
import { mergeCarts } from './cart/merge-carts.ts'
import { setCartQuantity } from './cart/set-quantity.ts'
import * as contract from './contract.ts'
import { discardDraft } from './draft/discard-draft.ts'
import { getDraft, getOffer } from './draft/get-draft.ts'
import { listDrafts } from './draft/list-drafts.ts'
import { placeDraft } from './draft/place-draft.ts'
import { saveDraft } from './draft/save-draft.ts'
import { sendDraft } from './draft/send-draft.ts'
import { editOrder } from './edit/edit-order.ts'
import { previewOrderEdit } from './edit/preview-edit.ts'
import { retryOrderEdit } from './edit/retry-edit.ts'
import { changeExchange } from './exchange/change-exchange.ts'
import { listExchangeOptions } from './exchange/list-exchange-options.ts'
import { withdrawFollowUp } from './follow-up/withdraw-follow-up.ts'
import { getPdf } from './invoice/get-pdf.ts'
import { listDocuments } from './invoice/list-documents.ts'
import { cancelOrder } from './order/cancel-order.ts'
import { changeStatus } from './order/change-status.ts'
import { getOrder } from './order/get-order.ts'
import { listMyOrders, listOrders } from './order/list-orders.ts'
import { placeOrder } from './order/place-order.ts'
import { listPriceChanges } from './pricing/list-price-changes.ts'
import { previewPrice } from './pricing/preview-price.ts'
import { quoteOrder } from './pricing/quote-order.ts'
import { createPromotion } from './promotion/create-promotion.ts'
import { getPromotion } from './promotion/get-promotion.ts'
import { listPromotions } from './promotion/list-promotions.ts'
import { pausePromotion } from './promotion/pause-promotion.ts'
import { updatePromotion } from './promotion/update-promotion.ts'
import { salesReport } from './report/sales-report.ts'
import { approveReturn, declineReturn } from './return/answer-return.ts'
import { getReturn } from './return/get-return.ts'
import { listReturns } from './return/list-returns.ts'
import { receiveReturnedGoods } from './return/receive-return.ts'
import { refundReturn } from './return/refund-return.ts'
import { requestReturn } from './return/request-return.ts'
import { rpc } from './rpc.ts'
import { cancelRest } from './shipment/cancel-rest.ts'
import { correctShipment } from './shipment/correct-shipment.ts'
import { deliverShipment } from './shipment/deliver-shipment.ts'
import { previewRest } from './shipment/preview-rest.ts'
import { shipOrder } from './shipment/ship-order.ts'
import { listShippingZones } from './shipping/list-shipping-zones.ts'
import { removeShippingZone } from './shipping/remove-shipping-zone.ts'
import { saveShippingZone } from './shipping/save-shipping-zone.ts'
import { listTaxes } from './tax/list-taxes.ts'
import { removeTax } from './tax/remove-tax.ts'
import { saveTax } from './tax/save-tax.ts'

const orders = pageOf(contract.OrderSummary)

export const orderRouter = rpc.router({
  cart: rpc.router({
    get: rpc.open
      .input(contract.CartRef)
      .output(contract.Cart.nullable())
      .query(async ({ ctx, input }) => await getCart(ctx, input)),
    addItem: rpc.open
      .input(contract.AddCartItem)
      .output(contract.Cart)
      .mutation(async ({ ctx, input }) => await addCartItem(ctx, input)),
    setQuantity: rpc.open
      .input(contract.SetCartQuantity)
      .output(contract.Cart)
      .mutation(async ({ ctx, input }) => await setCartQuantity(ctx, input)),
    clear: rpc.open
      .input(contract.CartRef)
      .output(contract.Cart)
      .mutation(async ({ ctx, input }) => await clearCart(ctx, input)),
    merge: rpc.signedIn
      .input(contract.MergeCarts)
      .output(contract.Cart)
      .mutation(async ({ ctx, input }) => await mergeCarts(ctx, input)),
  }),
  checkout: rpc.router({
    quote: rpc.open
      .input(contract.QuoteOrder)
      .output(contract.OrderQuote)
      .query(async ({ ctx, input }) => await quoteOrder(ctx, input)),
  }),
  order: rpc.router({
    place: rpc.open
      .input(contract.PlaceOrder)
      .output(contract.PlaceResult)
      .mutation(async ({ ctx, input }) => await placeOrder(ctx, input)),
    get: rpc.open
      .input(contract.OrderRef)
      .output(contract.Order)
      .query(async ({ ctx, input }) => await getOrder(ctx, input)),
    list: rpc.signedIn
      .input(contract.ListOrders)
      .output(orders)
      .query(async ({ ctx, input }) => await listOrders(ctx, input)),
    mine: rpc.signedIn
      .input(contract.ListOrders)
      .output(orders)
      .query(async ({ ctx, input }) => await listMyOrders(ctx, input)),
    cancel: rpc.open
      .input(contract.CancelOrder)
      .output(contract.Order)
      .mutation(async ({ ctx, input }) => await cancelOrder(ctx, input)),
    previewRest: rpc.open
      .input(contract.OrderRef)
      .output(contract.OrderEditPreview)
      .query(async ({ ctx, input }) => await previewRest(ctx, input)),
    cancelRest: rpc.open
      .input(contract.CancelRest)
      .output(contract.Order)
      .mutation(async ({ ctx, input }) => await cancelRest(ctx, input)),
    changeStatus: rpc.staff
      .input(contract.ChangeStatus)
      .output(contract.Order)
      .mutation(async ({ ctx, input }) => await changeStatus(ctx, input)),
    previewEdit: rpc.staff
      .input(contract.PreviewOrderEdit)
      .output(contract.OrderEditPreview)
      .query(async ({ ctx, input }) => await previewOrderEdit(ctx, input)),
    edit: rpc.staff
      .input(contract.EditOrder)
      .output(contract.Order)
      .mutation(async ({ ctx, input }) => await editOrder(ctx, input)),
    retryEdit: rpc.staff
      .input(contract.RetryOrderEdit)
      .output(contract.Order)
      .mutation(async ({ ctx, input }) => await retryOrderEdit(ctx, input)),
    withdrawFollowUp: rpc.staff
      .input(contract.WithdrawFollowUp)
      .output(contract.Order)
      .mutation(async ({ ctx, input }) => await withdrawFollowUp(ctx, input)),
    ship: rpc.staff
      .input(contract.ShipOrder)
      .output(contract.Order)
      .mutation(async ({ ctx, input }) => await shipOrder(ctx, input)),
    correctShipment: rpc.staff
      .input(contract.CorrectShipment)
      .output(contract.Order)
      .mutation(async ({ ctx, input }) => await correctShipment(ctx, input)),
    deliverShipment: rpc.staff
      .input(contract.DeliverShipment)
      .output(contract.Order)
      .mutation(async ({ ctx, input }) => await deliverShipment(ctx, input)),
  }),
  draft: rpc.router({
    list: rpc.staff
      .input(contract.ListDrafts)
      .output(pageOf(contract.DraftSummary))
      .query(async ({ ctx, input }) => await listDrafts(ctx, input)),
    get: rpc.staff
      .input(contract.DraftId)
      .output(contract.Draft)
      .query(async ({ ctx, input }) => await getDraft(ctx, input)),
    save: rpc.staff
      .input(contract.SaveDraft)
      .output(contract.Draft)
      .mutation(async ({ ctx, input }) => await saveDraft(ctx, input)),
    send: rpc.staff
      .input(contract.DraftId)
      .output(contract.Draft)
      .mutation(async ({ ctx, input }) => await sendDraft(ctx, input)),
    discard: rpc.staff
      .input(contract.DraftId)
      .output(contract.Draft)
      .mutation(async ({ ctx, input }) => await discardDraft(ctx, input)),
    offer: rpc.open
      .input(contract.DraftRef)
      .output(contract.OfferedDraft)
      .query(async ({ ctx, input }) => await getOffer(ctx, input)),
    place: rpc.open
      .input(contract.PlaceDraft)
      .output(contract.PlaceResult)
      .mutation(async ({ ctx, input }) => await placeDraft(ctx, input)),
  }),
  invoice: rpc.router({
    list: rpc.open
      .input(contract.OrderRef)
      .output(contract.OrderDocumentList)
      .query(async ({ ctx, input }) => await listDocuments(ctx, input)),
    pdf: rpc.open
      .input(contract.OrderRef)
      .output(contract.PdfFile)
      .query(async ({ ctx, input }) => await getPdf(ctx, input)),
  }),
  promotion: rpc.router({
    list: rpc.staff
      .input(contract.ListPromotions)
      .output(pageOf(contract.StaffPromotion))
      .query(async ({ ctx, input }) => await listPromotions(ctx, input)),
    get: rpc.staff
      .input(contract.PromotionRef)
      .output(contract.StaffPromotion)
      .query(async ({ ctx, input }) => await getPromotion(ctx, input)),
    create: rpc.staff
      .input(contract.CreatePromotion)
      .output(contract.StaffPromotion)
      .mutation(async ({ ctx, input }) => await createPromotion(ctx, input)),
    update: rpc.staff
      .input(contract.UpdatePromotion)
      .output(contract.StaffPromotion)
      .mutation(async ({ ctx, input }) => await updatePromotion(ctx, input)),
    pause: rpc.staff
      .input(contract.PausePromotion)
      .output(contract.StaffPromotion)
      .mutation(async ({ ctx, input }) => await pausePromotion(ctx, input)),
  }),
  pricing: rpc.router({
    preview: rpc.staff
      .input(contract.PreviewPrice)
      .output(contract.PricePreview)
      .query(async ({ ctx, input }) => await previewPrice(ctx, input)),
    changes: rpc.staff
      .input(contract.ListPriceChanges)
      .output(pageOf(contract.PriceChange))
      .query(async ({ ctx, input }) => await listPriceChanges(ctx, input)),
    taxes: rpc.staff.output(contract.TaxTable).query(async ({ ctx }) => await listTaxes(ctx)),
    saveTax: rpc.staff
      .input(contract.SaveTaxCountry)
      .output(contract.TaxCountry)
      .mutation(async ({ ctx, input }) => await saveTax(ctx, input)),
    removeTax: rpc.staff
      .input(contract.TaxCountryRef)
      .output(z.object({ country: z.string() }))
      .mutation(async ({ ctx, input }) => await removeTax(ctx, input)),
    zones: rpc.staff.output(contract.ZoneList).query(async ({ ctx }) => await listShippingZones(ctx)),
    saveZone: rpc.staff
      .input(contract.SaveZone)
      .output(contract.Zone)
      .mutation(async ({ ctx, input }) => await saveShippingZone(ctx, input)),
    removeZone: rpc.staff
      .input(contract.ZoneRef)
      .output(contract.ZoneRef)
      .mutation(async ({ ctx, input }) => await removeShippingZone(ctx, input)),
  }),
  return: rpc.router({
    request: rpc.open
      .input(contract.RequestReturn)
      .output(contract.Order)
      .mutation(async ({ ctx, input }) => await requestReturn(ctx, input)),
    exchangeOptions: rpc.open
      .input(contract.ListExchangeOptions)
      .output(contract.ExchangeOptions)
      .query(async ({ ctx, input }) => await listExchangeOptions(ctx, input)),
    list: rpc.staff
      .input(contract.ListReturns)
      .output(pageOf(contract.ReturnSummary))
      .query(async ({ ctx, input }) => await listReturns(ctx, input)),
    get: rpc.staff
      .input(contract.ReturnRef)
      .output(contract.ReturnDetail)
      .query(async ({ ctx, input }) => await getReturn(ctx, input)),
    approve: rpc.staff
      .input(contract.ApproveReturn)
      .output(contract.ReturnDetail)
      .mutation(async ({ ctx, input }) => await approveReturn(ctx, input)),
    decline: rpc.staff
      .input(contract.DeclineReturn)
      .output(contract.ReturnDetail)
      .mutation(async ({ ctx, input }) => await declineReturn(ctx, input)),
    exchange: rpc.staff
      .input(contract.ChangeExchange)
      .output(contract.ReturnDetail)
      .mutation(async ({ ctx, input }) => await changeExchange(ctx, input)),
    receive: rpc.staff
      .input(contract.ReceiveReturn)
      .output(contract.ReturnDetail)
      .mutation(async ({ ctx, input }) => await receiveReturnedGoods(ctx, input)),
    refund: rpc.staff
      .input(contract.RefundReturn)
      .output(contract.ReturnDetail)
      .mutation(async ({ ctx, input }) => await refundReturn(ctx, input)),
  }),
  report: rpc.router({
    sales: rpc.staff
      .input(contract.SalesStats)
      .output(contract.SalesReport)
      .query(async ({ ctx, input }) => await salesReport(ctx, input)),
  }),
  operations: rpc.router({
    overview: rpc.staff.output(BusOverview).query(async ({ ctx }) => await ctx.bus.overview()),
    deadLetters: rpc.staff
      .output(z.object({ items: z.array(DeadLetter) }))
      .query(async ({ ctx }) => ({ items: await ctx.bus.deadLetters() })),
    replay: rpc.staff
      .input(ReplayDeadLetter)
      .output(DeadLetter)
      .mutation(async ({ ctx, input }) => await ctx.bus.replay(input.id)),
  }),
})

export type OrderRouter = typeof orderRouter
