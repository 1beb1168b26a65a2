import { isAppError } from '@souk/kernel/errors'
import { describe, expect, it } from 'vitest'
import type { CreateProduct } from '../contract.ts'
import { assertImages, editedFields, newFields } from './product.ts'
import type { StoredProduct } from './stored-product.ts'

const facts = { slug: 'mug', categoryId: 'c1' }
const input: CreateProduct = {
  name: 'Mug',
  description: 'Holds tea.',
  category: 'tableware',
  price: { amount: 1900, currency: 'EUR' },
  variants: [{ sku: 'M-1', options: {} }],
}

function refusedPath(work: () => unknown): string | undefined {
  try {
    work()
    return undefined
  } catch (error) {
    if (!isAppError(error, 'INVALID_INPUT')) throw error
    return error.details.errors?.[0]?.path
  }
}

describe('a former price', () => {
  it('must be above the price, on a new product and after an edit of either', () => {
    const eur = (amount: number) => ({ amount, currency: 'EUR' }) as const
    expect(refusedPath(() => newFields({ ...input, compareAtPrice: eur(1900) }, facts))).toBe(
      'compareAtPrice',
    )
    expect(newFields({ ...input, compareAtPrice: eur(1901) }, facts).compareAtMinor).toBe(1901)
    const current = stored({ priceMinor: 1900, compareAtMinor: 2500 })
    expect(refusedPath(() => editedFields(current, { id: 'p', price: eur(2500) }, 'c1'))).toBe(
      'compareAtPrice',
    )
    expect(editedFields(current, { id: 'p', price: eur(2500), compareAtPrice: null }, 'c1')).toMatchObject({
      priceMinor: 2500,
      compareAtMinor: null,
    })
  })
})

describe('an edit', () => {
  it('changes what it names and leaves the rest, and null empties', () => {
    const current = stored({ name: 'Mug', weightGrams: 380, careInstructions: 'By hand', tags: ['mug'] })
    const fields = editedFields(current, { id: 'p', weightGrams: null, tags: [] }, 'c1')
    expect(fields).toMatchObject({ name: 'Mug', weightGrams: null, careInstructions: 'By hand', tags: [] })
  })
})

describe('the pictures an edit keeps', () => {
  const owned = [{ id: 'a' }, { id: 'b' }]
  const colours = [{ slug: 'oat' }]
  it.each([
    ['a stranger', [{ id: 'x', alt: '', colour: null }], 'images.0.id'],
    ['one twice', ['a', 'a'].map((id) => ({ id, alt: '', colour: null })), 'images.1.id'],
    ['another colour', [{ id: 'a', alt: '', colour: 'rust' }], 'images.0.colour'],
    ['nothing wrong', [{ id: 'b', alt: 'B', colour: 'oat' }], undefined],
  ])('with %s', (_what, images, path) => {
    expect(refusedPath(() => assertImages(images, owned, colours))).toBe(path)
  })
})

function stored(over: Partial<StoredProduct>): StoredProduct {
  return {
    id: 'p',
    slug: 'mug',
    name: 'Mug',
    shortDescription: '',
    description: '',
    category: { slug: 'tableware', name: 'Tableware' },
    categoryId: 'c1',
    priceMinor: 1900,
    compareAtMinor: null,
    currency: 'EUR',
    materials: [],
    dimensions: null,
    weightGrams: null,
    careInstructions: null,
    tags: [],
    taxClass: 'standard',
    featured: false,
    ratingTotal: 0,
    ratingCount: 0,
    editVersion: 1,
    createdAt: '2026-01-01T00:00:00Z',
    updatedAt: '2026-01-01T00:00:00Z',
    colours: [],
    images: [],
    variants: [],
    options: [],
    related: [],
    ...over,
  }
}
