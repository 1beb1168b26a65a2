import { newId } from '@souk/kernel/id'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { newProduct, type OrderBody, orderBody, type Rest, restClient, staffToken } from '../src/buyer.ts'
import { startShop, type TestShop } from '../src/shop.ts'
import { until } from '../src/until.ts'

let shop: TestShop
let rest: Rest
let token: string
beforeAll(async () => {
  shop = await startShop({ environment: { SOUK_DEMO: '1' } })
  rest = restClient(shop.gatewayUrl)
  token = await staffToken(shop)
})
afterAll(async () => await shop?.stop())

const stock = 200

/** Goes on with one key until the shop gives a final answer, as a careful client does. */
async function buyUntilAnswered(sku: string): Promise<OrderBody> {
  const key = newId()
  return await until(
    'the purchase is answered',
    async () => {
      const answer = await rest<OrderBody>('/orders', { key, body: orderBody(sku), timeoutMs: 10_000 })
      return answer.status === 201 && answer.body
    },
    60_000,
  )
}

describe.each(['order', 'inventory', 'payment', 'product', 'gateway', 'sandbox', 'notification'] as const)(
  'when %s is killed during purchases',
  (victim) => {
    test('every purchase completes once, with stock and money right', async () => {
      const { sku } = await newProduct(rest, token, { stock })
      const buying = Promise.all(Array.from({ length: 12 }, async () => await buyUntilAnswered(sku)))
      await shop.kill(victim)
      const orders = await buying
      await shop.ready()
      expect(new Set(orders.map(({ id }) => id)).size).toBe(12)
      for (const { id } of orders) {
        await until(
          'the order is settled',
          async () => (await rest<OrderBody>(`/orders/${id}`, { token })).body.status === 'confirmed',
          60_000,
        )
      }
      const level = (await rest<{ onHand: number; reserved: number }>(`/inventory/${sku}`, { token })).body
      expect(level).toMatchObject({ onHand: stock - 12, reserved: 0 })
      const [ours] = await shop.sql<{ captured: number; payments: number }>(
        'payment',
        `select coalesce(sum(captured_minor), 0)::bigint as captured, count(*)::int as payments from payment where order_id = any($1::uuid[])`,
        [orders.map(({ id }) => id)],
      )
      expect(Number(ours?.captured)).toBe(orders.reduce((sum, order) => sum + order.totals.total.amount, 0))
      expect(ours?.payments).toBe(12)
    })
  },
)
