import { newId } from '@souk/kernel/id'
import { nobody, person } from '@souk/testing/service-harness'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type ProductHarness, productInput, refusal, sku, startProductHarness, variant } from './harness.ts'

let shop: ProductHarness
beforeAll(async () => {
  shop = await startProductHarness()
})
afterAll(async () => await shop.stop())

const eur = (amount: number) => ({ amount, currency: 'EUR' as const })

describe('a new product', () => {
  it('is there for everyone at once, with codes, names and the stock it begins with', async () => {
    const category = await shop.category('Slow Tableware')
    const first = sku()
    const created = await shop.staff.product.create.mutate({
      name: 'Crème Bowl',
      description: 'Deep enough for soup.',
      category: 'slow-tableware',
      price: eur(2400),
      compareAtPrice: eur(3000),
      variants: [
        { sku: first, options: { colour: 'Night Sky', size: 'L' }, stock: 3 },
        variant({ colour: 'Night Sky', size: 'Xl' }, { price: eur(2900) }),
      ],
    })
    expect(created).toMatchObject({
      slug: 'creme-bowl',
      category: { slug: 'slow-tableware', name: 'Slow Tableware' },
      price: eur(2400),
      compareAtPrice: eur(3000),
      taxClass: 'standard',
      colours: [{ slug: 'night-sky', name: 'Night Sky', family: 'grey' }],
      available: true,
      rating: null,
      version: 1,
    })
    expect(created.options).toEqual([
      { code: 'colour', name: 'Colour', values: [{ code: 'night-sky', name: 'Night Sky' }] },
      {
        code: 'size',
        name: 'Size',
        values: [
          { code: 'l', name: 'L' },
          { code: 'xl', name: 'Xl' },
        ],
      },
    ])
    expect(created.variants).toMatchObject([
      {
        sku: first,
        options: { colour: 'night-sky', size: 'l' },
        optionsLabel: 'Night Sky / L',
        price: eur(2400),
        available: true,
        lowStock: 3,
      },
      { optionsLabel: 'Night Sky / Xl', price: eur(2900), available: false, lowStock: null },
    ])
    const visitor = shop.service.as(nobody)
    expect(await visitor.product.get.query({ idOrSlug: 'creme-bowl' })).toEqual(created)
    expect(await visitor.product.get.query({ idOrSlug: created.id })).toEqual(created)
    const { items } = await visitor.category.list.query()
    expect(items.find((item) => item.id === category.id)).toMatchObject({ productCount: 1 })
  })

  it('is announced with what each variant begins with', async () => {
    const created = await shop.product({
      variants: [variant({ size: 's' }, { stock: 7 }), variant({ size: 'm' })],
    })
    expect(await shop.events(created.id)).toEqual([
      {
        name: 'product.created',
        aggregate_id: created.id,
        aggregate_version: 1,
        payload: {
          productId: created.id,
          slug: created.slug,
          name: created.name,
          variants: [
            { variantId: created.variants[0]?.id, sku: created.variants[0]?.sku, initialStock: 7 },
            { variantId: created.variants[1]?.id, sku: created.variants[1]?.sku, initialStock: 0 },
          ],
        },
      },
    ])
  })

  it('gets an address of its own when its name is not the first, but never one that was asked for', async () => {
    const name = `Echo ${newId().slice(-6)}`
    const slugs = [await shop.product({ name }), await shop.product({ name }), await shop.product({ name })]
    const base = slugs[0]?.slug
    expect(slugs.map((product) => product.slug)).toEqual([base, `${base}-2`, `${base}-3`])
    expect(await refusal(shop.product({ slug: base }))).toMatchObject({
      code: 'CONFLICT',
      reason: 'slug_taken',
    })
    expect((await shop.product({ name: '陶器' })).slug).toMatch(/^product(-\d+)?$/)
  })

  it('cannot take the SKU of another, in whatever case, and is told which', async () => {
    const taken = sku()
    const { category } = await shop.product({ variants: [{ sku: taken, options: {} }] })
    const before = await shop.fingerprint()
    for (const spelling of [taken, taken.toLowerCase()]) {
      const input = productInput(category.slug, { variants: [{ sku: spelling, options: {} }] })
      const call = shop.staff.product.create.mutate(input)
      await expect(call).rejects.toMatchObject({
        code: 'CONFLICT',
        message: expect.stringContaining(taken),
        details: { reason: 'sku_taken', sku: taken },
      })
    }
    expect(await shop.fingerprint()).toBe(before)
  })

  it('is made once by two requests that arrive together with one key', async () => {
    const { slug } = await shop.category()
    const input = productInput(slug)
    const actor = person('staff')
    const idempotencyKey = newId()
    const both = await Promise.all(
      [1, 2].map(async () => await shop.service.as(actor, { idempotencyKey }).product.create.mutate(input)),
    )
    expect(both[1]).toEqual(both[0])
    expect(await shop.events(both[0]?.id ?? '')).toHaveLength(1)
    const other = shop.service
      .as(actor, { idempotencyKey })
      .product.create.mutate({ ...input, name: 'Other' })
    expect(await refusal(other)).toMatchObject({ code: 'CONFLICT', reason: 'idempotency_conflict' })
  })

  it('whose id the caller gave is made once, and another body under that id is refused', async () => {
    const { slug } = await shop.category()
    const input = { ...productInput(slug), id: newId() }
    const first = await shop.staff.product.create.mutate(input)
    expect(first.id).toBe(input.id)
    expect(await shop.staff.product.create.mutate(input)).toEqual(first)
    expect(await refusal(shop.staff.product.create.mutate({ ...input, name: 'Other' }))).toMatchObject({
      reason: 'idempotency_conflict',
    })
    const stranger = shop.service.as(person('staff')).product.create.mutate({
      ...productInput(slug),
      id: input.id,
    })
    expect(await refusal(stranger)).toMatchObject({ code: 'CONFLICT', reason: 'id_taken' })
  })

  it('of twenty with one SKU at the same moment is one', async () => {
    const { slug } = await shop.category()
    const wanted = sku()
    const outcomes = await Promise.allSettled(
      Array.from({ length: 20 }, async () => {
        const input = productInput(slug, { name: 'Race', variants: [{ sku: wanted, options: {} }] })
        return await shop.staff.product.create.mutate(input)
      }),
    )
    expect(outcomes.filter((outcome) => outcome.status === 'fulfilled')).toHaveLength(1)
    for (const outcome of outcomes) {
      if (outcome.status === 'rejected') {
        expect(outcome.reason).toMatchObject({ code: 'CONFLICT', details: { reason: 'sku_taken' } })
      }
    }
  })

  it('of twenty with one name at the same moment has an address of its own each', async () => {
    const { slug } = await shop.category()
    const name = `Rush ${newId().slice(-6)}`
    const all = await Promise.all(
      Array.from(
        { length: 20 },
        async () => await shop.staff.product.create.mutate(productInput(slug, { name })),
      ),
    )
    expect(new Set(all.map((product) => product.slug)).size).toBe(20)
  })
})
