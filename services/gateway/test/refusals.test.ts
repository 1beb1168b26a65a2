import { connect } from 'node:net'
import { AppError } from '@souk/kernel/errors'
import { newId } from '@souk/kernel/id'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Asked, startTestGateway, type TestGateway } from './harness.ts'
import { address } from './samples.ts'

let gateway: TestGateway
let staff: string
beforeAll(async () => {
  gateway = await startTestGateway()
  staff = await gateway.tokenFor({ roles: ['staff'] })
})
afterAll(async () => await gateway?.stop())

const order = {
  items: [{ sku: 'MUG-OAT', quantity: 1 }],
  email: 'maya@example.com',
  shippingAddress: address,
  paymentMethod: { type: 'card', token: 'tok_visa' },
}
const json = { 'content-type': 'application/json' }

type Case = [what: string, path: string, asked: Asked, status: number, code: string, faultAt?: string]
const cases: Case[] = [
  ['broken JSON', '/api/v1/orders', { raw: '{"items": [', headers: json }, 400, 'invalid_input'],
  ['JSON that is no object', '/api/v1/orders', { raw: '42', headers: json }, 400, 'invalid_input', ''],
  ['no body', '/api/v1/orders', { method: 'POST' }, 400, 'invalid_input', 'items'],
  ['null', '/api/v1/orders', { raw: 'null', headers: json }, 400, 'invalid_input', 'items'],
  [
    'a missing field',
    '/api/v1/orders',
    { body: { ...order, email: undefined } },
    400,
    'invalid_input',
    'email',
  ],
  ['an extra field', '/api/v1/orders', { body: { ...order, isAdmin: true } }, 400, 'invalid_input', ''],
  [
    'an id of the buyer’s own',
    '/api/v1/orders',
    { body: { ...order, id: newId() } },
    400,
    'invalid_input',
    '',
  ],
  [
    'a wrong type deep inside',
    '/api/v1/orders',
    { body: { ...order, items: [{ sku: 'MUG', quantity: 'two' }] } },
    400,
    'invalid_input',
    'items.0.quantity',
  ],
  [
    'a quantity of 2^31',
    '/api/v1/orders',
    { body: { ...order, items: [{ sku: 'MUG', quantity: 2 ** 31 }] } },
    400,
    'invalid_input',
    'items.0.quantity',
  ],
  [
    'a fraction of a piece',
    '/api/v1/orders',
    { body: { ...order, items: [{ sku: 'MUG', quantity: 0.5 }] } },
    400,
    'invalid_input',
    'items.0.quantity',
  ],
  [
    'an operator where a text belongs',
    '/api/v1/orders',
    { body: { ...order, email: { contains: '' } } },
    400,
    'invalid_input',
    'email',
  ],
  [
    'a payment method nobody knows',
    '/api/v1/orders',
    { body: { ...order, paymentMethod: { type: 'gold' } } },
    400,
    'invalid_input',
    'paymentMethod.type',
  ],
  [
    'a text of 100 kB',
    '/api/v1/orders',
    { body: { ...order, promotionCode: 'x'.repeat(100_000) } },
    400,
    'invalid_input',
    'promotionCode',
  ],
  [
    'a card number in a name',
    '/api/v1/orders',
    { body: { ...order, shippingAddress: { ...address, name: '4242 4242 4242 4242' } } },
    400,
    'invalid_input',
    'shippingAddress.name',
  ],
  [
    'a prototype in the body',
    '/api/v1/orders',
    { raw: '{"__proto__": {"isAdmin": true}, "items": []}', headers: json },
    400,
    'invalid_input',
  ],
  [
    'a body above 1 MB',
    '/api/v1/orders',
    { raw: `"${'x'.repeat(1_100_000)}"`, headers: json },
    413,
    'too_large',
  ],
  [
    'a form',
    '/api/v1/orders',
    { raw: 'a=1', headers: { 'content-type': 'application/x-www-form-urlencoded' } },
    415,
    'unsupported_media_type',
  ],
  [
    'plain text',
    '/api/v1/orders',
    { raw: '{}', headers: { 'content-type': 'text/plain' } },
    415,
    'unsupported_media_type',
  ],
  [
    'a multipart form',
    '/api/v1/orders',
    { raw: '--x--', headers: { 'content-type': 'multipart/form-data; boundary=x' } },
    415,
    'unsupported_media_type',
  ],
  [
    'a body for a question without one',
    '/api/v1/cart?cartId=',
    { method: 'DELETE', body: { a: 1 } },
    400,
    'invalid_input',
  ],
  ['an unknown filter', '/api/v1/products?colr=oat', {}, 400, 'invalid_input', ''],
  ['a limit of 0', '/api/v1/products?limit=0', {}, 400, 'invalid_input', 'limit'],
  ['a limit of 1e3', '/api/v1/products?limit=1e3', {}, 400, 'invalid_input', 'limit'],
  ['two limits', '/api/v1/products?limit=1&limit=2', {}, 400, 'invalid_input', 'limit'],
  ['a price below zero', '/api/v1/products?minPrice=-1', {}, 400, 'invalid_input', 'minPrice'],
  ['a price with a fraction', '/api/v1/products?maxPrice=1.5', {}, 400, 'invalid_input', 'maxPrice'],
  ['perhaps in stock', '/api/v1/products?inStock=maybe', {}, 400, 'invalid_input', 'inStock'],
  ['an order of nothing', '/api/v1/products?sort=cheapest', {}, 400, 'invalid_input', 'sort'],
  ['an id that cannot be', '/api/v1/orders/not-an-id', {}, 404, 'not_found'],
  ['an id of another kind', `/api/v1/orders/${crypto.randomUUID()}`, {}, 404, 'not_found'],
  ['an id with a null byte', '/api/v1/orders/%00', {}, 404, 'not_found'],
  ['a way out of the folder', '/api/v1/products/..%2f..%2fetc', {}, 404, 'not_found'],
  ['an address that cannot be decoded', '/api/v1/orders/%zz', {}, 400, 'invalid_input'],
  ['an address nobody serves', '/api/v2/orders', {}, 404, 'not_found'],
  ['an address of 5 kB', `/api/v1/products/${'x'.repeat(5000)}`, {}, 404, 'not_found'],
  ['a method nobody serves here', '/api/v1/orders', { method: 'PUT', body: {} }, 405, 'method_not_allowed'],
  ['a method for one’s own id', `/api/v1/orders/${newId()}`, { method: 'DELETE' }, 405, 'method_not_allowed'],
  ['a change by GET', '/api/v1/auth/token', {}, 405, 'method_not_allowed'],
  ['an empty sign-in', '/api/v1/auth/token', { body: {} }, 400, 'invalid_input', 'email'],
  ['half a sign-in', '/api/v1/auth/token', { body: { email: 'a@b.test' } }, 400, 'invalid_input', 'password'],
  [
    'a short refresh token',
    '/api/v1/auth/token',
    { body: { refreshToken: 'x' } },
    400,
    'invalid_input',
    'refreshToken',
  ],
  [
    'a weak password',
    '/api/v1/auth/register',
    { body: { email: 'a@b.test', password: 'short', name: 'A' } },
    400,
    'invalid_input',
    'password',
  ],
  [
    'a key of 256 characters',
    '/api/v1/orders',
    { body: order, headers: { 'idempotency-key': 'k'.repeat(256) } },
    400,
    'invalid_input',
    'Idempotency-Key',
  ],
  [
    'a key with spaces',
    '/api/v1/orders',
    { body: order, headers: { 'idempotency-key': 'a b' } },
    400,
    'invalid_input',
    'Idempotency-Key',
  ],
  ['an unknown SKU’s stock', '/api/v1/inventory/UNKNOWN', { token: 'staff' }, 404, 'not_found'],
  [
    'a refund without a reason',
    `/api/v1/payments/${newId()}/refunds`,
    { body: {}, token: 'staff' },
    400,
    'invalid_input',
    'reason',
  ],
  [
    'a refund in another currency',
    `/api/v1/payments/${newId()}/refunds`,
    { body: { amount: { amount: 1, currency: 'USD' }, reason: 'x' }, token: 'staff' },
    400,
    'invalid_input',
    'amount.currency',
  ],
  [
    'a refund below zero',
    `/api/v1/payments/${newId()}/refunds`,
    { body: { amount: { amount: -1, currency: 'EUR' }, reason: 'x' }, token: 'staff' },
    400,
    'invalid_input',
    'amount.amount',
  ],
  [
    'a picture that is a page',
    `/api/v1/products/${newId()}/images`,
    { raw: '<html>', headers: { 'content-type': 'text/html' }, token: 'staff' },
    415,
    'unsupported_media_type',
  ],
]

describe('what is refused', () => {
  it.each(cases)('%s', async (_what, path, asked, status, code, faultAt) => {
    const before = callCount()
    const answer = await gateway.ask(path, asked.token === undefined ? asked : { ...asked, token: staff })
    expect(answer.json).toMatchObject({
      type: expect.stringMatching(/^http:\/\/.*\/docs#/),
      title: expect.any(String),
      status,
      detail: expect.any(String),
      code,
      requestId: answer.headers.get('x-request-id'),
    })
    expect(answer.status).toBe(status)
    expect(answer.headers.get('content-type')).toBe('application/problem+json; charset=utf-8')
    expect(answer.headers.get('cache-control')).toBe('private, no-store')
    if (faultAt !== undefined) {
      expect(answer.json.errors).toContainEqual({ path: faultAt, message: expect.any(String) })
    }
    if (status === 405) expect(answer.headers.get('allow')).toMatch(/[A-Z]/)
    // Nothing reached a service but a question for something that is not there.
    if (status !== 404) expect(callCount()).toBe(before)
    expect(answer.text).not.toContain('4242 4242')
  })

  it('says 431 to headers above 16 kB, in the same shape', async () => {
    const answer = await rawRequest(
      `GET /api/v1/products HTTP/1.1\r\nhost: x\r\nx-long: ${'a'.repeat(20_000)}\r\n\r\n`,
    )
    expect(answer).toMatch(/^HTTP\/1\.1 431 /)
    expect(JSON.parse(answer.split('\r\n\r\n')[1] ?? '')).toMatchObject({
      status: 431,
      code: 'headers_too_large',
    })
  })

  it('says 400 to what is not HTTP, in the same shape', async () => {
    const answer = await rawRequest('HELLO\r\n\r\n')
    expect(answer).toMatch(/^HTTP\/1\.1 400 /)
    expect(JSON.parse(answer.split('\r\n\r\n')[1] ?? '')).toMatchObject({
      status: 400,
      code: 'invalid_input',
    })
  })

  it('says nothing of what went wrong inside', async () => {
    gateway.neighbours.order.answer({
      'order.get': () => {
        throw new Error('password of the database is hunter2')
      },
    })
    gateway.neighbours.identity.answer({
      'account.me': () => {
        throw new Error('password of the database is hunter2')
      },
    })
    gateway.neighbours.payment.answer({
      'payment.list': () => {
        throw new AppError('UNAVAILABLE', 'Busy.', {
          details: { service: 'secret-host', retryAfterSeconds: 3 },
        })
      },
    })
    const rest = await gateway.ask(`/api/v1/orders/${newId()}`)
    const trpc = await gateway.ask(
      `/trpc/order.get?input=${encodeURIComponent(JSON.stringify({ id: newId() }))}`,
    )
    for (const answer of [rest, trpc]) {
      expect(answer.status).toBe(503)
      expect(answer.text).not.toMatch(/hunter2|stack|node_modules|127\.0\.0\.1/)
    }
    const busy = await gateway.ask('/api/v1/payments', { token: staff })
    expect(busy.headers.get('retry-after')).toBe('3')
    expect(busy.text).not.toContain('secret-host')
  })

  it('keeps the service’s own words and facts, in REST and in tRPC', async () => {
    gateway.neighbours.order.answer({
      'order.cancel': () => {
        throw new AppError('INVALID_STATE', 'It is on its way already.', {
          details: { reason: 'invalid_state', status: 'shipped', lines: [1] },
        })
      },
    })
    const rest = await gateway.ask(`/api/v1/orders/${newId()}/cancel`, { body: {} })
    expect(rest.json).toMatchObject({
      status: 409,
      code: 'invalid_state',
      detail: 'It is on its way already.',
      currentStatus: 'shipped',
      lines: [1],
    })
    const trpc = await gateway.ask('/trpc/order.cancel', { body: { id: newId() } })
    expect(trpc.json).toMatchObject({
      error: {
        message: 'It is on its way already.',
        data: { code: 'INVALID_STATE', reason: 'invalid_state', httpStatus: 409 },
      },
    })
  })
})

describe('what tRPC refuses', () => {
  const tooMany = Array(11).fill('product.list').join(',')
  it.each([
    ['broken JSON', '/trpc/cart.addItem', { raw: '{', headers: json }, 400],
    ['a wrong input', '/trpc/cart.addItem', { body: { sku: 'A', quantity: 0 } }, 400],
    [
      'a form',
      '/trpc/cart.clear',
      { raw: 'a=1', headers: { 'content-type': 'application/x-www-form-urlencoded' } },
      415,
    ],
    [
      'a multipart form',
      '/trpc/cart.clear',
      { raw: '--x--', headers: { 'content-type': 'multipart/form-data; boundary=x' } },
      415,
    ],
    ['text', '/trpc/cart.clear', { raw: '{}', headers: { 'content-type': 'text/plain' } }, 415],
    ['a mutation by GET', '/trpc/cart.clear?input={}', {}, 405],
    ['a batch of eleven', `/trpc/${tooMany}?batch=1&input=${encodeURIComponent('{}')}`, {}, 400],
    ['a batch of mutations', '/trpc/cart.clear,cart.clear?batch=1', { body: { 0: {}, 1: {} } }, 400],
    ['a body above 1 MB', '/trpc/cart.clear', { raw: `"${'x'.repeat(1_100_000)}"`, headers: json }, 413],
    ['an unknown procedure', '/trpc/cart.steal?input={}', {}, 404],
    ['a card number', '/trpc/cart.addItem', { body: { sku: '4242424242424242', quantity: 1 } }, 400],
  ] as [string, string, Asked, number][])('%s', async (_what, path, asked, status) => {
    const before = callCount()
    const answer = await gateway.ask(path, asked)
    expect(answer.status).toBe(status)
    const [first = answer.json] = [answer.json].flat() as { error: unknown }[]
    expect(first).toMatchObject({
      error: {
        message: expect.any(String),
        code: expect.any(Number),
        data: { code: expect.any(String), reason: expect.any(String) },
      },
    })
    expect(callCount()).toBe(before)
  })
})

function callCount(): number {
  const { product, order: orders, payment, inventory } = gateway.neighbours
  return product.calls.length + orders.calls.length + payment.calls.length + inventory.calls.length
}

async function rawRequest(text: string): Promise<string> {
  const { hostname, port } = new URL(gateway.url)
  return await new Promise((resolve, reject) => {
    let received = ''
    const socket = connect({ host: hostname, port: Number(port) }, () => socket.write(text))
    socket.on('data', (chunk) => {
      received += chunk
    })
    socket.on('close', () => resolve(received))
    socket.on('error', reject)
  })
}
