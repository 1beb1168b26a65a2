import type { RestRoute } from './route.ts'
import { addressRoutes } from './routes/addresses.ts'
import { authRoutes } from './routes/auth.ts'
import { cartRoutes } from './routes/cart.ts'
import { draftRoutes } from './routes/drafts.ts'
import { giftCardRoutes } from './routes/gift-cards.ts'
import { inventoryRoutes } from './routes/inventory.ts'
import { invoiceRoutes } from './routes/invoices.ts'
import { locationRoutes } from './routes/locations.ts'
import { orderEditRoutes } from './routes/order-edits.ts'
import { orderRoutes } from './routes/orders.ts'
import { paymentRoutes } from './routes/payments.ts'
import { pricingRoutes } from './routes/pricing.ts'
import { productRoutes } from './routes/products.ts'
import { returnRoutes } from './routes/returns.ts'
import { shipmentRoutes } from './routes/shipments.ts'
import { stockDocumentRoutes } from './routes/stock-documents.ts'

/** The REST interface: what is served, what /openapi.json describes and what /docs explains. */
export const restRoutes: readonly RestRoute[] = [
  ...productRoutes,
  ...cartRoutes,
  ...orderRoutes,
  ...invoiceRoutes,
  ...draftRoutes,
  ...orderEditRoutes,
  ...shipmentRoutes,
  ...returnRoutes,
  ...paymentRoutes,
  ...giftCardRoutes,
  ...inventoryRoutes,
  ...locationRoutes,
  ...stockDocumentRoutes,
  ...pricingRoutes,
  ...authRoutes,
  ...addressRoutes,
]
