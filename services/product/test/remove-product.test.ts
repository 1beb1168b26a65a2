import { nobody, person, serviceActor } from '@souk/testing/service-harness'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type ProductHarness, productInput, refusal, startProductHarness } from './harness.ts'

let shop: ProductHarness
beforeAll(async () => {
  shop = await startProductHarness()
})
afterAll(async () => await shop.stop())

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
