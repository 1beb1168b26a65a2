import { newId } from '@souk/kernel/id'
import { nobody, person, serviceActor } from '@souk/testing/service-harness'
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

describe('an edit', () => {
  it('changes what it names, raises the version and says what came and went', async () => {
    const created = await shop.product({
      variants: [variant({ colour: 'Oat' }, { stock: 4 }), variant({ colour: 'Rust' })],
    })
    const [oat, rust] = created.variants
    const added = sku()
    const edited = await shop.staff.product.update.mutate({
      id: created.id,
      slug: `${created.slug}-new`,
      price: eur(2100),
      variants: [
        { sku: oat?.sku.toLowerCase() ?? '', options: { colour: 'oat' }, stock: 500 },
        { sku: added, options: { colour: 'Ink' }, stock: 9, price: eur(2500) },
      ],
      expectedVersion: created.version,
    })
    expect(edited).toMatchObject({ slug: `${created.slug}-new`, name: created.name, version: 2 })
    expect(edited.variants.map((each) => [each.sku, each.id, each.price.amount, each.lowStock])).toEqual([
      [oat?.sku, oat?.id, 2100, 4],
      [added, expect.any(String), 2500, null],
    ])
    expect(edited.colours.map((colour) => colour.slug)).toEqual(['oat', 'ink'])
    expect((await shop.events(created.id)).at(-1)).toEqual({
      name: 'product.updated',
      aggregate_id: created.id,
      aggregate_version: 2,
      payload: {
        productId: created.id,
        slug: edited.slug,
        previousSlug: created.slug,
        addedVariants: [{ variantId: edited.variants[1]?.id, sku: added, initialStock: 9 }],
        removedSkus: [rust?.sku],
      },
    })
    expect(await refusal(shop.staff.product.get.query({ idOrSlug: created.slug }))).toMatchObject({
      code: 'NOT_FOUND',
    })
  })

  it('against an older version changes nothing and names the newer one', async () => {
    const created = await shop.product()
    await shop.staff.product.update.mutate({ id: created.id, name: 'Second', expectedVersion: 1 })
    const before = await shop.fingerprint()
    const late = shop.staff.product.update.mutate({ id: created.id, name: 'Third', expectedVersion: 1 })
    await expect(late).rejects.toMatchObject({
      code: 'CONFLICT',
      details: { reason: 'version_conflict', currentVersion: 2 },
    })
    expect(await shop.fingerprint()).toBe(before)
  })

  it('of several against one version is one', async () => {
    const created = await shop.product()
    const outcomes = await Promise.allSettled(
      Array.from(
        { length: 8 },
        async (_, index) =>
          await shop.staff.product.update.mutate({
            id: created.id,
            name: `Edit ${index}`,
            expectedVersion: created.version,
          }),
      ),
    )
    expect(outcomes.filter((outcome) => outcome.status === 'fulfilled')).toHaveLength(1)
    expect(await shop.events(created.id)).toHaveLength(2)
  })

  it('of several products for one new SKU is one', async () => {
    const { slug } = await shop.category()
    const products = [1, 2, 3, 4, 5].map(async () => await shop.product({ category: slug }))
    const variants = [variant({ colour: 'Oat' })]
    const outcomes = await Promise.allSettled(
      (await Promise.all(products)).map(
        async ({ id }) => await shop.staff.product.update.mutate({ id, variants }),
      ),
    )
    expect(outcomes.filter((outcome) => outcome.status === 'fulfilled')).toHaveLength(1)
    for (const outcome of outcomes) {
      if (outcome.status === 'rejected') {
        expect(outcome.reason).toMatchObject({ code: 'CONFLICT', details: { reason: 'sku_taken' } })
      }
    }
  })

  it('that changes only the price moves the variants that follow it, and the place in the list', async () => {
    const created = await shop.product({
      price: eur(5000),
      variants: [variant({ size: 's' }, { price: eur(4000) }), variant({ size: 'm' })],
    })
    const edited = await shop.staff.product.update.mutate({ id: created.id, price: eur(3000) })
    expect(edited.variants.map((each) => each.price.amount)).toEqual([4000, 3000])
    const found = await shop.staff.product.list.query({ category: created.category.slug, maxPrice: 3000 })
    expect(found.items.map((item) => item.id)).toEqual([created.id])
  })

  it('may swap the options of two variants', async () => {
    const created = await shop.product({ variants: [variant({ size: 's' }), variant({ size: 'l' })] })
    const [small, large] = created.variants.map((each) => each.sku)
    const edited = await shop.staff.product.update.mutate({
      id: created.id,
      variants: [
        { sku: small ?? '', options: { size: 'l' } },
        { sku: large ?? '', options: { size: 's' } },
      ],
    })
    expect(edited.variants.map((each) => [each.sku, each.options.size])).toEqual([
      [small, 'l'],
      [large, 's'],
    ])
  })

  it('of colours alone renames them and leaves variants with their own prices', async () => {
    const created = await shop.product({
      variants: [variant({ colour: 'Moss' }, { price: eur(700), barcode: '20000001' })],
    })
    const edited = await shop.staff.product.update.mutate({
      id: created.id,
      colours: [{ slug: 'moss', name: 'Deep moss', family: 'green', hex: '#5D6446' }],
    })
    expect(edited.colours).toEqual([{ slug: 'moss', name: 'Deep moss', family: 'green', hex: '#5d6446' }])
    expect(edited.variants).toMatchObject([
      { id: created.variants[0]?.id, optionsLabel: 'Deep moss', price: eur(700), barcode: '20000001' },
    ])
    const found = await shop.staff.product.list.query({
      category: created.category.slug,
      colour: ['green'],
    })
    expect(found.total).toBe(1)
  })

  it('cannot take the SKU or the address of another product', async () => {
    const other = await shop.product()
    const created = await shop.product()
    const before = await shop.fingerprint()
    const taken = other.variants[0]?.sku ?? ''
    const update = shop.staff.product.update
    expect(
      await refusal(update.mutate({ id: created.id, variants: [{ sku: taken, options: {} }] })),
    ).toMatchObject({ code: 'CONFLICT', reason: 'sku_taken' })
    expect(await refusal(update.mutate({ id: created.id, slug: other.slug }))).toMatchObject({
      code: 'CONFLICT',
      reason: 'slug_taken',
    })
    expect(await shop.fingerprint()).toBe(before)
  })

  it('repeated with its key is one edit', async () => {
    const created = await shop.product()
    const actor = person('owner')
    const client = shop.service.as(actor, { idempotencyKey: newId() })
    const first = await client.product.update.mutate({ id: created.id, name: 'Once' })
    expect(await client.product.update.mutate({ id: created.id, name: 'Once' })).toEqual(first)
    expect(await shop.events(created.id)).toHaveLength(2)
  })
})

describe('a removed product', () => {
  it('is gone from every answer, says which SKUs ended, and gives them and its address back', async () => {
    const created = await shop.product()
    const ended = created.variants[0]?.sku ?? ''
    expect(await shop.staff.product.remove.mutate({ id: created.id })).toEqual({ id: created.id })
    expect((await shop.events(created.id)).at(-1)).toMatchObject({
      name: 'product.removed',
      aggregate_version: 2,
      payload: { productId: created.id, slug: created.slug, skus: [ended] },
    })
    const order = shop.service.as(serviceActor('order'))
    expect(await order.product.quote.query({ skus: [ended] })).toEqual({ variants: [] })
    expect(await refusal(shop.staff.product.get.query({ idOrSlug: created.id }))).toMatchObject({
      code: 'NOT_FOUND',
    })
    expect(await refusal(shop.staff.product.get.query({ idOrSlug: created.slug }))).toMatchObject({
      code: 'NOT_FOUND',
    })
    expect(await refusal(shop.staff.product.remove.mutate({ id: created.id }))).toMatchObject({
      code: 'NOT_FOUND',
    })
    expect((await shop.staff.product.list.query({ category: created.category.slug })).total).toBe(0)
    const again = await shop.product({
      slug: created.slug,
      category: created.category.slug,
      variants: [{ sku: ended, options: {} }],
    })
    expect(again.id).not.toBe(created.id)
  })
})

describe('who may write', () => {
  it('is staff and owners, and nobody else', async () => {
    const created = await shop.product()
    const input = productInput(created.category.slug)
    const before = await shop.fingerprint()
    const strangers = [
      [nobody, 'UNAUTHENTICATED'],
      [person('customer'), 'FORBIDDEN'],
      [serviceActor('order'), 'FORBIDDEN'],
    ] as const
    for (const [actor, code] of strangers) {
      const { product, category, operations } = shop.service.as(actor)
      expect(await refusal(product.create.mutate(input))).toMatchObject({ code })
      expect(await refusal(product.update.mutate({ id: created.id, name: 'Mine' }))).toMatchObject({ code })
      expect(await refusal(product.remove.mutate({ id: created.id }))).toMatchObject({ code })
      expect(await refusal(category.create.mutate({ name: 'Mine' }))).toMatchObject({ code })
      expect(await refusal(operations.overview.query())).toMatchObject({ code })
    }
    expect(await shop.fingerprint()).toBe(before)
  })
})

describe('a category', () => {
  it('gets an address from its name, and a taken one is refused', async () => {
    const name = `Vases & Planters ${newId().slice(-6)}`
    const first = await shop.category(name)
    const second = await shop.category(name)
    expect(second.slug).toBe(`${first.slug}-2`)
    expect(await refusal(shop.staff.category.create.mutate({ name, slug: first.slug }))).toMatchObject({
      code: 'CONFLICT',
      reason: 'slug_taken',
    })
  })
})
