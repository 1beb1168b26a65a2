import { execFile } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { nobody } from '@souk/testing/service-harness'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type ProductHarness, startProductHarness } from './harness.ts'

const run = promisify(execFile)
const script = fileURLToPath(new URL('../src/seed.ts', import.meta.url))

async function seed(url: string, demo: string): Promise<string> {
  const { stdout } = await run('node', [script], {
    env: { ...process.env, DATABASE_URL: url, SOUK_DEMO: demo },
  })
  return stdout
}

let shop: ProductHarness
beforeAll(async () => {
  shop = await startProductHarness()
})
afterAll(async () => await shop.stop())

describe('the seed', () => {
  it('fills an empty shop when a demo is wanted, once, in one line', async () => {
    const url = shop.service.env.DATABASE_URL
    expect(await seed(url, '0')).toMatch(/^product: no demo catalogue wanted.*\n$/)
    expect((await shop.service.as(nobody).product.list.query({})).total).toBe(0)
    expect(await seed(url, '1')).toMatch(/^product: 57 demo products .*\n$/)
    const before = await shop.fingerprint()
    expect(await seed(url, '1')).toBe('product: the shop has its catalogue already\n')
    expect(await shop.fingerprint()).toBe(before)
  })

  it('gives every product variants, pictures, neighbours and stock, and tells inventory', async () => {
    const visitor = shop.service.as(nobody)
    const { items, total, facets } = await visitor.product.list.query({ limit: 100 })
    expect(total).toBe(57)
    expect(items.flatMap((product) => product.variants)).toHaveLength(162)
    expect(items.flatMap((product) => product.images)).toHaveLength(135)
    expect(items.filter((product) => product.related.length === 0)).toEqual([])
    expect(facets.categories.map((category) => category.slug)).toEqual([
      'tableware',
      'kitchen',
      'lighting',
      'furniture',
      'vases-planters',
      'living-desk',
    ])
    const plate = await visitor.product.get.query({ idOrSlug: 'harbour-plate' })
    expect(plate).toMatchObject({ createdAt: '2026-02-06T13:27:00.000Z', dimensions: { w: 272, unit: 'mm' } })
    expect(plate.variants.find((each) => each.sku === 'SK-HARPLA-TID-SIDE')).toMatchObject({
      options: { colour: 'tide', size: 'side-21' },
      optionsLabel: 'Tide / Side, 21 cm',
      price: { amount: 1600, currency: 'EUR' },
      available: false,
    })
    expect(plate.variants.find((each) => each.sku === 'SK-HARPLA-TID-DINNER')).toMatchObject({ lowStock: 1 })
    const weightOf = (sku: string) => plate.variants.find((each) => each.sku === sku)?.weightGrams
    expect([weightOf('SK-HARPLA-TID-SIDE'), weightOf('SK-HARPLA-TID-DINNER')]).toEqual([430, 690])
    const events = await shop.events(plate.id)
    expect(events).toHaveLength(1)
    expect(events[0]).toMatchObject({ name: 'product.created', aggregate_version: 1 })
    expect(events[0]?.payload).toMatchObject({
      variants: expect.arrayContaining([
        expect.objectContaining({ sku: 'SK-HARPLA-OAT-DINNER', initialStock: 66 }),
      ]),
    })
    const [image] = plate.images
    const response = await fetch(`${shop.service.running.url}/media/${image?.id}/720.webp`)
    expect(response.status).toBe(200)
  })

  it.each([
    ['stonewear mug', 'tarn-mug'],
    ['linen cushon', 'still-linen-cushion'],
  ])('makes %j find %s', async (q, slug) => {
    const { items } = await shop.service.as(nobody).product.list.query({ q })
    expect(items.map((product) => product.slug)).toContain(slug)
  })
})
