import { Level } from '@souk/inventory/contract'
import { pageOf } from '@souk/kernel/page'
import { z } from 'zod'
import type { Services } from './services.ts'

/** What a person knows a SKU by; null for one that is sold no more, or while the catalogue cannot be asked. */
export const StockProduct = z.object({
  productId: z.string(),
  name: z.string(),
  optionsLabel: z.string(),
  imageUrl: z.string().nullable(),
})
export type StockProduct = z.infer<typeof StockProduct>
export const NamedLevel = Level.extend({ product: StockProduct.nullable() })
export type NamedLevel = z.infer<typeof NamedLevel>
export const NamedLevels = pageOf(NamedLevel)
export const StockProducts = z.object({ items: z.array(StockProduct.extend({ sku: z.string() })) })

const mostAtOnce = 100

/** The products behind some SKUs. Figures without names are of more use than none, so a silent catalogue is no error. */
export async function productsOf(
  services: Services,
  skus: readonly string[],
): Promise<Map<string, StockProduct>> {
  const wanted = [...new Set(skus)]
  const parts = []
  for (let start = 0; start < wanted.length; start += mostAtOnce) {
    parts.push(wanted.slice(start, start + mostAtOnce))
  }
  const answers = await Promise.all(
    parts.map(
      async (part) =>
        await services.product.product.quote.query({ skus: part }).catch(() => ({ variants: [] })),
    ),
  )
  return new Map(
    answers.flatMap(({ variants }) =>
      variants.map(({ sku, productId, name, optionsLabel, imageUrl }) => [
        sku,
        { productId, name, optionsLabel, imageUrl },
      ]),
    ),
  )
}

export async function withProducts(services: Services, levels: readonly Level[]): Promise<NamedLevel[]> {
  const products = await productsOf(
    services,
    levels.map(({ sku }) => sku),
  )
  return levels.map((level) => ({ ...level, product: products.get(level.sku) ?? null }))
}

/** SKUs of the products that a person means by some words, so that stock is found by name as well. */
export async function skusNamed(services: Services, words: string): Promise<string[]> {
  const { items } = await services.product.product.list
    .query({ q: words, limit: 48 })
    .catch(() => ({ items: [] }))
  return items.flatMap(({ variants }) => variants.map(({ sku }) => sku)).slice(0, 500)
}
