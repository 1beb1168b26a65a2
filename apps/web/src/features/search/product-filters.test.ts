import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  countFilters,
  filtersQuery,
  maxShown,
  noFilters,
  type ProductFilters,
  pageSize,
  parseFilters,
  type SearchParams,
  sorts,
} from './product-filters.ts'

function read(query: string): SearchParams {
  const params = new URLSearchParams(query)
  return Object.fromEntries(
    [...new Set(params.keys())].map((key) => {
      const all = params.getAll(key)
      return [key, all.length > 1 ? all : all[0]]
    }),
  )
}

const slug = fc.stringMatching(/^[a-z0-9]{1,8}(-[a-z0-9]{1,8}){0,2}$/)
const price = fc.option(fc.nat(100_000), { nil: undefined })
const filters: fc.Arbitrary<ProductFilters> = fc
  .record({
    q: fc.string({ maxLength: 60, unit: 'grapheme' }).map((text) =>
      text
        .replaceAll(/[\p{Cc}\s]+/gu, ' ')
        .trim()
        .slice(0, 120)
        .toWellFormed()
        .trim(),
    ),
    colours: fc.uniqueArray(slug, { maxLength: 6 }),
    category: fc.oneof(fc.constant(''), slug),
    minPrice: price,
    maxPrice: price,
    isInStock: fc.boolean(),
    sort: fc.option(fc.constantFrom(...sorts), { nil: undefined }),
    shown: fc.integer({ min: 1, max: maxShown / pageSize }).map((pages) => pages * pageSize),
  })
  .map((made) =>
    made.minPrice !== undefined && made.maxPrice !== undefined && made.minPrice > made.maxPrice
      ? { ...made, minPrice: made.maxPrice, maxPrice: made.minPrice }
      : made,
  )

describe('the address of a listing', () => {
  it('gives back the filters it was made from', () => {
    fc.assert(
      fc.property(filters, (wanted) => {
        expect(parseFilters(read(filtersQuery(wanted)))).toEqual(wanted)
      }),
    )
  })

  it('is one and the same however it was written, so that no page has two addresses', () => {
    const word = fc.oneof(
      fc.string({ maxLength: 30 }),
      fc.constantFrom('blue,white', '12', 'in', 'newest', '-5', '1e9'),
    )
    const value = fc.oneof(word, fc.array(word, { maxLength: 3 }))
    const params = fc.dictionary(
      fc.constantFrom('q', 'colour', 'category', 'min', 'max', 'stock', 'sort', 'show', 'other'),
      value,
    )
    fc.assert(
      fc.property(params, (given) => {
        const once = filtersQuery(parseFilters(given))
        expect(filtersQuery(parseFilters(read(once)))).toBe(once)
      }),
    )
  })

  it('is empty when nothing is chosen', () => {
    expect(filtersQuery(noFilters)).toBe('')
    expect(parseFilters({})).toEqual(noFilters)
  })

  it.each([
    ['?colour=blue&colour=white', '?colour=blue,white'],
    ['?colour=blue,blue,%3Cscript%3E', '?colour=blue'],
    ['?min=90&max=20', '?min=20&max=90'],
    ['?min=-1&max=1e5&sort=evil&stock=1', ''],
    ['?show=25', '?show=48'],
    ['?show=999999', '?show=240'],
    ['?q=++blue%20%20mug+', '?q=blue+mug'],
  ])('reads %s as %s', (given, expected) => {
    expect(filtersQuery(parseFilters(read(given)))).toBe(expected)
  })

  it('counts what narrows the list', () => {
    expect(countFilters(noFilters)).toBe(0)
    expect(
      countFilters({
        ...noFilters,
        q: 'mug',
        colours: ['blue', 'red'],
        minPrice: 1,
        maxPrice: 2,
        isInStock: true,
      }),
    ).toBe(4)
  })
})
