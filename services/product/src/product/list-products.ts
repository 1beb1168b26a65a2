import type { z } from 'zod'
import type { ProductContext } from '../context.ts'
import type { ListProducts, ProductList } from '../contract.ts'
import { cursorAt, orderOf, readCursor } from './cursor.ts'
import { toFacets } from './facets.ts'
import { findProducts } from './list-store.ts'
import { searchWords } from './search-text.ts'
import { toProduct } from './stored-product.ts'

export async function listProducts(
  ctx: ProductContext,
  input: ListProducts,
): Promise<z.infer<typeof ProductList>> {
  const { q = '', sort = 'relevance', cursor, ...filters } = input
  const order = orderOf(sort, q)
  const { rows, counts } = await findProducts(ctx.db.sql, {
    ...filters,
    sort,
    words: q === '' ? undefined : searchWords(q),
    after: cursor === undefined ? undefined : readCursor(cursor, order),
  })
  const page = rows.slice(0, input.limit)
  const last = page.at(-1)
  return {
    items: page.map((row) => toProduct(row.product, ctx.mediaBaseUrl)),
    nextCursor:
      last && rows.length > page.length ? cursorAt(order, { key: last.key, id: last.product.id }) : null,
    total: counts.total,
    facets: toFacets(counts, filters.colour ?? []),
  }
}
