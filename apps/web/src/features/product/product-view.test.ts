import type { Product, Variant } from '@souk/product/contract'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { chooseVariant, galleryOf, listPrice, pictureOf, stockText, variantWith } from './product-view.ts'

const id = '01900000-0000-7000-8000-000000000000'
const eur = (amount: number) => ({ amount, currency: 'EUR' as const })

function variant(colour: string, size: string, extra: Partial<Variant> = {}): Variant {
  return {
    id,
    sku: `${colour}-${size}`,
    options: { colour, size },
    optionsLabel: `${colour}, ${size}`,
    price: eur(1000),
    available: true,
    shipsLater: false,
    expectedOn: null,
    lowStock: null,
    barcode: null,
    weightGrams: null,
    ...extra,
  }
}

function product(variants: Variant[], images: Product['images'] = []): Product {
  const values = (code: string) =>
    [...new Set(variants.map(({ options }) => options[code] ?? ''))].map((value) => ({
      code: value,
      name: value,
    }))
  return {
    id,
    slug: 'bowl',
    name: 'Bowl',
    shortDescription: '',
    description: '',
    price: eur(1000),
    compareAtPrice: null,
    category: { slug: 'tableware', name: 'Tableware' },
    colours: [],
    images,
    rating: null,
    available: true,
    variants,
    options: ['colour', 'size'].map((code) => ({ code, name: code, values: values(code) })),
    materials: [],
    dimensions: null,
    weightGrams: null,
    careInstructions: null,
    tags: [],
    taxClass: 'standard',
    featured: false,
    related: [],
    version: 0,
    createdAt: '',
    updatedAt: '',
  }
}

const image = (name: string, colour: string | null) => ({
  id,
  url: name,
  alt: name,
  width: 720,
  height: 720,
  colour,
})
const bowl = product([
  variant('oat', 's', { available: false }),
  variant('oat', 'l'),
  variant('tide', 's'),
  variant('tide', 'm', { available: false }),
])

describe('the variant a page shows', () => {
  it.each([
    [{}, 'oat-l'],
    [{ colour: 'oat', size: 's' }, 'oat-s'],
    [{ colour: 'tide' }, 'tide-s'],
    [{ colour: 'oat' }, 'oat-l'],
    [{ size: 'm' }, 'tide-m'],
    [{ colour: 'oat', size: 'm' }, 'oat-l'],
    [{ colour: 'pink', size: 'xxl' }, 'oat-l'],
  ])('for %j is %s', (asked, sku) => {
    expect(chooseVariant(bowl, asked)?.sku).toBe(sku)
  })

  it('always exists, whatever the address says', () => {
    const asked = fc.dictionary(fc.constantFrom('colour', 'size', '__proto__', 'x'), fc.string())
    fc.assert(
      fc.property(asked, (choice) => {
        expect(bowl.variants).toContain(chooseVariant(bowl, choice))
      }),
    )
  })

  it('is nothing for a product without variants', () => {
    expect(chooseVariant(product([]), {})).toBeUndefined()
  })

  it('changes in one option and keeps the others', () => {
    expect(variantWith(bowl, { colour: 'oat', size: 's' }, 'colour', 'tide')?.sku).toBe('tide-s')
    expect(variantWith(bowl, { colour: 'oat', size: 'l' }, 'colour', 'tide')).toBeUndefined()
  })
})

describe('what is said about a product', () => {
  it('names the stock only when there is little or none', () => {
    expect(stockText(variant('a', 'b'))).toBeUndefined()
    expect(stockText(variant('a', 'b', { lowStock: 3 }))).toEqual({ text: 'Only 3 left', isAvailable: true })
    expect(stockText(variant('a', 'b', { shipsLater: true, expectedOn: '2999-01-31' }))).toEqual({
      text: 'Ships later, expected 31 January',
      isAvailable: true,
    })
    expect(stockText(variant('a', 'b', { shipsLater: true }))).toEqual({
      text: 'Ships later',
      isAvailable: true,
    })
    expect(stockText(variant('a', 'b', { available: false }))).toEqual({
      text: 'Sold out',
      isAvailable: false,
    })
  })

  it('shows the pictures of the colour, then those of the whole', () => {
    const pictured = product(
      [variant('oat', 's')],
      [image('tide', 'tide'), image('all', null), image('oat', 'oat')],
    )
    expect(galleryOf(pictured, 'oat').map(({ url }) => url)).toEqual(['oat', 'all'])
    expect(galleryOf(pictured, 'none').map(({ url }) => url)).toEqual(['all'])
    expect(pictureOf(pictured, 'tide')?.url).toBe('tide')
    expect(pictureOf(pictured)?.url).toBe('all')
  })

  it('shows the lowest price, and says "from" when others are higher', () => {
    expect(listPrice(bowl)).toEqual({ value: eur(1000), compareAt: null, isFrom: false })
    const sized = {
      ...product([variant('a', 'm'), variant('a', 's', { price: eur(600) })]),
      compareAtPrice: eur(1200),
    }
    expect(listPrice(sized)).toEqual({ value: eur(600), compareAt: null, isFrom: true })
  })

  it('shows an earlier price only beside the price it was for', () => {
    const reduced = {
      ...product([variant('a', 's'), variant('a', 'l', { price: eur(2000) })]),
      compareAtPrice: eur(1500),
    }
    expect(listPrice(reduced)).toEqual({ value: eur(1000), compareAt: eur(1500), isFrom: true })
  })
})
