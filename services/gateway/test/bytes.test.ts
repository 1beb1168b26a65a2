import { newId } from '@souk/kernel/id'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { picture } from './answers.ts'
import { startTestGateway, type TestGateway } from './harness.ts'
import type { Webhook } from './neighbours.ts'

let gateway: TestGateway
let staff: string
const hooks: Webhook[] = []
beforeAll(async () => {
  gateway = await startTestGateway()
  staff = await gateway.tokenFor({ roles: ['staff'] })
})
afterAll(async () => await gateway?.stop())

describe('pictures', () => {
  const load = async (path: string, headers: Record<string, string> = {}) => {
    const response = await fetch(`${gateway.url}${path}`, { headers })
    return {
      status: response.status,
      headers: response.headers,
      bytes: Buffer.from(await response.arrayBuffer()),
    }
  }

  it('are passed on once and kept, with headers that let everybody keep them', async () => {
    const path = `/media/${newId()}/720.webp`
    const answers = [await load(path), await load(path), await load(path)]
    for (const { status, headers, bytes } of answers) {
      expect([status, headers.get('content-type'), headers.get('cache-control')]).toEqual([
        200,
        'image/webp',
        'public, max-age=31536000, immutable',
      ])
      expect(bytes).toEqual(picture)
      expect(headers.get('cross-origin-resource-policy')).toBe('cross-origin')
      expect(headers.get('x-content-type-options')).toBe('nosniff')
    }
    expect((await load(path, { 'if-none-match': '"the-picture"' })).status).toBe(304)
    const head = await fetch(`${gateway.url}${path}`, { method: 'HEAD' })
    expect([head.status, head.headers.get('content-length')]).toEqual([200, String(picture.length)])
    // Three readings and two validations were one reading of the product service.
    const loads = gateway.neighbours.product.pictureLoads
    expect(loads.filter((url) => url === path)).toHaveLength(1)
  })

  it('that do not exist are 404, each time anew', async () => {
    const path = `/media/${newId().slice(0, -6)}000000/720.webp`
    for (let index = 0; index < 2; index += 1) {
      const answer = await gateway.ask(path)
      expect(answer.json).toMatchObject({ status: 404, code: 'not_found' })
      expect(answer.headers.get('cache-control')).toBe('private, no-store')
    }
  })

  it.each([
    'x/720.webp',
    `${newId()}/720.png`,
    `${newId()}/huge.webp`,
    `..%2f..%2fetc/passwd`,
    `${newId()}/720.webp%00`,
  ])('are not %s', async (name) => {
    const before = gateway.neighbours.product.pictureLoads.length
    expect((await gateway.ask(`/media/${name}`)).status).toBe(404)
    expect(gateway.neighbours.product.pictureLoads.length).toBe(before)
  })
})

describe('an upload', () => {
  const path = () => `/api/v1/products/${newId()}/images`

  it('reaches the product service as it came, with its key', async () => {
    const id = newId()
    const bytes = Buffer.alloc(3_000_000, 7)
    const answer = await gateway.ask(`/api/v1/products/${id}/images?colour=oat&alt=A%20mug`, {
      raw: bytes,
      token: staff,
      headers: { 'content-type': 'image/jpeg', 'idempotency-key': 'upload-1' },
    })
    expect(answer.status).toBe(201)
    expect(JSON.parse(String(answer.json.alt))).toEqual({
      productId: id,
      colour: 'oat',
      alt: 'A mug',
      bytes: 3_000_000,
      type: 'image/jpeg',
      key: 'upload-1',
      hasToken: true,
    })
  })

  it('above 10 MB is refused, whether or not it says how long it is', async () => {
    const bytes = Buffer.alloc(10 * 1024 * 1024 + 1)
    const known = await gateway.ask(path(), {
      raw: bytes,
      token: staff,
      headers: { 'content-type': 'image/png' },
    })
    expect(known.json).toMatchObject({ status: 413, code: 'too_large' })
    const unknown = await fetch(`${gateway.url}${path()}`, {
      method: 'POST',
      headers: { authorization: `Bearer ${staff}`, 'content-type': 'image/png' },
      body: new Blob([bytes]).stream(),
      duplex: 'half',
    } as RequestInit)
    expect(unknown.status).toBe(413)
    expect(await unknown.json()).toMatchObject({ code: 'too_large' })
    // The service is still asked for other things: one bad upload breaks nothing.
    expect((await gateway.ask('/api/v1/products?q=after')).status).toBe(200)
  })

  it('of a colour that is none is refused', async () => {
    const answer = await gateway.ask(`${path()}?colour=NOT%20A%20SLUG`, {
      raw: 'x',
      token: staff,
      headers: { 'content-type': 'image/png' },
    })
    expect(answer.json).toMatchObject({ status: 400, errors: [{ path: 'colour' }] })
  })
})

describe('a provider’s webhook', () => {
  beforeAll(() => {
    gateway.neighbours.payment.onWebhook = (hook) => {
      hooks.push(hook)
      return hook.provider === 'stripe'
        ? { status: 400, body: '{"error":"bad signature"}' }
        : { status: 200, body: '{"received":true}' }
    }
  })

  it('arrives byte by byte, with its signature and without anything of ours', async () => {
    const raw = Buffer.from('{ "amount" : 1.0 ,  "ümlaut":"\\u00fc" }\n')
    const answer = await gateway.ask('/webhooks/payments/sandbox', {
      raw,
      headers: {
        'content-type': 'application/json; charset=utf-8',
        'souk-signature': 't=1,v1=abc',
        'x-webhook-id': 'evt_1',
        cookie: 'session=x',
      },
    })
    expect([answer.status, answer.text]).toEqual([200, '{"received":true}'])
    const hook = hooks.at(-1)
    expect(hook?.body).toEqual(raw)
    expect(hook?.provider).toBe('sandbox')
    expect(hook?.headers).toMatchObject({
      'souk-signature': 't=1,v1=abc',
      'x-webhook-id': 'evt_1',
      'content-type': 'application/json; charset=utf-8',
    })
    expect(hook?.headers.cookie).toBeUndefined()
    // The service knows the call by a token of ours, not by one the sender made up.
    expect(String(hook?.headers.authorization)).toMatch(/^Bearer ey/)
  })

  it('may be anything: what it is worth is for the payment service to say', async () => {
    for (const [type, raw] of [
      ['application/x-www-form-urlencoded', 'a=1&b=4242424242424242'],
      ['text/plain', 'hello'],
      ['application/json', '{broken'],
    ]) {
      const answer = await gateway.ask('/webhooks/payments/stripe', {
        raw: raw ?? '',
        headers: { 'content-type': type ?? '', authorization: 'Basic YTpi' },
      })
      expect([answer.status, answer.text]).toEqual([400, '{"error":"bad signature"}'])
      expect(hooks.at(-1)?.body.toString()).toBe(raw)
    }
  })

  it('above 1 MB, or by GET, is refused', async () => {
    const before = hooks.length
    expect((await gateway.ask('/webhooks/payments/sandbox', { raw: 'x'.repeat(1_100_000) })).status).toBe(413)
    expect((await gateway.ask('/webhooks/payments/sandbox')).status).toBe(405)
    expect(hooks.length).toBe(before)
  })
})
