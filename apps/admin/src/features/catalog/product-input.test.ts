import { CreateProduct, type Product } from '@souk/product/contract'
import { describe, expect, it } from 'vitest'
import { toInput, valuesOf } from './product-input.ts'
import { emptyProduct, emptyVariant, ProductValues } from './product-values.ts'

const oat = { slug: 'oat', name: 'Oat', family: 'white', hex: '#ddd0b8' }
const valid: ProductValues = {
  ...emptyProduct,
  name: 'Tarn Mug',
  category: 'tableware',
  price: '19,00',
  variants: [{ ...emptyVariant, sku: 'SK-TARMUG', stock: '12' }],
}

describe('toInput', () => {
  it('makes what the contract asks for', () => {
    const input = toInput({ ...valid, tags: 'mug, coffee,, mug', compareAtPrice: '24', colours: [oat] })
    expect(CreateProduct.safeParse(input).error).toBeUndefined()
    expect(input).toMatchObject({
      price: { amount: 1900, currency: 'EUR' },
      compareAtPrice: { amount: 2400, currency: 'EUR' },
      tags: ['mug', 'coffee'],
      variants: [{ sku: 'SK-TARMUG', stock: 12 }],
    })
    expect(input).not.toHaveProperty('slug')
  })
  it('sets no stock for a variant that the shop knows', () => {
    const variants = [{ ...emptyVariant, sku: 'SK-A', isKnown: true, stock: '5' }]
    expect(toInput({ ...valid, variants }).variants[0]).toEqual({
      sku: 'SK-A',
      options: {},
      weightGrams: null,
    })
  })
})

describe('valuesOf', () => {
  const product: Product = {
    id: '01999999-0000-7000-8000-000000000001',
    slug: 'nest-bowl',
    name: 'Nest Bowl',
    shortDescription: '',
    description: 'A bowl.',
    price: { amount: 2500, currency: 'EUR' },
    compareAtPrice: null,
    category: { slug: 'tableware', name: 'Tableware' },
    colours: [oat],
    images: [],
    rating: null,
    available: true,
    variants: [
      {
        id: '01999999-0000-7000-8000-000000000002',
        sku: 'SK-NESBOW-OAT-S',
        options: { colour: 'oat', size: 's' },
        optionsLabel: 'Oat / S, 14 cm',
        price: { amount: 2500, currency: 'EUR' },
        available: true,
        shipsLater: false,
        expectedOn: null,
        lowStock: null,
        barcode: '20092457',
        weightGrams: 250,
      },
      {
        id: '01999999-0000-7000-8000-000000000003',
        sku: 'SK-NESBOW-OAT-L',
        options: { colour: 'oat', size: 'l' },
        optionsLabel: 'Oat / L, 23 cm',
        price: { amount: 3900, currency: 'EUR' },
        available: true,
        shipsLater: false,
        expectedOn: null,
        lowStock: 2,
        barcode: null,
        weightGrams: 380,
      },
    ],
    options: [
      { code: 'colour', name: 'Colour', values: [{ code: 'oat', name: 'Oat' }] },
      {
        code: 'size',
        name: 'Size',
        values: [
          { code: 's', name: 'S, 14 cm' },
          { code: 'l', name: 'L, 23 cm' },
        ],
      },
    ],
    materials: ['stoneware'],
    dimensions: null,
    weightGrams: 380,
    careInstructions: null,
    tags: ['bowl'],
    taxClass: 'standard',
    featured: false,
    related: [],
    version: 3,
    createdAt: '2026-06-15T11:57:00Z',
    updatedAt: '2026-06-15T11:57:00Z',
  }
  it('gives a form that is valid and means the same when it is saved untouched', () => {
    const values = valuesOf(product)
    expect(ProductValues.safeParse(values).error).toBeUndefined()
    expect(toInput(values)).toMatchObject({
      name: 'Nest Bowl',
      price: product.price,
      compareAtPrice: null,
      weightGrams: 380,
      variants: [
        {
          sku: 'SK-NESBOW-OAT-S',
          options: { colour: 'oat', size: 'S, 14 cm' },
          barcode: '20092457',
          weightGrams: 250,
        },
        {
          sku: 'SK-NESBOW-OAT-L',
          options: { colour: 'oat', size: 'L, 23 cm' },
          price: { amount: 3900 },
          weightGrams: null,
        },
      ],
    })
  })
  it('shows a price only where a variant has one of its own', () => {
    expect(valuesOf(product).variants.map((variant) => variant.price)).toEqual(['', '39.00'])
  })
  it('shows a weight only where a variant has one of its own', () => {
    expect(valuesOf(product).variants.map((variant) => variant.weightGrams)).toEqual(['250', ''])
  })
})
