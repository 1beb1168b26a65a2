import type { OrderDatabase } from '@souk/db/order'
import type { EventBus } from '@souk/events/bus'
import type { InventoryRouter } from '@souk/inventory/router'
import type { DocumentSnapshot } from '@souk/invoice/snapshot'
import type { Clock } from '@souk/kernel/clock'
import type { Principal } from '@souk/kernel/principal'
import type { PaymentRouter } from '@souk/payment/router'
import type { ProductRouter } from '@souk/product/router'
import type { Log } from '@souk/service/log'
import type { TRPCClient } from '@trpc/client'
import type { Quotes } from './pricing/quotes.ts'

export type OrderContext = {
  db: OrderDatabase
  bus: EventBus
  clock: Clock
  log: Log
  principal: Principal
  caller: string
  product: TRPCClient<ProductRouter>
  /** Prices for carts and purchases, gathered over all requests of this process. */
  quotes: Quotes
  inventory: TRPCClient<InventoryRouter>
  payment: TRPCClient<PaymentRouter>
  settings: OrderSettings
  /** Tells every instance that promotions, taxes or zones are others now. */
  announcePrices(): Promise<void>
}

export type OrderSettings = {
  webUrl: string
  orderTokenSecret: string
  reservationSeconds: number
  placingLeaseSeconds: number
  captureAt: 'confirmation' | 'shipment'
  /** Who sells, as it stands on invoices. */
  seller: DocumentSnapshot['seller']
  returnDays: number
}
