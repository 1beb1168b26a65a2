import { describe, expect, it } from 'vitest'
import { type FacetCounts, toFacets } from './facets.ts'

const empty: FacetCounts = {
  total: 0,
  inStock: 0,
  minPrice: null,
  maxPrice: null,
  colours: [],
  families: [],
  categories: [],
}

describe('facets', () => {
  it('put the largest first and name families', () => {
    const facets = toFacets(
      {
        ...empty,
        colours: [
          { slug: 'rust', name: 'Rust', family: 'red', hex: '#9a4a2e', count: 2 },
          { slug: 'oat', name: 'Oat', family: 'white', hex: '#ddd0b8', count: 7 },
          { slug: 'ink', name: 'Ink', family: 'blue', hex: '#2b3447', count: 2 },
        ],
        families: [
          { slug: 'blue', count: 2 },
          { slug: 'white', count: 7 },
        ],
      },
      [],
    )
    expect(facets.colours.map((colour) => colour.slug)).toEqual(['oat', 'ink', 'rust'])
    expect(facets.families).toEqual([
      { slug: 'white', name: 'White', count: 7 },
      { slug: 'blue', name: 'Blue', count: 2 },
    ])
  })

  it('keep a chosen family in sight at zero, and do not invent one for a colour', () => {
    const facets = toFacets({ ...empty, families: [{ slug: 'blue', count: 1 }] }, ['pink', 'blue', 'tide'])
    expect(facets.families).toEqual([
      { slug: 'blue', name: 'Blue', count: 1 },
      { slug: 'pink', name: 'Pink', count: 0 },
    ])
  })

  it('of nothing are zero, not null', () => {
    expect(toFacets(empty, []).price).toEqual({ min: 0, max: 0, currency: 'EUR' })
  })
})
