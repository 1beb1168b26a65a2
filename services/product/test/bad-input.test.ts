import { newId } from '@souk/kernel/id'
import { person } from '@souk/testing/service-harness'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Product } from '../src/contract.ts'
import { type ProductHarness, productInput, refusal, startProductHarness, variant } from './harness.ts'

let shop: ProductHarness
let product: Product
beforeAll(async () => {
  shop = await startProductHarness()
  product = await shop.product()
})
afterAll(async () => await shop.stop())

const long = 'x'.repeat(10_240)
const eur = (amount: unknown) => ({ amount, currency: 'EUR' })

/** What the body is made by and the path that the refusal must name. */
const badProducts: [string, Record<string, unknown>, string][] = [
  ['a name of another type', { name: 7 }, 'name'],
  ['no name', { name: undefined }, 'name'],
  ['a blank name', { name: '   ' }, 'name'],
  ['a name of 10 kB', { name: long }, 'name'],
  ['a name with NUL', { name: 'a\u0000b' }, 'name'],
  ['half a character', { description: '\ud83d' }, 'description'],
  ['a description of 10 kB', { description: long }, 'description'],
  ['an extra field', { isAdmin: true }, ''],
  ['an operator for a name', { name: { contains: '' } }, 'name'],
  ['an unknown category', { category: 'no-such-shelf' }, 'category'],
  ['a category that is no slug', { category: '../etc' }, 'category'],
  ['an operator for a category', { category: { not: '' } }, 'category'],
  ['a price below zero', { price: eur(-1) }, 'price.amount'],
  ['a fraction of a cent', { price: eur(19.5) }, 'price.amount'],
  ['a price of 2^53', { price: eur(2 ** 53) }, 'price.amount'],
  ['a price as text', { price: eur('1900') }, 'price.amount'],
  ['a price in another currency', { price: { amount: 1, currency: 'USD' } }, 'price.currency'],
  ['a former price below the price', { compareAtPrice: eur(10) }, 'compareAtPrice'],
  ['a weight of 2^31', { weightGrams: 2 ** 31 }, 'weightGrams'],
  ['a weight below zero', { weightGrams: -1 }, 'weightGrams'],
  [
    'a variant that weighs less than nothing',
    { variants: [{ sku: 'A-1', options: {}, weightGrams: -1 }] },
    'variants.0.weightGrams',
  ],
  ['a slug with a path', { slug: '../admin' }, 'slug'],
  ['a tax class of its own', { taxClass: 'none' }, 'taxClass'],
  ['no variants', { variants: [] }, 'variants'],
  [
    '101 variants',
    { variants: Array.from({ length: 101 }, (_, n) => variant({ size: `s${n}` })) },
    'variants',
  ],
  ['a SKU with a space', { variants: [{ sku: 'A 1', options: {} }] }, 'variants.0.sku'],
  ['a SKU of 10 kB', { variants: [{ sku: long, options: {} }] }, 'variants.0.sku'],
  ['a stock of 2^31', { variants: [variant({}, { stock: 2 ** 31 })] }, 'variants.0.stock'],
  ['a stock below zero', { variants: [variant({}, { stock: -1 })] }, 'variants.0.stock'],
  ['four options', { variants: [variant({ a: '1', b: '2', c: '3', d: '4' })] }, 'variants.0.options'],
  ['an option with a strange name', { variants: [variant({ 'a b': '1' })] }, 'variants.0.options.a b'],
  [
    'a colour without hex',
    { colours: [{ slug: 'oat', name: 'Oat', family: 'white', hex: 'red' }] },
    'colours.0.hex',
  ],
  ['an id that is none', { id: 'not-an-id' }, 'id'],
  ['an id of version 4', { id: '7f1e1d9c-6f0b-4b6c-9a8e-0d2f6b1c3a4d' }, 'id'],
]

describe('a new product with', () => {
  it.each(badProducts)('%s is refused by path and writes nothing', async (_what, over, path) => {
    const before = await shop.fingerprint()
    const input = { ...productInput(product.category.slug), ...over }
    const refused = await refusal(shop.staff.product.create.mutate(input as never))
    expect(refused.code).toBe('INVALID_INPUT')
    expect(refused.paths).toContain(path)
    expect(await shop.fingerprint()).toBe(before)
  })
})

const badEdits: [string, Record<string, unknown>, string][] = [
  ['an extra field', { version: 9 }, ''],
  ['a version below zero', { expectedVersion: -1 }, 'expectedVersion'],
  ['a version that is text', { expectedVersion: '1' }, 'expectedVersion'],
  ['no variants left', { variants: [] }, 'variants'],
  ['an unknown category', { category: 'no-such-shelf' }, 'category'],
  ['a picture that is not there', { images: [{ id: newId(), alt: '', colour: null }] }, 'images.0.id'],
  ['a picture as an operator', { images: { set: [] } }, 'images'],
  ['a price as an operator', { price: { increment: 1 } }, 'price.amount'],
]

describe('an edit with', () => {
  it.each(badEdits)('%s is refused by path and writes nothing', async (_what, over, path) => {
    const before = await shop.fingerprint()
    const refused = await refusal(shop.staff.product.update.mutate({ id: product.id, ...over } as never))
    expect(refused.code).toBe('INVALID_INPUT')
    expect(refused.paths).toContain(path)
    expect(await shop.fingerprint()).toBe(before)
  })
})

describe('an unknown id', () => {
  it('is answered alike by every verb', async () => {
    const id = newId()
    const { get, update, remove } = shop.staff.product
    expect(await refusal(get.query({ idOrSlug: id }))).toMatchObject({ code: 'NOT_FOUND' })
    expect(await refusal(get.query({ idOrSlug: "x' or 1=1" }))).toMatchObject({ code: 'NOT_FOUND' })
    expect(await refusal(update.mutate({ id, name: 'X' }))).toMatchObject({ code: 'NOT_FOUND' })
    expect(await refusal(remove.mutate({ id }))).toMatchObject({ code: 'NOT_FOUND' })
  })
})

const badLists: [string, Record<string, unknown>, string][] = [
  ['an operator for a text', { q: { contains: '' } }, 'q'],
  ['an operator for a category', { category: { not: '' } }, 'category'],
  ['an operator among colours', { colour: [{ startsWith: '' }] }, 'colour.0'],
  ['21 colours', { colour: Array(21).fill('oat') }, 'colour'],
  ['a text of 10 kB', { q: long }, 'q'],
  ['a price of 2^53', { minPrice: 2 ** 53 }, 'minPrice'],
  ['a price below zero', { maxPrice: -1 }, 'maxPrice'],
  ['a limit of zero', { limit: 0 }, 'limit'],
  ['a limit of 101', { limit: 101 }, 'limit'],
  ['a sort of its own', { sort: 'id; drop table product' }, 'sort'],
  ['an extra filter', { where: {} }, ''],
  ['a cursor of 10 kB', { cursor: long }, 'cursor'],
]

describe('a list with', () => {
  it.each(badLists)('%s is refused by path', async (_what, input, path) => {
    const refused = await refusal(shop.staff.product.list.query(input as never))
    expect(refused.code).toBe('INVALID_INPUT')
    expect(refused.paths).toContain(path)
  })
})

describe('a category with', () => {
  it.each<[string, Record<string, unknown>, string]>([
    ['no name', {}, 'name'],
    ['a name of 10 kB', { name: long }, 'name'],
    ['a slug that is none', { name: 'X', slug: 'A B' }, 'slug'],
    ['an extra field', { name: 'X', position: 1 }, ''],
  ])('%s is refused by path', async (_what, input, path) => {
    const before = await shop.fingerprint()
    const refused = await refusal(shop.staff.category.create.mutate(input as never))
    expect(refused.paths).toContain(path)
    expect(await shop.fingerprint()).toBe(before)
  })
})

describe('a body that is none', () => {
  it('is answered 4xx without a word of our inside', async () => {
    const token = await shop.service.tokenFor(person('staff'))
    const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' }
    const polluting = '{"variants":[{"sku":"P-1","options":{"__proto__":"x"}}]}'
    const bodies = ['{"name":', '[]', '"text"', 'null', '7', '', polluting, `"${'x'.repeat(1_100_000)}"`]
    for (const body of bodies) {
      const response = await fetch(`${shop.service.running.url}/rpc/product.create`, {
        method: 'POST',
        headers,
        body,
      })
      expect(response.status, body.slice(0, 60)).toBe(body.length > 1_000_000 ? 413 : 400)
      expect(await response.json()).toMatchObject({ error: { data: { code: 'INVALID_INPUT' } } })
    }
  })
})
