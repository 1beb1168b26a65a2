import { newId } from '@souk/kernel/id'
import { person } from '@souk/testing/service-harness'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type ProductHarness, refusal, sku, startProductHarness, variant } from './harness.ts'

let shop: ProductHarness
beforeAll(async () => {
  shop = await startProductHarness()
})
afterAll(async () => await shop.stop())

const eur = (amount: number) => ({ amount, currency: 'EUR' as const })

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

  it('keeps the weight of a variant that it does not name, and follows the product again when told so', async () => {
    const created = await shop.product({
      weightGrams: 300,
      variants: [variant({ size: 's' }), variant({ size: 'l' }, { weightGrams: 900 })],
    })
    const [small, large] = created.variants
    const edit = async (weightGrams?: null) => {
      const { variants } = await shop.staff.product.update.mutate({
        id: created.id,
        weightGrams: 350,
        variants: [
          { sku: small?.sku ?? '', options: { size: 's' } },
          { sku: large?.sku ?? '', options: { size: 'l' }, ...(weightGrams === null ? { weightGrams } : {}) },
        ],
      })
      return variants.map((each) => each.weightGrams)
    }
    expect(created.variants.map((each) => each.weightGrams)).toEqual([300, 900])
    expect(await edit()).toEqual([350, 900])
    expect(await edit(null)).toEqual([350, 350])
    const lighter = await shop.staff.product.update.mutate({
      id: created.id,
      variants: [{ sku: small?.sku ?? '', options: { size: 's' }, weightGrams: 120 }],
    })
    const { variants } = await shop.staff.product.update.mutate({ id: lighter.id, colours: [] })
    expect(variants.map((each) => each.weightGrams)).toEqual([120])
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
