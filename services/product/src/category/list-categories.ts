import type { ProductContext } from '../context.ts'
import type { Category } from '../contract.ts'
import { listAllCategories } from './category-store.ts'

export async function listCategories(ctx: ProductContext): Promise<{ items: Category[] }> {
  return { items: await listAllCategories(ctx.db) }
}
