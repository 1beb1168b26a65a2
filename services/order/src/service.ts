import { type OrderDatabase, openOrderDatabase } from '@souk/db/order'
import { listenToSignal, sendSignal } from '@souk/events/signals'
import type { InventoryRouter } from '@souk/inventory/router'
import type { PaymentRouter } from '@souk/payment/router'
import type { ProductRouter } from '@souk/product/router'
import type { ServiceDefinition } from '@souk/runtime/start-service'
import { removeAbandonedCarts } from './cart/cart-store.ts'
import type { OrderContext } from './context.ts'
import { sweepEdits } from './edit/settle-edit.ts'
import type { OrderEnv } from './env.ts'
import { sweepFollowUps } from './follow-up/continue-follow-up.ts'
import { issueDueDocuments } from './invoice/issue-due.ts'
import { sweepPlacing } from './order/sweep-placing.ts'
import { dropPriceTable } from './pricing/pricing-store.ts'
import { createQuotes } from './pricing/quotes.ts'
import { sweepReturns } from './return/settle-return.ts'
import { orderRouter } from './router.ts'
import { subscriptions } from './subscriptions.ts'

/** Each below the six seconds that one request may take here. */
const productTimeoutMs = 2000
const inventoryTimeoutMs = 3000
const paymentTimeoutMs = 5000
const abandonedCartDays = 60

export function orderService(env: OrderEnv): ServiceDefinition<OrderDatabase['prisma'], OrderContext> {
  return {
    name: 'order',
    env,
    owner: 'order',
    neighbours: { product: env.PRODUCT_URL, inventory: env.INVENTORY_URL, payment: env.PAYMENT_URL },
    openDatabase: openOrderDatabase,
    build: ({ db, bus, redis, clock, log, ask }) => {
      const dropPrices = () => dropPriceTable(db)
      const listener = listenToSignal({
        redisUrl: env.REDIS_URL,
        name: 'prices.changed',
        log,
        onSignal: dropPrices,
        onReconnect: dropPrices,
      })
      const product = ask<ProductRouter>('product', productTimeoutMs)
      const shared = {
        db,
        bus,
        clock,
        log,
        product,
        quotes: createQuotes(
          async (skus) => (await product.product.quote.query({ skus: [...skus] })).variants,
        ),
        inventory: ask<InventoryRouter>('inventory', inventoryTimeoutMs),
        payment: ask<PaymentRouter>('payment', paymentTimeoutMs),
        announcePrices: async () => {
          dropPrices()
          await sendSignal(redis, 'prices.changed', {})
        },
        settings: {
          webUrl: env.WEB_URL,
          orderTokenSecret: env.ORDER_TOKEN_SECRET,
          reservationSeconds: env.RESERVATION_SECONDS,
          placingLeaseSeconds: env.PLACING_LEASE_SECONDS,
          captureAt: env.CAPTURE_AT,
          seller: sellerOf(env),
          returnDays: env.RETURN_DAYS,
        },
      }
      return {
        context: ({ principal, caller }) => ({ ...shared, principal, caller }),
        router: orderRouter,
        subscriptions,
        stop: () => listener.stop(),
        jobs: [
          { name: 'order.sweep-placing', everyMs: 250, run: sweepPlacing },
          { name: 'order.issue-documents', everyMs: 300, run: issueDueDocuments },
          { name: 'order.sweep-edits', everyMs: 500, run: sweepEdits },
          { name: 'order.sweep-follow-ups', everyMs: 500, run: sweepFollowUps },
          { name: 'order.sweep-returns', everyMs: 500, run: sweepReturns },
          {
            name: 'order.remove-abandoned-carts',
            everyMs: 3_600_000,
            run: async (ctx) => await removeAbandonedCarts(ctx.db.sql, abandonedCartDays),
          },
        ],
      }
    },
  }
}

function sellerOf(env: OrderEnv): OrderContext['settings']['seller'] {
  return {
    name: env.SELLER_NAME,
    lines: env.SELLER_ADDRESS.split(';')
      .map((line) => line.trim())
      .filter((line) => line !== ''),
    email: env.SELLER_EMAIL ?? null,
    taxId: env.SELLER_TAX_ID ?? null,
  }
}
