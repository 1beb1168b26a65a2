import { record, shopEvent } from '@souk/events/record'
import { notFound } from '@souk/kernel/errors'
import { once } from '@souk/service/idempotency'
import type { ProductContext } from '../context.ts'
import { removeProduct as endProduct, lockCatalogue, lockProduct } from './product-store.ts'

/** Takes a product out of the shop for good. Its SKUs and its address are free again. */
export async function removeProduct(ctx: ProductContext, input: { id: string }): Promise<{ id: string }> {
  const command = { operation: 'product.remove', principal: ctx.principal, input }
  const removed = await once(ctx.db, command, async (tx) => {
    await lockCatalogue(tx)
    const current = await lockProduct(tx, input.id)
    if (!current) throw notFound('product')
    const version = await endProduct(tx, current.id)
    await record(tx, [
      shopEvent('product.removed', current.id, version, {
        productId: current.id,
        slug: current.slug,
        skus: current.variants.map((variant) => variant.sku),
      }),
    ])
    return { id: current.id }
  })
  ctx.bus.wake()
  return removed
}
