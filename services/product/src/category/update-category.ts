import { record, shopEvent } from '@souk/events/record'
import { notFound } from '@souk/kernel/errors'
import { once } from '@souk/service/idempotency'
import type { ProductContext } from '../context.ts'
import type { Category, UpdateCategory } from '../contract.ts'
import { lockCatalogue } from '../product/product-store.ts'
import { refreshListing } from '../product/shape-store.ts'
import { lockCategory, productIdsIn, saveCategory } from './category-store.ts'

/** Its products are found by its name, so they are read anew with it. */
export async function updateCategory(ctx: ProductContext, input: UpdateCategory): Promise<Category> {
  const command = { operation: 'category.update', principal: ctx.principal, input }
  const changed = await once(ctx.db, command, async (tx) => {
    await lockCatalogue(tx)
    const current = await lockCategory(tx, input.id)
    if (!current) throw notFound('category')
    const { version, ...same } = current
    const { name = same.name, description = same.description } = input
    const after: Category = { ...same, name, description }
    if (name === same.name && description === same.description) return after
    await saveCategory(tx, { ...after, version: version + 1 })
    if (name !== same.name) for (const id of await productIdsIn(tx, input.id)) await refreshListing(tx, id)
    await record(tx, [
      shopEvent('category.renamed', same.id, version + 1, { categoryId: same.id, slug: same.slug, name }),
    ])
    return after
  })
  ctx.bus.wake()
  return changed
}
