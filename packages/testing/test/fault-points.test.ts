import { runAudit } from '@souk/audit/run-audit'
import { openSources } from '@souk/audit/sources'
import { localUrl } from '@souk/host/settings'
import { newId } from '@souk/kernel/id'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { newProduct, type OrderBody, orderBody, type Rest, restClient, staffToken } from '../src/buyer.ts'
import { startShop, type TestShop } from '../src/shop.ts'
import { until } from '../src/until.ts'

let shop: TestShop
let rest: Rest
let token: string
beforeAll(async () => {
  shop = await startShop({
    environment: { SOUK_DEMO: '1', FAULT_POINTS: '1' },
    told: { order: { PLACING_LEASE_SECONDS: '1.5' } },
  })
  rest = restClient(shop.gatewayUrl)
  token = await staffToken(shop)
})
afterAll(async () => await shop?.stop())

type Killed = 'order' | 'inventory' | 'payment' | 'notification'

/** Every named place between two steps, by the process that dies there. */
const points: Record<Killed, readonly string[]> = {
  order: [
    'order.inserted',
    'order.reserved',
    'order.paid',
    'order.committed',
    'order.saved',
    'invoice.written',
    'relay.before_xadd',
    'relay.after_xadd',
  ],
  inventory: ['inventory.reserved', 'inventory.committed', 'consumer.before_ack'],
  payment: ['payment.inserted', 'payment.charged', 'payment.recorded', 'relay.after_xadd'],
  notification: ['consumer.before_ack'],
}

async function arm(service: Killed, point: string): Promise<void> {
  const response = await until(
    `${service} is up again`,
    async () => await fetch(`${localUrl(shop.settings, service)}/faults/${point}`, { method: 'POST' }),
  )
  expect(response.status).toBe(200)
}

/** Asks again with the same key while there is no answer, as a careful client does. */
async function insist(sku: string): Promise<OrderBody> {
  const key = newId()
  return await until(
    'the purchase is answered',
    async () => {
      const answer = await rest<OrderBody>('/orders', { key, body: orderBody(sku) })
      return answer.status === 201 && answer.body
    },
    60_000,
  )
}

const statusOf = async (id: string) => (await rest<OrderBody>(`/orders/${id}`, { token })).body.status
const level = async (sku: string) =>
  (await rest<{ onHand: number; reserved: number }>(`/inventory/${sku}`, { token })).body

async function dieAndBuy(service: Killed, point: string): Promise<void> {
  const { sku } = await until('a product is there', async () => await newProduct(rest, token, { stock: 10 }))
  const before = shop.deaths(service)
  await arm(service, point)
  const order = await insist(sku)
  await until(`${service} died at ${point}`, () => shop.deaths(service) > before, 30_000)
  await until(
    `the order is settled after ${point}`,
    async () => (await statusOf(order.id)) === 'confirmed',
    60_000,
  )
  await until('one piece is gone and none is held', async () => {
    const { onHand, reserved } = await level(sku)
    return onHand === 9 && reserved === 0
  })
}

describe('F1 a crash at every named point of placing', () => {
  // Side by side, one at a time for each process: purchases meet the crashes of all of them.
  test.concurrent.each(Object.keys(points) as Killed[])(
    'of %s loses nothing and does nothing twice',
    async (service) => {
      for (const point of points[service]) await dieAndBuy(service, point)
    },
    240_000,
  )
})

describe('after all of that', () => {
  test('a cancellation that is followed by a crash is announced all the same: goods and money go back', async () => {
    const { sku } = await newProduct(rest, token, { stock: 3 })
    const order = await insist(sku)
    await until('it is confirmed', async () => (await statusOf(order.id)) === 'confirmed')
    const before = shop.deaths('order')
    await arm('order', 'relay.before_xadd')
    await rest(`/orders/${order.id}/cancel`, { orderToken: order.accessToken ?? '', body: {} }).catch(
      () => {},
    )
    await until('order died before it could publish', () => shop.deaths('order') > before)
    await until('goods and money are back', async () => {
      const { body } = await rest<OrderBody & { refunded: { amount: number } }>(`/orders/${order.id}`, {
        token,
      })
      return body.refunded?.amount === order.totals.total.amount && (await level(sku)).onHand === 3
    })
    expect(await statusOf(order.id)).toBe('cancelled')
  })

  test('every invariant stands', async () => {
    await shop.ready()
    const sources = await openSources(shop.databaseUrls, shop.redisUrl, { graceSeconds: 0 })
    try {
      const results = await runAudit(sources, { retries: 60 })
      expect(results.filter(({ offences }) => offences.length > 0)).toEqual([])
      expect(results.find(({ id }) => id === 'I12')?.looked).toBeGreaterThanOrEqual(15)
    } finally {
      await sources.close()
    }
  })
})
