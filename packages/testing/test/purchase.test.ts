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

type Level = { onHand: number; reserved: number; available: number }
const level = async (sku: string) => (await rest<Level>(`/inventory/${sku}`, { token })).body
const orderNow = async (id: string) =>
  (await rest<OrderBody & { refunded: { amount: number } }>(`/orders/${id}`, { token })).body

describe('the shop', () => {
  test('sells: product, purchase, mail, shipment, refund, with stock and money right', async () => {
    const { sku } = await newProduct(rest, token, { stock: 5 })
    const placed = await rest<OrderBody>('/orders', {
      key: newId(),
      body: orderBody(sku, { items: [{ sku, quantity: 2 }] }),
    })
    expect(placed).toMatchObject({
      status: 201,
      body: { status: 'confirmed', payment: { status: 'captured' } },
    })
    expect(await level(sku)).toMatchObject({ onHand: 3, reserved: 0, available: 3 })
    await until('the mail is in the mailbox', async () => {
      const rows = await shop.sql<{ template: string }>(
        'notification',
        'select template from message where order_id = $1',
        [placed.body.id],
      )
      return rows.some(({ template }) => template === 'order-confirmed')
    })
    const shipped = await rest<OrderBody>(`/orders/${placed.body.id}/status`, {
      method: 'PATCH',
      token,
      body: { status: 'shipped', carrier: 'DHL', trackingNumber: 'JD0001' },
    })
    expect(shipped).toMatchObject({ status: 200, body: { status: 'shipped' } })
    const refund = await rest(`/payments/${placed.body.payment.id}/refunds`, {
      token,
      key: newId(),
      body: { amount: { amount: 500, currency: 'EUR' }, reason: 'Scratched' },
    })
    expect(refund.status).toBe(201)
    await until(
      'the order shows the refund',
      async () => (await orderNow(placed.body.id)).refunded.amount === 500,
    )
  })

  test('takes a card and a gift card for one order, and gives a part of both back', async () => {
    const { sku } = await newProduct(rest, token, { stock: 5 })
    const giftCard = await rest<{ id: string; code: string }>('/gift-cards', {
      token,
      key: newId(),
      body: { amount: { amount: 1000, currency: 'EUR' } },
    })
    expect(giftCard.status).toBe(201)
    const placed = await rest<OrderBody & { totals: { total: { amount: number } } }>('/orders', {
      key: newId(),
      body: { ...orderBody(sku), giftCardCode: giftCard.body.code },
    })
    expect(placed).toMatchObject({
      status: 201,
      body: { status: 'confirmed', payment: { credit: { amount: 1000 } } },
    })
    const total = placed.body.totals.total.amount
    const refund = await rest(`/payments/${placed.body.payment.id}/refunds`, {
      token,
      key: newId(),
      body: { amount: { amount: total - 600, currency: 'EUR' }, reason: 'Scratched' },
    })
    expect(refund).toMatchObject({ status: 201, body: { status: 'succeeded', credit: { amount: 400 } } })
    const card = await rest<{ balance: { amount: number } }>(`/gift-cards/${giftCard.body.id}`, { token })
    expect(card.body.balance.amount).toBe(400)
    await until(
      'the order shows the refund',
      async () => (await orderNow(placed.body.id)).refunded.amount === total - 600,
    )
  })

  test('opens a guest’s order to its key only', async () => {
    const { sku } = await newProduct(rest, token, { stock: 1 })
    const { body } = await rest<OrderBody>('/orders', { key: newId(), body: orderBody(sku) })
    expect((await rest(`/orders/${body.id}`, { orderToken: body.accessToken ?? '' })).status).toBe(200)
    expect((await rest(`/payments/${body.payment.id}`, { orderToken: body.accessToken ?? '' })).status).toBe(
      200,
    )
    for (const orderToken of ['', 'x', `${body.accessToken}x`]) {
      expect((await rest(`/orders/${body.id}`, { orderToken })).status).toBe(404)
      expect((await rest(`/payments/${body.payment.id}`, { orderToken })).status).toBe(404)
      expect((await rest(`/orders/${body.id}/cancel`, { orderToken, body: {} })).status).toBe(404)
    }
  })

  test('sixty buyers at once for twenty pieces: twenty confirmed, forty told sold out, nothing left held', async () => {
    const { sku } = await newProduct(rest, token, { stock: 20 })
    const answers = await Promise.all(
      Array.from(
        { length: 60 },
        async () =>
          await rest<OrderBody & { code?: string; lines?: unknown[] }>('/orders', {
            key: newId(),
            body: orderBody(sku),
          }),
      ),
    )
    const sold = answers.filter(({ status, body }) => status === 201 && body.status === 'confirmed')
    const refused = answers.filter(({ status, body }) => status === 409 && body.code === 'out_of_stock')
    expect([sold.length, refused.length]).toEqual([20, 40])
    await until('nothing is held', async () => {
      const now = await level(sku)
      return now.onHand === 0 && now.reserved === 0 && now.available === 0
    })
  })

  test('F22 F23 one key fifty times in one moment is one order, one charge and one piece; with another body it is refused', async () => {
    const { sku } = await newProduct(rest, token, { stock: 100 })
    const key = newId()
    const answers = await Promise.all(
      Array.from({ length: 50 }, async () => await rest<OrderBody>('/orders', { key, body: orderBody(sku) })),
    )
    const ids = new Set(answers.filter(({ status }) => status === 201).map(({ body }) => body.id))
    expect(ids.size).toBe(1)
    expect(answers.every(({ status }) => status === 201 || status === 409)).toBe(true)
    const [id = ''] = ids
    await until('the one order is confirmed', async () => (await orderNow(id)).status === 'confirmed')
    expect(await level(sku)).toMatchObject({ onHand: 99, reserved: 0 })
    const charges = await shop.sql<{ count: number }>(
      'payment',
      'select count(*)::int as count from payment where order_id = $1',
      [id],
    )
    expect(charges[0]?.count).toBe(1)
    const other = await rest<{ code: string }>('/orders', {
      key,
      body: orderBody(sku, { items: [{ sku, quantity: 2 }] }),
    })
    expect(other).toMatchObject({ status: 422, body: { code: 'idempotency_conflict' } })
    const replay = await rest<OrderBody>('/orders', { key, body: orderBody(sku) })
    expect(replay.headers.get('idempotent-replayed')).toBe('true')
  })

  test('a declined card costs nothing and holds nothing', async () => {
    const { sku } = await newProduct(rest, token, { stock: 3 })
    const declined = await rest<{ code: string }>('/orders', {
      key: newId(),
      body: orderBody(sku, { paymentMethod: { type: 'card', token: 'tok_declined' } }),
    })
    expect(declined).toMatchObject({ status: 402, body: { code: 'payment_declined' } })
    await until('nothing is held', async () => (await level(sku)).available === 3)
  })

  test('UPI is confirmed by the provider’s word; a charge whose answer was lost is found and taken once', async () => {
    const { sku } = await newProduct(rest, token, { stock: 9 })
    const upi = await rest<OrderBody>('/orders', {
      key: newId(),
      body: orderBody(sku, { paymentMethod: { type: 'upi', vpa: 'success@souk' } }),
    })
    const lost = await rest<OrderBody>('/orders', {
      key: newId(),
      body: orderBody(sku, { paymentMethod: { type: 'card', token: 'tok_timeout_after_charge' } }),
    })
    expect([upi.status, lost.status]).toEqual([201, 201])
    for (const { body } of [upi, lost]) {
      await until(
        'the order is confirmed',
        async () => (await orderNow(body.id)).status === 'confirmed',
        30_000,
      )
    }
    expect(await level(sku)).toMatchObject({ onHand: 7, reserved: 0 })
  })

  test('cash on delivery is confirmed at once and captured when it is delivered', async () => {
    const { sku } = await newProduct(rest, token, { stock: 1 })
    const { body } = await rest<OrderBody>('/orders', {
      key: newId(),
      body: orderBody(sku, { paymentMethod: { type: 'cod' } }),
    })
    expect(body).toMatchObject({ status: 'confirmed', payment: { status: 'authorized' } })
    for (const status of ['shipped', 'delivered']) {
      expect(
        (await rest(`/orders/${body.id}/status`, { method: 'PATCH', token, body: { status } })).status,
      ).toBe(200)
    }
    await until(
      'the cash is booked',
      async () =>
        (await rest<{ status: string }>(`/payments/${body.payment.id}`, { token })).body.status ===
        'captured',
    )
  })

  test('a cancelled order gives back goods and money, once', async () => {
    const { sku } = await newProduct(rest, token, { stock: 4 })
    const { body } = await rest<OrderBody>('/orders', { key: newId(), body: orderBody(sku) })
    const orderToken = body.accessToken ?? ''
    const cancels = await Promise.all(
      Array.from(
        { length: 5 },
        async () => await rest(`/orders/${body.id}/cancel`, { orderToken, body: {} }),
      ),
    )
    expect(cancels.every(({ status }) => status === 200)).toBe(true)
    await until('goods and money are back', async () => {
      const now = await orderNow(body.id)
      return (await level(sku)).available === 4 && now.refunded.amount === body.totals.total.amount
    })
    expect(await level(sku)).toMatchObject({ onHand: 4, reserved: 0 })
  })
})
