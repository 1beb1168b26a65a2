import { request as httpRequest } from 'node:http'
import { brotliDecompressSync, gunzipSync } from 'node:zlib'
import { notFound } from '@souk/kernel/errors'
import { newId } from '@souk/kernel/id'
import { until } from '@souk/testing/until'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { startTestGateway, type TestGateway } from './harness.ts'
import { publish } from './publish.ts'
import { product, productList } from './samples.ts'

let gateway: TestGateway
beforeAll(async () => {
  gateway = await startTestGateway()
})
afterAll(async () => await gateway?.stop())

/** What the product service has; every answer is made from it. */
let shelf = new Map<string, ReturnType<typeof product>>()
beforeEach(() => {
  shelf = new Map()
  gateway.neighbours.product.answer({
    'product.list': () => productList([...shelf.values()]),
    'product.get': ({ idOrSlug }) => {
      const found = [...shelf.values()].find(({ id, slug }) => id === idOrSlug || slug === idOrSlug)
      if (!found) throw notFound('product')
      return found
    },
  })
})

function stocked(name = 'Harbour mug') {
  const one = product({ name })
  shelf.set(one.id, one)
  return one
}
const loads = () => gateway.neighbours.product.calls.length
/** A question that nobody asked before. */
const fresh = () => `/api/v1/products?q=${newId()}`
const trpcGet = (idOrSlug: string) =>
  `/trpc/product.get?input=${encodeURIComponent(JSON.stringify({ idOrSlug }))}`

describe('a public read', () => {
  it('is loaded once and answered from memory after that', async () => {
    const { slug } = stocked()
    const before = loads()
    const first = await gateway.ask(`/api/v1/products/${slug}`)
    expect(first.json).toMatchObject({ slug, price: { amount: 1900, currency: 'EUR' } })
    for (let index = 0; index < 5; index += 1) {
      const again = await gateway.ask(`/api/v1/products/${slug}`)
      expect(again.text).toBe(first.text)
    }
    expect(loads()).toBe(before + 1)
  })

  it('asked a hundred times at once is loaded once', async () => {
    stocked()
    let release: (() => void) | undefined
    const held = new Promise<void>((resolve) => {
      release = resolve
    })
    gateway.neighbours.product.answer({
      'product.list': async () => {
        await held
        return productList([...shelf.values()])
      },
    })
    const before = loads()
    const path = fresh()
    const asking = Array.from({ length: 100 }, async () => await gateway.ask(path))
    await until('the first question has arrived', () => loads() > before)
    release?.()
    const answers = await Promise.all(asking)
    expect(loads()).toBe(before + 1)
    expect(new Set(answers.map(({ text }) => text)).size).toBe(1)
    expect(answers.every(({ status }) => status === 200)).toBe(true)
  })

  it('is the same for everybody, and says so', async () => {
    stocked()
    const path = fresh()
    const token = await gateway.tokenFor({ roles: ['owner'] })
    const [guest, owner] = [await gateway.ask(path), await gateway.ask(path, { token })]
    expect(owner.text).toBe(guest.text)
    expect(guest.headers.get('cache-control')).toBe(
      'public, max-age=0, s-maxage=5, stale-while-revalidate=30',
    )
    expect(guest.headers.get('vary')).toBe('accept-encoding, origin')
    expect(guest.headers.get('x-content-type-options')).toBe('nosniff')
    // Whoever asked first, the service was asked as nobody.
    expect(gateway.neighbours.product.calls.at(-1)?.actor).toEqual({ kind: 'anonymous' })
  })

  it('comes in the encoding that was asked for, with a validator of its own', async () => {
    for (let index = 0; index < 5; index += 1) stocked()
    const path = fresh()
    const [plain, gzip, brotli] = [
      await raw(path, {}),
      await raw(path, { 'accept-encoding': 'gzip' }),
      await raw(path, { 'accept-encoding': 'gzip, br' }),
    ]
    expect(plain.headers['content-encoding']).toBeUndefined()
    expect(gzip.headers['content-encoding']).toBe('gzip')
    expect(brotli.headers['content-encoding']).toBe('br')
    expect(gunzipSync(gzip.body)).toEqual(plain.body)
    expect(brotliDecompressSync(brotli.body)).toEqual(plain.body)
    expect(new Set([plain, gzip, brotli].map(({ headers }) => headers.etag)).size).toBe(3)
    expect(brotli.body.length).toBeLessThan(plain.body.length / 3)
  })

  it('is answered 304 to who has it already', async () => {
    stocked()
    const path = fresh()
    const etag = String((await raw(path, { 'accept-encoding': 'gzip' })).headers.etag)
    for (const asked of [etag, `W/${etag}`, `"x", ${etag}`, '*']) {
      const answer = await raw(path, { 'accept-encoding': 'gzip', 'if-none-match': asked })
      expect([answer.status, answer.body.length, answer.headers.etag]).toEqual([304, 0, etag])
      expect(answer.headers['content-length']).toBeUndefined()
    }
    expect((await raw(path, { 'if-none-match': '"another"' })).status).toBe(200)
  })

  it('answers HEAD with the same headers and no body', async () => {
    stocked()
    const path = fresh()
    const [get, head] = [await raw(path, {}), await raw(path, {}, 'HEAD')]
    expect(head.status).toBe(200)
    expect(head.body.length).toBe(0)
    expect(head.headers['content-length']).toBe(get.headers['content-length'])
    expect(head.headers.etag).toBe(get.headers.etag)
  })

  it('names each request, by the caller’s own id when there is one', async () => {
    stocked()
    const path = fresh()
    const ids = [await gateway.ask(path), await gateway.ask(path)].map(({ headers }) =>
      headers.get('x-request-id'),
    )
    expect(new Set(ids).size).toBe(2)
    const own = await gateway.ask(path, { headers: { 'x-request-id': 'my-own-request-1' } })
    expect(own.headers.get('x-request-id')).toBe('my-own-request-1')
    const bad = await gateway.ask(path, { headers: { 'x-request-id': 'x'.repeat(500) } })
    expect(bad.headers.get('x-request-id')).toMatch(/^[0-9a-f-]{36}$/)
  })

  it('that fails is not kept', async () => {
    const slug = `late-${newId()}`
    expect((await gateway.ask(`/api/v1/products/${slug}`)).status).toBe(404)
    const one = product({ slug })
    shelf.set(one.id, one)
    expect((await gateway.ask(`/api/v1/products/${slug}`)).status).toBe(200)
    expect((await gateway.ask(`/api/v1/products?limit=1000`)).status).toBe(400)
    expect((await gateway.ask(trpcGet('missing'))).status).toBe(404)
  })

  it('is found whatever order its filters are written in', async () => {
    stocked()
    const q = newId()
    await gateway.ask(`/api/v1/products?q=${q}&inStock=true`)
    const before = loads()
    await gateway.ask(`/api/v1/products?inStock=true&q=${q}`)
    expect(loads()).toBe(before)
  })
})

describe('tRPC reads', () => {
  it('are kept as well, alone and in a batch of public ones', async () => {
    const { slug } = stocked()
    const batch = `/trpc/product.get,product.list?batch=1&input=${encodeURIComponent(
      JSON.stringify({ 0: { idOrSlug: slug }, 1: { q: newId() } }),
    )}`
    for (const path of [trpcGet(slug), batch]) {
      const first = await gateway.ask(path)
      expect(first.status).toBe(200)
      const before = loads()
      expect((await gateway.ask(path)).text).toBe(first.text)
      expect(loads()).toBe(before)
    }
    expect((await gateway.ask(trpcGet(slug))).json).toMatchObject({ result: { data: { slug } } })
  })

  it('are never kept together with something personal', async () => {
    const { slug } = stocked()
    const path = `/trpc/product.get,account.me?batch=1&input=${encodeURIComponent(
      JSON.stringify({ 0: { idOrSlug: slug } }),
    )}`
    const me = gateway.neighbours.identity
    const seen = me.callsTo('account.me').length
    for (let index = 0; index < 2; index += 1) {
      const answer = await gateway.ask(path, { token: await gateway.tokenFor({ roles: ['customer'] }) })
      expect(answer.headers.get('cache-control')).toBe('private, no-store')
    }
    expect(me.callsTo('account.me').length).toBe(seen + 2)
    // A stranger gets the public part and a refusal, never somebody's account.
    const stranger = (await gateway.ask(path)).json as unknown as { error?: { data: { code: string } } }[]
    expect(stranger[1]?.error?.data.code).toBe('UNAUTHENTICATED')
  })
})

describe('what an event changed', () => {
  it('is gone from lists and from the product itself within a second', async () => {
    const one = stocked('Old name')
    const list = fresh()
    const byId = `/api/v1/products/${one.id}`
    const paths = [list, `/api/v1/products/${one.slug}`, byId, trpcGet(one.slug)]
    for (const path of paths) expect((await gateway.ask(path)).text).toContain('Old name')
    shelf.set(one.id, { ...one, name: 'New name' })
    const { id: productId, slug } = one
    await publish(gateway.redisUrl, 'product.updated', {
      productId,
      slug,
      previousSlug: slug,
      addedVariants: [],
      removedSkus: [],
    })
    for (const path of paths) {
      await until(`${path} is new`, async () => (await gateway.ask(path)).text.includes('New name'), 2500)
    }
  })

  it('is all that is gone', async () => {
    const [one, other] = [stocked(), stocked()]
    await gateway.ask(`/api/v1/products/${one.slug}`)
    await gateway.ask(`/api/v1/products/${other.slug}`)
    const seen = (slug: string) =>
      gateway.neighbours.product
        .callsTo('product.get')
        .filter(({ input }) => JSON.stringify(input).includes(slug)).length
    const [before, otherBefore] = [seen(one.slug), seen(other.slug)]
    await publish(gateway.redisUrl, 'product.availability_changed', { productId: one.id, slug: one.slug })
    await until('the changed one is loaded anew', async () => {
      await gateway.ask(`/api/v1/products/${one.slug}`)
      return seen(one.slug) > before
    })
    await gateway.ask(`/api/v1/products/${other.slug}`)
    expect(seen(other.slug)).toBe(otherBefore)
  })

  it('is not kept from a loading that began before it', async () => {
    const one = stocked('Old name')
    const path = `/api/v1/products/${one.slug}`
    let release: (() => void) | undefined
    const held = new Promise<void>((resolve) => {
      release = resolve
    })
    const old = { ...one }
    let isFirst = true
    gateway.neighbours.product.answer({
      'product.get': async () => {
        if (!isFirst) return shelf.get(one.id) ?? old
        isFirst = false
        await held
        return old
      },
    })
    const early = gateway.ask(path)
    await until('the loading has begun', () => !isFirst)
    shelf.set(one.id, { ...one, name: 'New name' })
    await publish(gateway.redisUrl, 'product.availability_changed', { productId: one.id, slug: one.slug })
    // A reader who comes after the event does not wait for the old loading.
    await until('a later reader gets the new name', async () => {
      const later = await Promise.race([gateway.ask(path), pause(200)])
      return later?.text.includes('New name')
    })
    release?.()
    expect((await early).text).toContain('Old name')
    expect((await gateway.ask(path)).text).toContain('New name')
  })

  it('by staff through this gateway is gone before they are answered', async () => {
    const one = stocked('Old name')
    const token = await gateway.tokenFor({ roles: ['staff'] })
    const paths = [fresh(), `/api/v1/products/${one.slug}`, '/api/v1/categories']
    for (const path of paths) await gateway.ask(path)
    gateway.neighbours.product.answer({
      'product.update': () => {
        const changed = { ...one, name: 'New name' }
        shelf.set(one.id, changed)
        return changed
      },
    })
    const patched = await gateway.ask(`/api/v1/products/${one.id}`, {
      method: 'PATCH',
      body: { name: 'New name' },
      token,
    })
    expect(patched.status).toBe(200)
    const before = loads()
    expect((await gateway.ask(paths[0] ?? '')).text).toContain('New name')
    expect((await gateway.ask(paths[1] ?? '')).text).toContain('New name')
    await gateway.ask(paths[2] ?? '')
    expect(loads()).toBe(before + 3)
  })
})

async function pause(ms: number): Promise<undefined> {
  await new Promise((resolve) => setTimeout(resolve, ms))
  return undefined
}

/** Bytes and headers as they were sent: fetch would decode them. */
async function raw(path: string, headers: Record<string, string>, method = 'GET') {
  return await new Promise<{
    status: number
    headers: Record<string, string | string[] | undefined>
    body: Buffer
  }>((resolve, reject) => {
    const request = httpRequest(`${gateway.url}${path}`, { headers, method }, (response) => {
      const chunks: Buffer[] = []
      response.on('data', (chunk: Buffer) => chunks.push(chunk))
      response.on('end', () =>
        resolve({ status: response.statusCode ?? 0, headers: response.headers, body: Buffer.concat(chunks) }),
      )
    })
    request.on('error', reject)
    request.end()
  })
}
