import type { Sql } from '@souk/db/connect'
import { record, shopEvent } from '@souk/events/record'
import { notFound } from '@souk/kernel/errors'
import { newId } from '@souk/kernel/id'
import { once } from '@souk/service/idempotency'
import type { ProductContext } from '../context.ts'
import type { Product, UpdateProduct, VariantInput } from '../contract.ts'
import { assertImages, editedFields, invalidField, skuTaken, slugTaken, versionConflict } from './product.ts'
import {
  findCategoryId,
  findProduct,
  findTakenSku,
  loadPalette,
  lockCatalogue,
  lockProduct,
  takenSlugs,
  updateImages,
  updateProduct as writeProduct,
} from './product-store.ts'
import { colourSlugsOf, type Shape, shapeVariants } from './shape.ts'
import { refreshListing, writeShape } from './shape-store.ts'
import { type StoredProduct, type StoredVariant, toProduct } from './stored-product.ts'

export async function updateProduct(ctx: ProductContext, input: UpdateProduct): Promise<Product> {
  const command = { operation: 'product.update', principal: ctx.principal, input }
  const product = await once(ctx.db, command, async (tx) => {
    await lockCatalogue(tx)
    const current = await lockProduct(tx, input.id)
    if (!current) throw notFound('product')
    if (input.expectedVersion !== undefined && input.expectedVersion !== current.editVersion) {
      throw versionConflict(current.editVersion)
    }
    const fields = editedFields(current, input, await chooseCategory(tx, input, current))
    if (fields.slug !== current.slug && (await takenSlugs(tx, fields.slug)).has(fields.slug)) {
      throw slugTaken(fields.slug)
    }
    const shape = await reshape(tx, current, input)
    if (input.images) assertImages(input.images, current.images, shape?.colours ?? current.colours)
    const version = await writeProduct(tx, current.id, fields)
    const { added, removed } = shape ? changes(current, shape) : { added: [], removed: [] }
    if (shape)
      await writeShape(
        tx,
        current.id,
        shape,
        removed.map((variant) => variant.id),
      )
    if (input.images) await updateImages(tx, current.id, input.images)
    await refreshListing(tx, current.id)
    await record(tx, [
      shopEvent('product.updated', current.id, version, {
        productId: current.id,
        slug: fields.slug,
        previousSlug: current.slug,
        addedVariants: added.map((variant) => ({
          variantId: variant.id,
          sku: variant.sku,
          initialStock: variant.initialStock ?? 0,
        })),
        removedSkus: removed.map((variant) => variant.sku),
      }),
    ])
    const stored = await findProduct(tx, { id: current.id })
    if (!stored) throw new Error('The product that was just written is not there')
    return toProduct(stored, ctx.mediaBaseUrl)
  })
  ctx.bus.wake()
  return product
}

async function chooseCategory(tx: Sql, input: UpdateProduct, current: StoredProduct): Promise<string> {
  if (input.category === undefined) return current.categoryId
  const categoryId = await findCategoryId(tx, input.category)
  if (!categoryId) throw invalidField('category', 'There is no such category')
  return categoryId
}

/** The shape after an edit that touches variants or colours; nothing when it touches neither. */
async function reshape(tx: Sql, current: StoredProduct, input: UpdateProduct): Promise<Shape | undefined> {
  if (input.variants === undefined && input.colours === undefined) return undefined
  const given = input.variants ?? current.variants.map((variant) => asInput(variant, current.currency))
  const taken = await findTakenSku(
    tx,
    given.map((variant) => variant.sku),
    current.id,
  )
  if (taken) throw skuTaken(taken)
  const known = {
    options: current.options,
    colours: input.colours ?? current.colours,
    palette: await loadPalette(tx, colourSlugsOf(given)),
    variants: current.variants,
  }
  return shapeVariants(given, known, newId)
}

function asInput(variant: StoredVariant, currency: StoredProduct['currency']): VariantInput {
  return {
    sku: variant.sku,
    options: variant.options,
    ...(variant.ownPriceMinor === null ? {} : { price: { amount: variant.ownPriceMinor, currency } }),
  }
}

function changes(current: StoredProduct, shape: Shape) {
  const kept = new Set(shape.variants.map((variant) => variant.id))
  return {
    added: shape.variants.filter((variant) => variant.initialStock !== null),
    removed: current.variants.filter((variant) => !kept.has(variant.id)),
  }
}
