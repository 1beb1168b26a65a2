import { notFound } from '@souk/kernel/errors'
import { isId } from '@souk/kernel/id'
import type { ProductContext } from '../context.ts'
import type { Product } from '../contract.ts'
import { findProduct } from './product-store.ts'
import { toProduct } from './stored-product.ts'

export async function getProduct(ctx: ProductContext, input: { idOrSlug: string }): Promise<Product> {
  const { idOrSlug } = input
  const stored = await findProduct(ctx.db.sql, isId(idOrSlug) ? { id: idOrSlug } : { slug: idOrSlug })
  if (!stored) throw notFound('product')
  return toProduct(stored, ctx.mediaBaseUrl)
}
