import { record, shopEvent } from '@souk/events/record'
import { newId } from '@souk/kernel/id'
import { once } from '@souk/service/idempotency'
import type { ProductContext } from '../context.ts'
import type { Category, CategoryInput } from '../contract.ts'
import { slugTaken } from '../product/product.ts'
import { lockCatalogue } from '../product/product-store.ts'
import { freeSlug, slugify } from '../product/slug.ts'
import { categorySlugs, insertCategory } from './category-store.ts'

export async function createCategory(ctx: ProductContext, input: CategoryInput): Promise<Category> {
  const command = { operation: 'category.create', principal: ctx.principal, input }
  const made = await once(ctx.db, command, async (tx) => {
    await lockCatalogue(tx)
    const taken = await categorySlugs(tx)
    if (input.slug !== undefined && taken.has(input.slug)) throw slugTaken(input.slug)
    const slug = input.slug ?? freeSlug(slugify(input.name) || 'category', taken)
    const category = { id: newId(), slug, name: input.name, description: input.description ?? '' }
    await insertCategory(tx, category, 1)
    await record(tx, [
      shopEvent('category.created', category.id, 1, { categoryId: category.id, slug, name: category.name }),
    ])
    return { ...category, productCount: 0 }
  })
  ctx.bus.wake()
  return made
}
