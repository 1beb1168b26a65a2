import type { Sql } from '@souk/db/connect'
import type { ProductDatabase } from '@souk/db/product'
import { record } from '@souk/events/record'
import { insertCategory } from '../category/category-store.ts'
import { insertImage } from '../media/media-store.ts'
import { productCreated } from '../product/create-product.ts'
import { newFields } from '../product/product.ts'
import { insertProduct, insertRelated, isCatalogueEmpty, lockCatalogue } from '../product/product-store.ts'
import { shapeVariants } from '../product/shape.ts'
import { refreshListing, writeShape } from '../product/shape-store.ts'
import { type DemoCatalogue, type DemoProduct, readDemoCatalogue, readDemoPicture } from './demo-catalogue.ts'
import { stableId } from './stable-id.ts'

/** Fills an empty catalogue with the demo shop, all or nothing; answers how many products it wrote. */
export async function seedCatalogue(db: ProductDatabase): Promise<number> {
  const catalogue = await readDemoCatalogue()
  return await db.transaction(async (tx) => {
    await lockCatalogue(tx)
    if (!(await isCatalogueEmpty(tx))) return 0
    const categoryIds = await seedCategories(tx, catalogue)
    const events = []
    for (const product of catalogue.products) {
      events.push(await seedProduct(tx, product, categoryIds.get(product.category) ?? ''))
      await seedPictures(tx, product, catalogue.imageSize)
    }
    for (const product of catalogue.products) {
      const related = catalogue.products.filter((other) => product.related.includes(other.slug))
      related.sort((a, b) => product.related.indexOf(a.slug) - product.related.indexOf(b.slug))
      await insertRelated(tx, productId(product), related.map(productId))
    }
    await record(tx, events)
    return events.length
  })
}

const productId = (product: DemoProduct) => stableId(product.createdAt, `product/${product.slug}`)
const openedAt = '2026-01-01T00:00:00Z'

async function seedCategories(tx: Sql, catalogue: DemoCatalogue): Promise<Map<string, string>> {
  const ids = new Map<string, string>()
  for (const category of catalogue.categories) {
    const id = stableId(openedAt, `category/${category.slug}`)
    await insertCategory(tx, { id, ...category }, 0)
    ids.set(category.slug, id)
  }
  return ids
}

async function seedProduct(tx: Sql, product: DemoProduct, categoryId: string) {
  const id = productId(product)
  const { dimensions, createdAt, options } = product
  const colours = product.colours.map(({ images: _, ...colour }) => colour)
  let count = 0
  const nextId = () => stableId(createdAt, `variant/${product.slug}/${count++}`)
  const known = { options, colours, palette: new Map(), variants: [] }
  const shape = { ...shapeVariants(product.variants, known, nextId), options }
  const fields = { ...newFields(product, { slug: product.slug, categoryId }), dimensions }
  await insertProduct(tx, { id, fields, createdAt })
  await writeShape(tx, id, shape)
  await refreshListing(tx, id)
  return productCreated(id, fields, shape)
}

/** The pictures are in their final form already. */
async function seedPictures(
  tx: Sql,
  product: DemoProduct,
  [width, height]: readonly [number, number],
): Promise<void> {
  for (const colour of product.colours) {
    for (const [index, path] of colour.images.entries()) {
      const view = index === 0 ? '' : `, view ${index + 1}`
      await insertImage(tx, {
        id: stableId(product.createdAt, `image/${path}`),
        productId: productId(product),
        colour: colour.slug,
        alt: `${product.name} in ${colour.name}${view}`,
        picture: { bytes: await readDemoPicture(path), width, height },
      })
    }
  }
}
