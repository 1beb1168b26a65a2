import { AppError } from '@souk/kernel/errors'
import { isId, newId } from '@souk/kernel/id'
import type { PlaceResult } from '@souk/order/contract'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { startTestGateway, type TestGateway } from './harness.ts'
import { order } from './inputs.ts'
import * as sample from './samples.ts'

let gateway: TestGateway
beforeAll(async () => {
  gateway = await startTestGateway()
})
afterAll(async () => await gateway?.stop())
beforeEach(() => {
  gateway.neighbours.order.calls.length = 0
  gateway.neighbours.payment.calls.length = 0
})
const orders = () => gateway.neighbours.order
const place = async (headers: Record<string, string> = {}) =>
  await gateway.ask('/api/v1/orders', { body: order, headers })

describe('placing an order', () => {
  it('answers 201 with the order, and a guest’s key to it', async () => {
    orders().answer({ 'order.place': ({ id }) => ({ status: 'placed', order: sample.placedOrder({ id }) }) })
    const answer = await place()
    expect(answer.status).toBe(201)
    expect(answer.json).toMatchObject({
      id: expect.any(String),
      number: expect.any(String),
      status: 'confirmed',
      items: [{ sku: 'MUG-OAT', quantity: 1 }],
      totals: {
        subtotal: { amount: 1900, currency: 'EUR' },
        discount: { amount: 0 },
        shipping: { amount: 490 },
        tax: { amount: 380 },
        total: { amount: 2390 },
      },
      payment: { id: expect.any(String), status: 'captured' },
      accessToken: 'an-access-token-of-a-guest',
      createdAt: expect.any(String),
    })
    expect(answer.headers.get('idempotent-replayed')).toBeNull()
    const [call] = orders().calls
    expect(call).toMatchObject({ path: 'order.place', input: order, actor: { kind: 'anonymous' } })
    expect(isId(String(answer.json.id))).toBe(true)
  })

  it('makes one call, within the time the caller waits', async () => {
    await place()
    expect(orders().calls).toHaveLength(1)
    expect(orders().calls[0]?.timeoutMs).toBeGreaterThan(5000)
    expect(orders().calls[0]?.timeoutMs).toBeLessThan(8000)
  })

  it('passes the key on and says when the answer is that of an earlier request', async () => {
    orders().answer({
      'order.place': ({ id }, call) => {
        call.markReplay()
        return { status: 'placed', order: sample.placedOrder({ id }) }
      },
    })
    const answer = await place({ 'idempotency-key': 'my-key-1', 'x-request-id': 'request-of-mine' })
    expect(answer.status).toBe(201)
    expect(answer.headers.get('idempotent-replayed')).toBe('true')
    expect(orders().calls[0]).toMatchObject({ idempotencyKey: 'my-key-1', requestId: 'request-of-mine' })
  })

  it('is not sent twice when the order service cannot be reached', async () => {
    orders().answer({
      'order.place': () => {
        throw new AppError('UNAVAILABLE', 'Busy.', { details: { retryAfterSeconds: 2 } })
      },
    })
    const answer = await place()
    expect(answer.status).toBe(503)
    expect(answer.headers.get('retry-after')).toBe('2')
    expect(orders().calls).toHaveLength(1)
  })

  it.each([
    [
      'too little in stock',
      { status: 'out_of_stock', lines: [{ sku: 'MUG-OAT', requested: 3, available: 1 }] },
      409,
      { code: 'out_of_stock', lines: [{ sku: 'MUG-OAT', requested: 3, available: 1 }] },
    ],
    [
      'another price',
      { status: 'price_changed', totals: sample.quote().totals },
      409,
      { code: 'price_changed', totals: { total: { amount: 2390, currency: 'EUR' } } },
    ],
    [
      'a declined card',
      { status: 'payment_declined', orderId: newId(), message: 'The card was declined.' },
      402,
      { code: 'payment_declined', detail: 'The card was declined.', orderId: expect.any(String) },
    ],
  ] as [string, PlaceResult, number, object][])('tells of %s', async (_what, result, status, problem) => {
    orders().answer({ 'order.place': () => result })
    const answer = await place()
    expect(answer.status).toBe(status)
    expect(answer.headers.get('content-type')).toContain('application/problem+json')
    expect(answer.json).toMatchObject({ status, ...problem })
  })

  it.each([
    ['idempotency_conflict', 422],
    ['idempotency_in_flight', 409],
  ])('tells of %s', async (reason, status) => {
    orders().answer({
      'order.place': () => {
        throw new AppError('CONFLICT', 'No.', { details: { reason, retryAfterSeconds: 1 } })
      },
    })
    const answer = await place({ 'idempotency-key': 'k' })
    expect(answer.json).toMatchObject({ status, code: reason })
    if (status === 409) expect(answer.headers.get('retry-after')).toBe('1')
  })
})

describe('a guest’s order', () => {
  it('is asked for with the key of the header, never of the address', async () => {
    const id = newId()
    const token = { 'x-order-token': 'the-guests-key' }
    await gateway.ask(`/api/v1/orders/${id}`, { headers: token })
    await gateway.ask(`/api/v1/orders/${id}/cancel`, { method: 'POST', headers: token })
    await gateway.ask(`/api/v1/payments/${id}`, { headers: token })
    const seen = [...orders().calls, ...gateway.neighbours.payment.calls].map(({ path, input }) => [
      path,
      input,
    ])
    expect(seen).toEqual([
      ['order.get', { id, orderToken: 'the-guests-key' }],
      ['order.cancel', { id, orderToken: 'the-guests-key' }],
      ['payment.get', { id, orderToken: 'the-guests-key' }],
    ])
    expect((await gateway.ask(`/api/v1/orders/${id}?orderToken=x`)).status).toBe(400)
    // Many clients announce JSON even when they send nothing.
    const empty = { method: 'POST', headers: { ...token, 'content-type': 'application/json' } }
    expect((await gateway.ask(`/api/v1/orders/${id}/cancel`, empty)).status).toBe(200)
    expect((await gateway.ask(`/api/v1/orders/${id}/cancel`, { ...empty, raw: '' })).status).toBe(200)
  })
})

describe('what staff do with an order', () => {
  it('takes the next step and gives money back, once per key', async () => {
    const token = await gateway.tokenFor({ roles: ['staff'] })
    const id = newId()
    const step = { status: 'shipped', carrier: 'DHL', trackingNumber: 'JD01', note: 'Left today' }
    const moved = await gateway.ask(`/api/v1/orders/${id}/status`, { method: 'PATCH', body: step, token })
    expect([moved.status, moved.json.status]).toEqual([200, 'shipped'])
    expect(orders().calls[0]?.input).toEqual({ id, ...step })

    const refund = async (key: string, paymentId = id) =>
      await gateway.ask(`/api/v1/payments/${paymentId}/refunds`, {
        body: { amount: { amount: 500, currency: 'EUR' }, reason: 'Scratched' },
        token,
        headers: { 'idempotency-key': key },
      })
    expect((await refund('first')).status).toBe(201)
    await refund('first')
    await refund('second')
    await refund('first', newId())
    const ids = gateway.neighbours.payment
      .callsTo('payment.refund')
      .map(({ input }) => (input as { id: string }).id)
    // A repeat names the same refund; another key or another payment names another one.
    expect(ids[1]).toBe(ids[0])
    expect(new Set(ids).size).toBe(3)
    expect(ids.every(isId)).toBe(true)
  })

  it('cannot repeat a refund of a colleague by using the same key', async () => {
    const id = newId()
    for (const token of [
      await gateway.tokenFor({ roles: ['staff'] }),
      await gateway.tokenFor({ roles: ['staff'] }),
    ]) {
      await gateway.ask(`/api/v1/payments/${id}/refunds`, {
        body: { reason: 'Scratched' },
        token,
        headers: { 'idempotency-key': 'same' },
      })
    }
    const ids = gateway.neighbours.payment
      .callsTo('payment.refund')
      .map(({ input }) => (input as { id: string }).id)
    expect(new Set(ids).size).toBe(2)
  })
})

describe('lists', () => {
  it('pass filters on as what they mean', async () => {
    const token = await gateway.tokenFor({ roles: ['customer'] })
    await gateway.ask('/api/v1/orders?status=shipped&limit=5&cursor=abc&q=', { token })
    expect(orders().calls[0]?.input).toEqual({ status: 'shipped', limit: 5, cursor: 'abc' })
    await gateway.ask(
      '/api/v1/products?colour=oat,white&colour=red&minPrice=100&maxPrice=5000&inStock=true&sort=price_asc',
    )
    expect(gateway.neighbours.product.callsTo('product.list').at(-1)?.input).toEqual({
      colour: ['oat', 'white', 'red'],
      minPrice: 100,
      maxPrice: 5000,
      inStock: true,
      sort: 'price_asc',
      limit: 24,
    })
  })
})

describe('tokens', () => {
  it('are given for a password and for a refresh token, without anything else', async () => {
    const identity = gateway.neighbours.identity
    const byPassword = await gateway.ask('/api/v1/auth/token', {
      body: { email: ' Maya@Example.com ', password: 'a long passphrase' },
    })
    expect(byPassword.status).toBe(200)
    expect(Object.keys(byPassword.json).sort()).toEqual([
      'accessToken',
      'expiresIn',
      'refreshToken',
      'tokenType',
    ])
    expect(identity.callsTo('auth.signIn').at(-1)?.input).toMatchObject({ email: 'maya@example.com' })
    const byRefresh = await gateway.ask('/api/v1/auth/token', {
      body: { refreshToken: 'a-refresh-token-of-some-length' },
    })
    expect(byRefresh.json).toMatchObject({ tokenType: 'Bearer', expiresIn: 900 })
    const out = await gateway.ask('/api/v1/auth/logout', {
      body: { refreshToken: 'a-refresh-token-of-some-length' },
      token: await gateway.tokenFor({ roles: ['customer'] }),
    })
    expect([out.status, out.text]).toEqual([204, ''])
  })
})
