import { createTestRedis } from '@souk/testing/test-redis'
import { until } from '@souk/testing/until'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { freezableLine } from './freezable-line.ts'
import { type Given, startTestGateway, type TestGateway } from './harness.ts'
import { order } from './inputs.ts'
import * as sample from './samples.ts'

let gateway: TestGateway
beforeAll(async () => {
  gateway = await startTestGateway()
})
afterAll(async () => await gateway?.stop())

describe('pages of other sites', () => {
  const preflight = async (origin: string, path = '/api/v1/orders') =>
    await gateway.ask(path, {
      method: 'OPTIONS',
      headers: {
        origin,
        'access-control-request-method': 'POST',
        'access-control-request-headers': 'content-type',
      },
    })

  it.each(['http://shop.example', 'http://admin.example'])('%s may call', async (origin) => {
    for (const path of ['/api/v1/orders', '/trpc/checkout.place']) {
      const answer = await preflight(origin, path)
      expect(answer.status).toBe(204)
      expect(answer.headers.get('access-control-allow-origin')).toBe(origin)
      expect(answer.headers.get('access-control-allow-headers')).toContain('idempotency-key')
      expect(answer.headers.get('access-control-allow-credentials')).toBeNull()
    }
    const answer = await gateway.ask('/api/v1/cart', { headers: { origin } })
    expect(answer.headers.get('access-control-allow-origin')).toBe(origin)
    expect(answer.headers.get('vary')).toContain('origin')
    // Refusals can be read as well, or a page could not say what is wrong.
    const refused = await gateway.ask('/api/v1/me', { headers: { origin } })
    expect([refused.status, refused.headers.get('access-control-allow-origin')]).toEqual([401, origin])
  })

  it.each([
    'http://evil.example',
    'http://shop.example.evil.example',
    'https://shop.example',
    'null',
    'http://shop.example:8080',
  ])('%s may not', async (origin) => {
    expect((await preflight(origin)).headers.get('access-control-allow-origin')).toBeNull()
    const before = gateway.neighbours.order.calls.length
    for (const path of ['/api/v1/orders', '/trpc/checkout.place']) {
      const answer = await gateway.ask(path, { body: order, headers: { origin } })
      expect(answer.status).toBe(403)
      expect(answer.headers.get('access-control-allow-origin')).toBeNull()
    }
    expect(gateway.neighbours.order.calls.length).toBe(before)
  })

  it('are the same on one’s own machine, whatever it is called', async () => {
    const local = await startTestGateway({ env: { WEB_URL: 'http://localhost:3000' } })
    for (const origin of ['http://localhost:3000', 'http://127.0.0.1:3000']) {
      const answer = await local.ask('/api/v1/cart', { headers: { origin } })
      expect(answer.headers.get('access-control-allow-origin')).toBe(origin)
    }
    const other = await local.ask('/api/v1/cart', { headers: { origin: 'http://127.0.0.1:3001' } })
    expect(other.headers.get('access-control-allow-origin')).toBeNull()
    await local.stop()
  })
})

describe('every answer', () => {
  it.each([
    '/api/v1/products',
    '/api/v1/cart',
    '/api/v1/me',
    '/trpc/cart.get?input={}',
    '/trpc/product.categories',
    '/nowhere',
    '/docs',
    '/openapi.json',
    '/healthz',
  ])('%s tells a browser what it must not do', async (path) => {
    const { headers } = await gateway.ask(path)
    expect(headers.get('x-content-type-options')).toBe('nosniff')
    expect(headers.get('content-security-policy')).toContain("default-src 'none'")
    expect(headers.get('content-security-policy')).toContain("frame-ancestors 'none'")
    expect(headers.get('strict-transport-security')).toContain('max-age=31536000')
    expect(headers.get('referrer-policy')).toBe('no-referrer')
    expect(headers.get('x-powered-by')).toBeNull()
    expect(headers.get('server')).toBeNull()
    expect(headers.get('set-cookie')).toBeNull()
    expect(headers.get('x-request-id')).toMatch(/^[\w-]{8,64}$/)
  })

  it('that is personal is kept by nobody', async () => {
    const token = await gateway.tokenFor({ roles: ['staff'] })
    for (const path of ['/api/v1/me', '/api/v1/orders', '/trpc/account.me', '/api/v1/cart']) {
      expect((await gateway.ask(path, { token })).headers.get('cache-control')).toBe('private, no-store')
    }
  })
})

describe('too many', () => {
  async function limited(env: Record<string, string>) {
    return await startTestGateway({ env })
  }
  const signIn = { body: { email: 'maya@example.com', password: 'a long passphrase' } }
  const statuses = (answers: Given[]) => answers.map(({ status }) => status)

  it('sign-ins of one address are refused, over REST and tRPC together', async () => {
    const strict = await limited({ RATE_LIMIT_SIGN_IN_PER_MINUTE: '3' })
    const answers = [
      await strict.ask('/api/v1/auth/token', signIn),
      await strict.ask('/trpc/auth.signIn', signIn),
      await strict.ask('/api/v1/auth/token', { body: {} }),
      await strict.ask('/api/v1/auth/token', signIn),
      await strict.ask('/trpc/auth.signIn', signIn),
    ]
    expect(statuses(answers)).toEqual([200, 200, 400, 429, 429])
    expect(answers[3]?.json).toMatchObject({ status: 429, code: 'rate_limited' })
    expect(answers[4]?.json).toMatchObject({ error: { data: { code: 'RATE_LIMITED' } } })
    for (const answer of answers.slice(3)) {
      const seconds = Number(answer.headers.get('retry-after'))
      expect(seconds).toBeGreaterThan(0)
      expect(seconds).toBeLessThanOrEqual(60)
    }
    expect(strict.neighbours.identity.callsTo('auth.signIn')).toHaveLength(2)
    // A header that anybody can write does not make somebody else.
    const forged = await strict.ask('/api/v1/auth/token', {
      ...signIn,
      headers: { 'x-forwarded-for': '203.0.113.9' },
    })
    expect(forged.status).toBe(429)
    // Other things are still possible.
    expect((await strict.ask('/api/v1/products')).status).toBe(200)
    await strict.stop()
  })

  it.each([
    [
      'accounts',
      'RATE_LIMIT_REGISTER_PER_MINUTE',
      '/api/v1/auth/register',
      { email: 'a@b.test', password: 'a long passphrase', name: 'A' },
      201,
    ],
    [
      'password mails',
      'RATE_LIMIT_PASSWORD_RESET_PER_MINUTE',
      '/api/v1/auth/password-reset',
      { email: 'a@b.test' },
      204,
    ],
    ['orders', 'RATE_LIMIT_ORDERS_PER_MINUTE', '/api/v1/orders', order, 201],
  ])('%s of one address are refused', async (_what, name, path, body, status) => {
    const strict = await limited({ [name]: '2' })
    const answers = await Promise.all(Array.from({ length: 6 }, async () => await strict.ask(path, { body })))
    expect(statuses(answers).sort()).toEqual([status, status, 429, 429, 429, 429].sort())
    await strict.stop()
  })

  it('is counted once for all instances', async () => {
    const env = { RATE_LIMIT_SIGN_IN_PER_MINUTE: '3' }
    const first = await limited(env)
    const second = await startTestGateway({ env, redisUrl: first.redisUrl })
    const answers = []
    for (const one of [first, second, first, second, first])
      answers.push(await one.ask('/api/v1/auth/token', signIn))
    expect(statuses(answers)).toEqual([200, 200, 200, 429, 429])
    await second.stop()
    await first.stop()
  })

  it('is still noticed while Redis is away', async () => {
    const alone = await startTestGateway({
      isWhole: false,
      redisUrl: 'redis://127.0.0.1:9',
      env: { RATE_LIMIT_SIGN_IN_PER_MINUTE: '2' },
    })
    const answers = []
    for (let index = 0; index < 4; index += 1) answers.push(await alone.ask('/api/v1/auth/token', signIn))
    expect(statuses(answers)).toEqual([200, 200, 429, 429])
    await alone.stop()
  })

  it('is still noticed while Redis accepts everything and answers nothing', async () => {
    const redis = await createTestRedis()
    const line = await freezableLine(redis.url)
    const frozen = await startTestGateway({
      redisUrl: line.url,
      env: { RATE_LIMIT_SIGN_IN_PER_MINUTE: '2' },
    })
    line.freeze()
    const started = Date.now()
    const answers = []
    for (let index = 0; index < 4; index += 1) answers.push(await frozen.ask('/api/v1/auth/token', signIn))
    expect(statuses(answers)).toEqual([200, 200, 429, 429])
    // Only the first request waits to find out.
    expect(Date.now() - started).toBeLessThan(2500)
    expect((await frozen.ask('/readyz')).json).toMatchObject({ checks: { redis: 'failed' } })
    expect((await frozen.ask('/api/v1/products')).status).toBe(200)
    line.stop()
    await frozen.stop()
    await redis.drop()
  })

  it('behind a proxy we know, each visitor counts alone', async () => {
    const strict = await limited({ RATE_LIMIT_SIGN_IN_PER_MINUTE: '1', TRUSTED_PROXIES: '127.0.0.1, ::1' })
    const from = async (address: string) =>
      (await strict.ask('/api/v1/auth/token', { ...signIn, headers: { 'x-forwarded-for': address } })).status
    expect(await from('203.0.113.1')).toBe(200)
    expect(await from('203.0.113.1')).toBe(429)
    expect(await from('203.0.113.2')).toBe(200)
    // One household has a whole network of IPv6 addresses.
    expect(await from('2001:db8:1:2::1')).toBe(200)
    expect(await from('2001:db8:1:2:ffff::9')).toBe(429)
    expect(await from('2001:db8:1:3::1')).toBe(200)
    await strict.stop()
  })
})

describe('more than it can carry', () => {
  it('is refused with 503 while the admitted are answered, and health is always told', async () => {
    const small = await startTestGateway({ env: { MAX_IN_FLIGHT: '4' } })
    let release: (() => void) | undefined
    const held = new Promise<void>((resolve) => {
      release = resolve
    })
    const slow = small.neighbours.order
    slow.answer({
      'cart.get': async () => {
        await held
        return sample.cart()
      },
    })
    const admitted = Array.from({ length: 4 }, async () => await small.ask('/api/v1/cart'))
    await until('four are under way', () => slow.callsTo('cart.get').length === 4)
    const refused = await small.ask('/api/v1/cart')
    expect(refused.json).toMatchObject({ status: 503, code: 'unavailable' })
    expect(refused.headers.get('retry-after')).toBe('1')
    expect((await small.ask('/healthz')).status).toBe(200)
    expect((await small.ask('/metrics')).text).toContain('souk_shed_total')
    release?.()
    expect((await Promise.all(admitted)).map(({ status }) => status)).toEqual([200, 200, 200, 200])
    // Nothing of the count is lost: four again, after clients who left early, too.
    for (let index = 0; index < 6; index += 1) {
      await fetch(`${small.url}/api/v1/cart`, { signal: AbortSignal.timeout(1) }).catch(() => undefined)
    }
    await until('there is room again', async () => (await small.ask('/api/v1/cart')).status === 200)
    const again = await Promise.all(Array.from({ length: 3 }, async () => await small.ask('/api/v1/cart')))
    expect(again.map(({ status }) => status)).toEqual([200, 200, 200])
    await small.stop()
  })
})

describe('readiness', () => {
  it('names who is missing, and health does not depend on it', async () => {
    expect((await gateway.ask('/readyz')).json).toMatchObject({
      status: 'ready',
      checks: {
        redis: 'ok',
        product: 'ok',
        order: 'ok',
        payment: 'ok',
        inventory: 'ok',
        identity: 'ok',
        notification: 'ok',
        sessions: 'ok',
      },
    })
    const alone = await startTestGateway({ isWhole: false, env: { ORDER_URL: 'http://127.0.0.1:9' } })
    const answer = await alone.ask('/readyz')
    expect(answer.status).toBe(503)
    expect(answer.json).toMatchObject({ status: 'not_ready', checks: { order: 'failed', product: 'ok' } })
    expect((await alone.ask('/healthz')).status).toBe(200)
    const orders = await alone.ask('/api/v1/cart')
    expect(orders.status).toBe(503)
    expect(orders.headers.get('retry-after')).toMatch(/^\d+$/)
    expect((await alone.ask('/api/v1/products')).status).toBe(200)
    await alone.stop()
  })
})

describe('stopping', () => {
  it('answers what has begun, takes nothing new, and leaves nothing behind', async () => {
    const leaving = await startTestGateway()
    let release: (() => void) | undefined
    const held = new Promise<void>((resolve) => {
      release = resolve
    })
    leaving.neighbours.order.answer({
      'cart.get': async () => {
        await held
        return sample.cart()
      },
    })
    // Connections that were used and stay open must not hold the process.
    await Promise.all(Array.from({ length: 5 }, async () => await leaving.ask('/api/v1/products')))
    const begun = leaving.ask('/api/v1/cart')
    await until('it has begun', () => leaving.neighbours.order.callsTo('cart.get').length === 1)
    const stopping = leaving.gateway.stop()
    release?.()
    expect((await begun).status).toBe(200)
    const started = Date.now()
    await stopping
    expect(Date.now() - started).toBeLessThan(3000)
    await expect(leaving.ask('/healthz')).rejects.toThrow()
    await leaving.stop()
  })
})
