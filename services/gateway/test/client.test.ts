import { createSoukClient, type SoukClient } from '@souk/api/client'
import { readSoukError } from '@souk/api/client-error'
import { AppError } from '@souk/kernel/errors'
import { newId } from '@souk/kernel/id'
import { MutationObserver, QueryClient } from '@tanstack/query-core'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { startTestGateway, type TestGateway } from './harness.ts'
import * as sample from './samples.ts'

type Sent = { url: string; method: string; headers: Record<string, string> }
let gateway: TestGateway
let sent: Sent[] = []
let loseAnswers = 0
beforeAll(async () => {
  gateway = await startTestGateway()
})
afterAll(async () => await gateway?.stop())
beforeEach(() => {
  sent = []
  loseAnswers = 0
  gateway.neighbours.order.calls.length = 0
})

function client(over: Partial<Parameters<typeof createSoukClient>[0]> = {}): SoukClient {
  return createSoukClient({
    url: gateway.url,
    fetch: async (input, init) => {
      sent.push({
        url: String(input),
        method: init?.method ?? 'GET',
        headers: Object.fromEntries(new Headers(init?.headers)),
      })
      const response = await fetch(input, init)
      loseAnswers -= 1
      if (loseAnswers >= 0) throw new TypeError('The answer was lost')
      return response
    },
    ...over,
  })
}
const keys = () => gateway.neighbours.order.calls.map(({ idempotencyKey }) => idempotencyKey)

describe('queries', () => {
  it('of one tick travel together, public ones apart and without the token', async () => {
    const token = await gateway.tokenFor({ roles: ['customer'] })
    const souk = client({ token: async () => token })
    await Promise.all([
      souk.product.list.query({}),
      souk.product.categories.query(),
      souk.cart.get.query({}),
      souk.account.me.query(),
    ])
    expect(sent).toHaveLength(2)
    const [open, own] = [...sent].sort(
      (a, b) => Number(b.url.includes('product')) - Number(a.url.includes('product')),
    )
    expect(open?.url).toContain('/trpc/product.list,product.categories?batch=1')
    expect(open?.headers.authorization).toBeUndefined()
    expect(own?.headers.authorization).toBe(`Bearer ${token}`)
    expect(own?.headers['idempotency-key']).toBeUndefined()
  })

  it('travel in batches of ten at most', async () => {
    const souk = client()
    const answers = await Promise.all(
      Array.from({ length: 23 }, async () => await souk.order.get.query({ id: newId() })),
    )
    expect(answers).toHaveLength(23)
    expect(sent.map(({ url }) => new URL(url).pathname.split(',').length).sort((a, b) => a - b)).toEqual([
      3, 10, 10,
    ])
  })

  it('are given up after their time', async () => {
    let release: (() => void) | undefined
    const held = new Promise<void>((resolve) => {
      release = resolve
    })
    gateway.neighbours.order.answer({
      'cart.get': async () => {
        await held
        return sample.cart()
      },
    })
    const started = Date.now()
    const error = await client({ timeoutMs: 300 })
      .cart.get.query({})
      .catch((thrown: unknown) => thrown)
    expect(readSoukError(error)).toMatchObject({ code: 'UNREACHABLE', reason: 'unreachable' })
    expect(Date.now() - started).toBeLessThan(2000)
    release?.()
    gateway.neighbours.order.answer({ 'cart.get': () => sample.cart() })
  })
})

describe('mutations', () => {
  it('travel alone, each with a key and a header that browsers must ask for', async () => {
    const souk = client({ headers: { 'x-request-id': 'request-of-a-page' } })
    await Promise.all([
      souk.cart.addItem.mutate({ sku: 'A', quantity: 1 }),
      souk.cart.addItem.mutate({ sku: 'A', quantity: 1 }),
    ])
    expect(sent).toHaveLength(2)
    expect(new Set(keys()).size).toBe(2)
    for (const { headers } of sent) {
      expect(headers['x-souk-client']).toBe('app')
      expect(headers['x-request-id']).toBe('request-of-a-page')
    }
  })

  it('keep their key when TanStack sends them again after a lost answer', async () => {
    const souk = client()
    loseAnswers = 2
    const queries = new QueryClient()
    const observer = new MutationObserver(queries, {
      mutationFn: async (input: { sku: string; quantity: number }) => await souk.cart.addItem.mutate(input),
      retry: 3,
      retryDelay: 5,
    })
    await observer.mutate({ sku: 'A', quantity: 1 })
    expect(keys()).toHaveLength(3)
    expect(new Set(keys()).size).toBe(1)
    await observer.mutate({ sku: 'A', quantity: 1 })
    expect(new Set(keys()).size).toBe(2)
  })

  it('have a new key when the same object is sent again after an answer', async () => {
    const souk = client()
    const input = { sku: 'A', quantity: 1 }
    await souk.cart.addItem.mutate(input)
    await souk.cart.addItem.mutate(input)
    gateway.neighbours.order.answer({
      'cart.addItem': () => {
        throw new AppError('INVALID_INPUT', 'Not for sale.')
      },
    })
    await souk.cart.addItem.mutate(input).catch(() => undefined)
    await souk.cart.addItem.mutate(input).catch(() => undefined)
    expect(new Set(keys()).size).toBe(4)
    gateway.neighbours.order.answer({
      'cart.addItem': () => {
        throw new AppError('UNAVAILABLE', 'Busy.')
      },
    })
    await souk.cart.addItem.mutate(input).catch(() => undefined)
    await souk.cart.addItem.mutate(input).catch(() => undefined)
    // Nobody knows whether the first of these was carried out.
    expect(new Set(keys()).size).toBe(5)
    gateway.neighbours.order.answer({ 'cart.addItem': () => sample.cart() })
  })

  it('take the key that they are given', async () => {
    await client().cart.addItem.mutate({ sku: 'A', quantity: 1 }, { context: { idempotencyKey: 'mine' } })
    expect(keys()).toEqual(['mine'])
  })

  it('give back what a screen must show', async () => {
    gateway.neighbours.order.answer({
      'order.place': () => ({ status: 'out_of_stock', lines: [{ sku: 'A', requested: 2, available: 1 }] }),
    })
    const result = await client().checkout.place.mutate({
      id: newId(),
      items: [{ sku: 'A', quantity: 2 }],
      email: 'maya@example.com',
      shippingAddress: sample.address,
      paymentMethod: { type: 'cod' },
    })
    expect(result).toEqual({ status: 'out_of_stock', lines: [{ sku: 'A', requested: 2, available: 1 }] })
  })
})

describe('errors', () => {
  it('say what is wrong, where, and which request it was', async () => {
    const souk = client()
    const error = readSoukError(
      await souk.cart.addItem.mutate({ sku: '', quantity: 0 }).catch((thrown: unknown) => thrown),
    )
    expect(error).toMatchObject({
      code: 'INVALID_INPUT',
      reason: 'invalid_input',
      requestId: expect.stringMatching(/^[\w-]+$/),
    })
    expect(error.errors.map(({ path }) => path).sort()).toEqual(['quantity', 'sku'])
    const guest = readSoukError(await souk.account.me.query().catch((thrown: unknown) => thrown))
    expect(guest).toMatchObject({ code: 'UNAUTHENTICATED', message: 'Please sign in first.' })
  })

  it('of what is refused before tRPC runs can be read as well', async () => {
    const error = await client({ token: async () => 'not.a.token' })
      .cart.get.query({})
      .catch((thrown: unknown) => thrown)
    expect(readSoukError(error)).toMatchObject({ code: 'UNAUTHENTICATED', reason: 'unauthenticated' })
    gateway.neighbours.order.answer({
      'checkout.quote': () => {
        throw new AppError('RATE_LIMITED', 'Slowly.', { details: { retryAfterSeconds: 7 } })
      },
    })
    const slowly = await client()
      .checkout.quote.query({ items: [{ sku: 'A', quantity: 1 }] })
      .catch((thrown: unknown) => thrown)
    expect(readSoukError(slowly)).toMatchObject({ code: 'RATE_LIMITED', retryAfterSeconds: 7, details: {} })
  })

  it('of a gateway that is not there are told from its answers', async () => {
    const error = await createSoukClient({ url: 'http://127.0.0.1:9' })
      .cart.get.query({})
      .catch((thrown: unknown) => thrown)
    expect(readSoukError(error).code).toBe('UNREACHABLE')
  })
})
