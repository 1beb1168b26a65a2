import { nobody, person, serviceActor } from '@souk/testing/service-harness'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { type ProductHarness, refusal, startProductHarness, variant } from './harness.ts'

let shop: ProductHarness
beforeAll(async () => {
  shop = await startProductHarness()
})
afterAll(async () => await shop.stop())

it('a quote names what each SKU costs and is, and leaves out what is not for sale', async () => {
  const product = await shop.product({
    price: { amount: 5000, currency: 'EUR' },
    taxClass: 'reduced',
    weightGrams: 380,
    variants: [
      variant({ colour: 'Oat', size: 's' }),
      variant({ colour: 'Oat', size: 'l' }, { price: { amount: 6500, currency: 'EUR' }, weightGrams: 940 }),
    ],
  })
  const [small, large] = product.variants
  const order = shop.service.as(serviceActor('order'))
  const { variants } = await order.product.quote.query({
    skus: [large?.sku ?? '', 'NO-SUCH', (small?.sku ?? '').toLowerCase(), small?.sku ?? ''],
  })
  const same = {
    productId: product.id,
    productSlug: product.slug,
    categorySlug: product.category.slug,
    name: product.name,
    imageUrl: null,
    taxClass: 'reduced',
    weightGrams: 380,
  }
  expect(variants.toSorted((a, b) => a.unitPrice.amount - b.unitPrice.amount)).toEqual([
    {
      ...same,
      sku: small?.sku,
      variantId: small?.id,
      optionsLabel: 'Oat / S',
      unitPrice: { amount: 5000, currency: 'EUR' },
    },
    {
      ...same,
      sku: large?.sku,
      variantId: large?.id,
      optionsLabel: 'Oat / L',
      weightGrams: 940,
      unitPrice: { amount: 6500, currency: 'EUR' },
    },
  ])
})

it('only staff and the order service may ask for a quote', async () => {
  const call = async (actor: Parameters<typeof shop.service.as>[0]) =>
    await refusal(shop.service.as(actor).product.quote.query({ skus: ['A'] }))
  expect(await call(nobody)).toMatchObject({ code: 'UNAUTHENTICATED' })
  expect(await call(person('customer'))).toMatchObject({ code: 'FORBIDDEN' })
  expect(await call(serviceActor('payment'))).toMatchObject({ code: 'FORBIDDEN' })
})
