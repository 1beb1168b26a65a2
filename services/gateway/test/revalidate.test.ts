import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { newId } from '@souk/kernel/id'
import { until } from '@souk/testing/until'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { startTestGateway, type TestGateway } from './harness.ts'
import { publish } from './publish.ts'

const secret = 'a-secret-between-gateway-and-web'
type Told = { at: number; path: string; authorization: string; tags: string[] }
const told: Told[] = []
let failures = 0
let web: Server
let gateway: TestGateway
beforeAll(async () => {
  web = createServer((request, response) => {
    let text = ''
    request.on('data', (chunk) => {
      text += chunk
    })
    request.on('end', () => {
      const isFailing = failures > 0
      failures -= 1
      if (!isFailing) {
        const { tags } = JSON.parse(text)
        told.push({
          at: Date.now(),
          path: request.url ?? '',
          authorization: request.headers.authorization ?? '',
          tags,
        })
      }
      response.writeHead(isFailing ? 500 : 200).end('{}')
    })
  })
  await new Promise<void>((resolve) => web.listen(0, '127.0.0.1', resolve))
  gateway = await startTestGateway({
    env: {
      WEB_INTERNAL_URL: `http://127.0.0.1:${(web.address() as AddressInfo).port}`,
      REVALIDATE_SECRET: secret,
    },
  })
  await until('the first word after connecting', () => told.length > 0)
})
afterAll(async () => {
  await gateway?.stop()
  web.close()
})
beforeEach(() => {
  told.length = 0
  failures = 0
})

const changed = async (slug: string) =>
  await publish(gateway.redisUrl, 'product.availability_changed', { productId: newId(), slug })
const tags = () => told.flatMap((one) => one.tags)

describe('the storefront', () => {
  it('is told of a category that is new or has another name', async () => {
    const category = { categoryId: newId(), slug: 'tableware', name: 'At the table' }
    await publish(gateway.redisUrl, 'category.created', category)
    await until('it was told of the new one', () => tags().includes('categories'), 2000)
    expect(tags()).toEqual(['categories'])
    await publish(gateway.redisUrl, 'category.renamed', category)
    await until('it was told of the name', () => tags().includes('category-names'), 2000)
    expect(tags()).toEqual(expect.arrayContaining(['categories', 'products', 'category-names']))
  })

  it('is told what changed, with the secret', async () => {
    await publish(gateway.redisUrl, 'product.updated', {
      productId: newId(),
      slug: 'new-name',
      previousSlug: 'old-name',
      addedVariants: [],
      removedSkus: [],
    })
    await until('it was told', () => told.length > 0, 2000)
    expect(told[0]).toMatchObject({ path: '/api/revalidate', authorization: `Bearer ${secret}` })
    expect(tags().sort()).toEqual(['categories', 'product:new-name', 'product:old-name', 'products'])
  })

  it('is told of many changes in few words', async () => {
    await Promise.all(Array.from({ length: 40 }, async (_, index) => await changed(`mug-${index}`)))
    await until('all are told', () => new Set(tags()).size === 41)
    // At most one word per quarter of a second, however long the changes took to arrive.
    const span = (told.at(-1)?.at ?? 0) - (told[0]?.at ?? 0)
    expect(told.length).toBeLessThanOrEqual(2 + Math.ceil(span / 250))
  })

  it('that fails is told again', async () => {
    failures = 2
    await changed('harbour-mug')
    await until('it was told after all', () => tags().includes('product:harbour-mug'))
  })

  it('hears nothing of orders', async () => {
    await publish(gateway.redisUrl, 'order.processing', { orderId: newId(), number: 'S-1', userId: null })
    await changed('after-the-order')
    await until('the later change is told', () => tags().includes('product:after-the-order'))
    expect(new Set(tags())).toEqual(new Set(['product:after-the-order', 'products']))
  })

  it('that is not there harms nobody', async () => {
    const alone = await startTestGateway({
      env: { WEB_INTERNAL_URL: 'http://127.0.0.1:9', REVALIDATE_SECRET: secret },
    })
    await publish(alone.redisUrl, 'product.availability_changed', { productId: newId(), slug: 'mug' })
    expect((await alone.ask('/api/v1/products')).status).toBe(200)
    await alone.stop()
  })
})
