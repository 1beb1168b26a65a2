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
  shop = await startShop({ environment: { SOUK_DEMO: '1', FAULT_POINTS: '1' } })
  rest = restClient(shop.gatewayUrl)
  token = await staffToken(shop)
})
afterAll(async () => await shop?.stop())

const points = [
  ['order', 'order.inserted'],
  ['order', 'order.reserved'],
  ['order', 'order.paid'],
  ['order', 'order.committed'],
  ['order', 'order.saved'],
  ['order', 'relay.before_xadd'],
  ['order', 'relay.after_xadd'],
  ['inventory', 'inventory.reserved'],
  ['inventory', 'inventory.committed'],
  ['inventory', 'consumer.before_ack'],
  ['payment', 'payment.inserted'],
  ['payment', 'payment.charged'],
  ['payment', 'payment.recorded'],
  ['payment', 'relay.after_xadd'],
  ['notification', 'consumer.before_ack'],
] as const

async function arm(
  service: 'order' | 'inventory' | 'payment' | 'notification',
  point: string,
): Promise<void> {
  const response = await fetch(`${localUrl(shop.settings, service)}/faults/${point}`, { method: 'POST' })
  expect(response.status).toBe(200)
}

describe('a crash', () => {
  test.each(points)('of %s at %s loses nothing and does nothing twice', async (service, point) => {
    const { sku } = await newProduct(rest, token, { stock: 10 })
    await arm(service, point)
    const before = shop.deaths(service)
    const key = newId()
    const order = await until(
      'the purchase is answered',
      async () => {
        const answer = await rest<OrderBody>('/orders', { key, body: orderBody(sku) })
        return answer.status === 201 && answer.body
      },
      60_000,
    )
    await until('the point was reached', () => shop.deaths(service) > before, 30_000)
    await until(
      'the order is settled',
      async () => (await rest<OrderBody>(`/orders/${order.id}`, { token })).body.status === 'confirmed',
      60_000,
    )
    await until('one piece is gone and none is held', async () => {
      const { body } = await rest<{ onHand: number; reserved: number }>(`/inventory/${sku}`, { token })
      return body.onHand === 9 && body.reserved === 0
    })
  })

  test('leaves every invariant standing', async () => {
    await shop.ready()
    const sources = await openSources(shop.databaseUrls, shop.redisUrl)
    try {
      const results = await runAudit(sources, { retries: 60 })
      expect(results.filter(({ offences }) => offences.length > 0)).toEqual([])
      expect(results.find(({ id }) => id === 'I12')?.looked).toBeGreaterThanOrEqual(points.length)
    } finally {
      await sources.close()
    }
  })
})
