import 'server-only'
import type { Product, ProductList } from '@souk/product/contract'
import type { ProductFilters } from '../features/search/product-filters.ts'
import { listProducts, type ProductQuery } from './catalog.ts'

/** What one call may bring at most. */
const mostPerCall = 100

/** As many products as the address asks for, in as few calls as the gateway allows. */
export async function readListing(filters: ProductFilters): Promise<Omit<ProductList, 'nextCursor'>> {
  const query = queryOf(filters)
  const first = await listProducts({ ...query, limit: Math.min(filters.shown, mostPerCall) })
  const items: Product[] = [...first.items]
  let cursor = first.nextCursor
  while (cursor !== null && items.length < filters.shown) {
    const limit = Math.min(filters.shown - items.length, mostPerCall)
    const next = await listProducts({ ...query, limit, cursor })
    items.push(...next.items)
    cursor = next.nextCursor
  }
  return { items, total: first.total, facets: first.facets }
}

/** Whole units in the address, minor units in the shop. */
function queryOf(filters: ProductFilters): ProductQuery {
  const minor = (price: number | undefined) => (price === undefined ? undefined : price * 100)
  return {
    q: filters.q || undefined,
    colour: filters.colours.length > 0 ? [...filters.colours] : undefined,
    category: filters.category || undefined,
    minPrice: minor(filters.minPrice),
    maxPrice: minor(filters.maxPrice),
    inStock: filters.isInStock || undefined,
    sort: filters.sort ?? (filters.q ? 'relevance' : undefined),
  }
}
