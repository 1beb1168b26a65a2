import { newId } from '@souk/kernel/id'
import { nobody, person } from '@souk/testing/service-harness'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type ProductHarness, refusal, startProductHarness } from './harness.ts'

let shop: ProductHarness
beforeAll(async () => {
  shop = await startProductHarness()
})
afterAll(async () => await shop.stop())

const found = async (q: string) =>
  (await shop.service.as(nobody).product.list.query({ q })).items.map(({ id }) => id)

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

  it('is told when it is new and when it has another name; its address stays', async () => {
    const made = await shop.category()
    const renamed = await shop.staff.category.update.mutate({ id: made.id, name: 'Zephyrware' })
    expect(renamed).toEqual({ ...made, name: 'Zephyrware' })
    expect(await shop.staff.category.update.mutate({ id: made.id, name: 'Zephyrware' })).toEqual(renamed)
    expect(await shop.events(made.id)).toMatchObject([
      { name: 'category.created', aggregate_version: 1, payload: { slug: made.slug, name: made.name } },
      { name: 'category.renamed', aggregate_version: 2, payload: { slug: made.slug, name: 'Zephyrware' } },
    ])
    const described = await shop.staff.category.update.mutate({ id: made.id, description: 'By the sea.' })
    expect(described).toMatchObject({ name: 'Zephyrware', description: 'By the sea.' })
    const { items } = await shop.service.as(nobody).category.list.query()
    expect(items.find(({ id }) => id === made.id)).toEqual(described)
  })

  it('lends its new name to its products, which are found by it and no longer by the old one', async () => {
    const category = await shop.category('Quixotery')
    const product = await shop.product({ category: category.slug })
    expect(await found('quixotery')).toEqual([product.id])
    await shop.staff.category.update.mutate({ id: category.id, name: 'Wunderkammer' })
    expect(await found('wunderkammer')).toEqual([product.id])
    expect(await found('quixotery')).not.toContain(product.id)
    const shown = await shop.service.as(nobody).product.get.query({ idOrSlug: product.slug })
    expect(shown.category).toEqual({ slug: category.slug, name: 'Wunderkammer' })
  })

  it('of nobody’s is not found, and only staff rename one', async () => {
    const input = { id: newId(), name: 'Mine' }
    expect(await refusal(shop.staff.category.update.mutate(input))).toMatchObject({ code: 'NOT_FOUND' })
    const { id } = await shop.category()
    const customer = shop.service.as(person('customer'))
    expect(await refusal(customer.category.update.mutate({ ...input, id }))).toMatchObject({
      code: 'FORBIDDEN',
    })
    expect(await refusal(shop.staff.category.update.mutate({ id, name: ' ' }))).toMatchObject({
      code: 'INVALID_INPUT',
    })
  })
})
