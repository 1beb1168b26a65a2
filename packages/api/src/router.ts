import { accountRouter } from './routers/account.ts'
import { addressRouter } from './routers/address.ts'
import { adminActivityRouter } from './routers/admin/activity.ts'
import { adminCategoryRouter } from './routers/admin/category.ts'
import { adminCountRouter } from './routers/admin/count.ts'
import { adminCreditRouter } from './routers/admin/credit.ts'
import { adminCustomerRouter } from './routers/admin/customer.ts'
import { adminDraftRouter } from './routers/admin/draft.ts'
import { adminEventsRouter } from './routers/admin/events.ts'
import { adminInvariantsRouter } from './routers/admin/invariants.ts'
import { adminLocationRouter } from './routers/admin/location.ts'
import { adminMailboxRouter } from './routers/admin/mailbox.ts'
import { adminOrderRouter } from './routers/admin/order.ts'
import { adminPaymentRouter } from './routers/admin/payment.ts'
import { adminPricingRouter } from './routers/admin/pricing.ts'
import { adminProductRouter } from './routers/admin/product.ts'
import { adminPromotionRouter } from './routers/admin/promotion.ts'
import { adminReceiptRouter } from './routers/admin/receipt.ts'
import { adminReportRouter } from './routers/admin/report.ts'
import { adminReturnRouter } from './routers/admin/return.ts'
import { adminStockRouter } from './routers/admin/stock.ts'
import { adminTransferRouter } from './routers/admin/transfer.ts'
import { authRouter } from './routers/auth.ts'
import { cartRouter } from './routers/cart.ts'
import { checkoutRouter } from './routers/checkout.ts'
import { creditRouter } from './routers/credit.ts'
import { draftRouter } from './routers/draft.ts'
import { orderRouter } from './routers/order.ts'
import { paymentRouter } from './routers/payment.ts'
import { productRouter } from './routers/product.ts'
import { router } from './rpc.ts'

/** Everything the two apps may ask the gateway. */
export const appRouter = router({
  product: productRouter,
  cart: cartRouter,
  checkout: checkoutRouter,
  order: orderRouter,
  draft: draftRouter,
  payment: paymentRouter,
  credit: creditRouter,
  account: accountRouter,
  address: addressRouter,
  auth: authRouter,
  admin: router({
    order: adminOrderRouter,
    draft: adminDraftRouter,
    payment: adminPaymentRouter,
    return: adminReturnRouter,
    credit: adminCreditRouter,
    product: adminProductRouter,
    category: adminCategoryRouter,
    stock: adminStockRouter,
    location: adminLocationRouter,
    transfer: adminTransferRouter,
    count: adminCountRouter,
    receipt: adminReceiptRouter,
    customer: adminCustomerRouter,
    promotion: adminPromotionRouter,
    pricing: adminPricingRouter,
    report: adminReportRouter,
    mailbox: adminMailboxRouter,
    events: adminEventsRouter,
    activity: adminActivityRouter,
    invariants: adminInvariantsRouter,
  }),
})

export type AppRouter = typeof appRouter
