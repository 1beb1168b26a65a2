import { streamOf } from '@souk/events/catalog'
import { newId } from '@souk/kernel/id'
import { startService } from '@souk/runtime/start-service'
import { startTestService, type TestService } from '@souk/testing/service-harness'
import { createClient } from 'redis'
import type { PlaceOrder } from '../src/contract.ts'
import type { OrderRouter } from '../src/router.ts'
import { orderService } from '../src/service.ts'
import { type Neighbours, startNeighbours } from './neighbours.ts'

export type OrderHarness = {
  service: TestService<OrderRouter>
  neighbours: Neighbours
  /** A SKU of its own with a price and a stock. */
  sku(options?: { price?: number; stock?: number; variantOf?: string }): string
  /** Puts an event on a neighbour's stream, as its relay would. */
  publish(
    owner: 'payment' | 'inventory',
    envelope: { name: string; data: object; aggregateId: string },
  ): Promise<void>
  stop(): Promise<void>
}

export async function startOrderHarness(
  settings: { captureAt?: 'confirmation' | 'shipment'; paymentUrl?: string } = {},
): Promise<OrderHarness> {
  const neighbours = await startNeighbours()
  const service = await startTestService<OrderRouter>(
    'order',
    async (env) =>
      await startService(
        orderService({
          ...env,
          ...neighbours.urls,
          // Payment as it really runs, for what the two decide together.
          ...(settings.paymentUrl === undefined ? {} : { PAYMENT_URL: settings.paymentUrl }),
          NODE_ENV: 'test',
          LOG_LEVEL: 'silent',
          WEB_URL: 'http://shop.test',
          ORDER_TOKEN_SECRET: 'order-token-secret-for-tests-0123456789',
          RESERVATION_SECONDS: 600,
          PLACING_LEASE_SECONDS: 8,
          CAPTURE_AT: settings.captureAt ?? 'confirmation',
          SELLER_NAME: 'Souk',
          SELLER_ADDRESS: 'Market Street 1; 10115 Berlin',
          RETURN_DAYS: 30,
        }),
      ),
  )
  const redis = createClient({ url: service.env.REDIS_URL })
  await redis.connect()
  return {
    service,
    neighbours,
    sku: ({ price = 1900, stock = 10, variantOf } = {}) => {
      const sku = `SKU-${newId().slice(-12)}`
      neighbours.prices.set(sku, price)
      neighbours.stock.set(sku, stock)
      if (variantOf !== undefined) neighbours.variantOf.set(sku, variantOf)
      return sku
    },
    publish: async (owner, { name, data, aggregateId }) => {
      const envelope = {
        id: newId(),
        name,
        version: 1,
        aggregateId,
        aggregateVersion: 1,
        occurredAt: new Date().toISOString(),
        traceId: null,
        data,
      }
      await redis.xAdd(streamOf(owner), '*', { e: JSON.stringify(envelope) })
    },
    stop: async () => {
      redis.destroy()
      await service.stop()
      await neighbours.stop()
    },
  }
}

export function orderFor(sku: string, over: Partial<PlaceOrder> = {}): PlaceOrder {
  return {
    id: newId(),
    items: [{ sku, quantity: 1 }],
    email: 'guest@example.test',
    shippingAddress: {
      name: 'Ada Guest',
      line1: 'Street 1',
      city: 'Berlin',
      postalCode: '10115',
      country: 'DE',
    },
    paymentMethod: { type: 'card', token: 'tok_visa' },
    ...over,
  }
}

/** The time to return what has arrived by now is over; no promise is ever shortened otherwise. */
export async function endReturnTime(service: TestService<OrderRouter>, orderId: string): Promise<void> {
  await service.sql(
    `alter table shipment disable trigger shipment_is_kept;
     update shipment set delivered_at = delivered_at - interval '30 days', return_until = now() - interval '1 s'
     where order_id = '${orderId}' and delivered_at is not null;
     alter table shipment enable trigger shipment_is_kept`,
  )
}
