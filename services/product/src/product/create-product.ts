import type { Sql } from '@souk/db/connect'
import { record, shopEvent } from '@souk/events/record'
import { newId } from '@souk/kernel/id'
import { once } from '@souk/service/idempotency'
import { currentRequest } from '@souk/service/request'
import type { ProductContext } from '../context.ts'
import type { CreateProduct, Product } from '../contract.ts'
import { idTaken, invalidField, newFields, skuTaken, slugTaken } from './product.ts'
import {
  findCategoryId,
  findProduct,
  findTakenSku,
  insertProduct,
  isKnownId,
  loadPalette,
  lockCatalogue,
  takenSlugs,
} from './product-store.ts'
import { colourSlugsOf, type Shape, shapeVariants } from './shape.ts'
import { refreshListing, writeShape } from './shape-store.ts'
import { freeSlug, slugify } from './slug.ts'
import { toProduct } from './stored-product.ts'

export async function createProduct(ctx: ProductContext, input: CreateProduct): Promise<Product> {
  const command = {
    operation: 'product.create',
    principal: ctx.principal,
    input,
    key: currentRequest()?.idempotencyKey ?? input.id,
  }
  const id = input.id ?? newId()
  const product = await once(ctx.db, command, async (tx) => {
    await lockCatalogue(tx)
    if (input.id && (await isKnownId(tx, id))) throw idTaken()
    const categoryId = await findCategoryId(tx, input.category)
    if (!categoryId) throw invalidField('category', 'There is no such category')
    const taken = await findTakenSku(
      tx,
      input.variants.map((variant) => variant.sku),
      id,
    )
    if (taken) throw skuTaken(taken)
    const fields = newFields(input, { slug: await chooseSlug(tx, input), categoryId })
    const palette = await loadPalette(tx, colourSlugsOf(input.variants))
    const known = { options: [], colours: input.colours ?? [], palette, variants: [] }
    const shape = shapeVariants(input.variants, known, newId)
    await insertProduct(tx, { id, fields })
    await writeShape(tx, id, shape)
    await refreshListing(tx, id)
    await record(tx, [productCreated(id, fields, shape)])
    const stored = await findProduct(tx, { id })
    if (!stored) throw new Error('The product that was just written is not there')
    return toProduct(stored, ctx.mediaBaseUrl)
  })
  ctx.bus.wake()
  return product
}

async function chooseSlug(tx: Sql, input: CreateProduct): Promise<string> {
  if (input.slug !== undefined) {
    const taken = await takenSlugs(tx, input.slug)
    if (taken.has(input.slug)) throw slugTaken(input.slug)
    return input.slug
  }
  const base = slugify(input.name) || 'product'
  return freeSlug(base, await takenSlugs(tx, base))
}

export function productCreated(id: string, fields: { slug: string; name: string }, shape: Shape) {
  return shopEvent('product.created', id, 1, {
    productId: id,
    slug: fields.slug,
    name: fields.name,
    variants: shape.variants.map((variant) => ({
      variantId: variant.id,
      sku: variant.sku,
      initialStock: variant.initialStock ?? 0,
    })),
  })
}
