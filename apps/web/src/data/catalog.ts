import 'server-only'
import { readSoukError } from '@souk/api/client-error'
import { canonicalJson } from '@souk/kernel/canonical'
import type { Category, ListProducts, Product, ProductList } from '@souk/product/contract'
import { cacheKinds } from './cache-tags.ts'
import { publicGateway } from './gateway.ts'
import { readCache } from './read-cache.ts'

export type ProductQuery = Partial<ListProducts>

export async function listProducts(query: ProductQuery): Promise<ProductList> {
  const { tags, lifeMs } = cacheKinds.productList
  return await readCache().read(`list:${canonicalJson(query)}`, { tags: tags(), lifeMs }, () =>
    publicGateway().product.list.query(query),
  )
}

/** The product of that slug, or nothing when there is none. */
export async function findProduct(slug: string): Promise<Product | undefined> {
  if (!/^[a-z0-9-]{1,80}$/.test(slug)) return undefined
  const { tags, lifeMs } = cacheKinds.product
  try {
    const product = await readCache().read(`product:${slug}`, { tags: tags(slug), lifeMs }, () =>
      publicGateway().product.get.query({ idOrSlug: slug }),
    )
    // An id finds it too, but one product has one address.
    return product.slug === slug ? product : undefined
  } catch (error) {
    if (readSoukError(error).code === 'NOT_FOUND') return undefined
    throw error
  }
}

export async function listCategories(): Promise<Category[]> {
  const { tags, lifeMs } = cacheKinds.categories
  const { items } = await readCache().read('categories', { tags: tags(), lifeMs }, () =>
    publicGateway().product.categories.query(),
  )
  return items
}

/** Those of the slugs that are for sale, in the given order. */
export async function listRelated(slugs: readonly string[]): Promise<Product[]> {
  const found = await Promise.all(slugs.slice(0, 8).map((slug) => findProduct(slug).catch(() => undefined)))
  return found.filter((product) => product !== undefined)
}
