import { colourFamilies, type Facets } from '../contract.ts'
import { displayName } from './slug.ts'

/** Counts as the database gives them, each made without the facet's own filter. */
export type FacetCounts = {
  total: number
  inStock: number
  minPrice: number | null
  maxPrice: number | null
  colours: { slug: string; name: string; family: string; hex: string; count: number }[]
  families: { slug: string; count: number }[]
  /** In the shop's own order. */
  categories: { slug: string; name: string; count: number }[]
}

/** Facets as a reader sees them: the largest first; a family that was chosen stays in sight at zero. */
export function toFacets(counts: FacetCounts, chosenColours: readonly string[]): Facets {
  const counted = new Set(counts.families.map((family) => family.slug))
  const emptied = colourFamilies.filter((family) => chosenColours.includes(family) && !counted.has(family))
  const families = [...counts.families, ...emptied.map((slug) => ({ slug, count: 0 }))]
  return {
    colours: counts.colours.toSorted(largestFirst),
    families: families
      .map(({ slug, count }) => ({ slug, name: displayName(slug), count }))
      .toSorted(largestFirst),
    categories: counts.categories,
    price: { min: counts.minPrice ?? 0, max: counts.maxPrice ?? 0, currency: 'EUR' },
    inStock: counts.inStock,
  }
}

type Counted = { name: string; count: number }

function largestFirst(a: Counted, b: Counted): number {
  return b.count - a.count || a.name.localeCompare(b.name, 'en')
}
