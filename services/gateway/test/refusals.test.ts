import { connect } from 'node:net'
import { AppError } from '@souk/kernel/errors'
import { newId } from '@souk/kernel/id'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Asked, startTestGateway, type TestGateway } from './harness.ts'
import { cases, json } from './refusal-cases.ts'

let gateway: TestGateway
let staff: string
beforeAll(async () => {
  gateway = await startTestGateway()
  staff = await gateway.tokenFor({ roles: ['staff'] })
})
afterAll(async () => await gateway?.stop())

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
