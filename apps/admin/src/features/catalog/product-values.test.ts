import { describe, expect, it } from 'vitest'
import { emptyProduct, emptyVariant, optionCode, ProductValues } from './product-values.ts'

const valid: ProductValues = {
  ...emptyProduct,
  name: 'Tarn Mug',
  category: 'tableware',
  price: '19,00',
  variants: [{ ...emptyVariant, sku: 'SK-TARMUG', stock: '12' }],
}
const faults = (values: ProductValues) => {
  const parsed = ProductValues.safeParse(values)
  return parsed.success ? [] : parsed.error.issues.map((issue) => issue.path.join('.'))
}

describe('ProductValues', () => {
  it('accepts a product with a name, a category, a price and one variant', () => {
    expect(faults(valid)).toEqual([])
  })
  it('names every field that is missing', () => {
    expect(faults(emptyProduct)).toEqual(['name', 'category', 'price', 'variants.0.sku'])
  })
  it('refuses a former price that is not above the price', () => {
    expect(faults({ ...valid, compareAtPrice: '19.00' })).toEqual(['compareAtPrice'])
    expect(faults({ ...valid, compareAtPrice: '19.01' })).toEqual([])
  })
  it('refuses two variants with one SKU, whatever the case of its letters', () => {
    const variants = ['SK-A', 'sk-a'].map((sku) => ({ ...emptyVariant, sku }))
    expect(faults({ ...valid, variants })).toEqual(['variants.1.sku'])
  })
  it('refuses an option that is called colour or like another', () => {
    const option = (name: string) => ({ code: '', name, values: ['S'] })
    expect(faults({ ...valid, options: [option('Colour')] })).toEqual(['options.0.name'])
    expect(faults({ ...valid, options: [option('Size'), option('size')] })).toEqual(['options.1.name'])
  })
  it.each(['-1', '1.5', 'many', '1000001'])('refuses %j as an initial stock', (stock) => {
    expect(faults({ ...valid, variants: [{ ...emptyVariant, sku: 'SK-A', stock }] })).toEqual([
      'variants.0.stock',
    ])
  })
})

describe('optionCode', () => {
  it.each([
    ['Size', 'size'],
    ['Länge in cm', 'lange-in-cm'],
    ['2 Seiten', 'seiten'],
    ['容量', 'option'],
  ])('makes of %j a code that the contract takes', (name, code) => {
    expect(optionCode({ code: '', name })).toBe(code)
    expect(code).toMatch(/^[a-z][a-z0-9_-]{0,30}$/)
  })
  it('keeps the code of an option that has one', () => {
    expect(optionCode({ code: 'size', name: 'Grösse' })).toBe('size')
  })
})
