import type { Sql } from '@souk/db/connect'
import type { Colour, UpdateProduct } from '../contract.ts'
import type { ProductFields } from './product.ts'
import { liveProduct, productJson } from './product-json.ts'
import type { StoredProduct } from './stored-product.ts'

/** Any number, the same in every instance. */
const catalogueLock = 7_304_010

/** One edit of the catalogue at a time: what is found free of slugs and SKUs stays free until the commit. */
export async function lockCatalogue(tx: Sql): Promise<void> {
  await tx.query('select pg_advisory_xact_lock($1)', [catalogueLock])
}

export async function findProduct(
  sql: Sql,
  by: { id: string } | { slug: string },
): Promise<StoredProduct | undefined> {
  const [column, value] = 'id' in by ? ['id', by.id] : ['slug', by.slug]
  const rows = await sql.query<{ product: StoredProduct }>(
    `select ${productJson} as product ${liveProduct} and p.${column} = $1`,
    [value],
    `product-by-${column}`,
  )
  return rows[0]?.product
}

/** The product as it is, held against sales and other edits until the end of the transaction. */
export async function lockProduct(tx: Sql, id: string): Promise<StoredProduct | undefined> {
  const locked = await tx.query('select 1 from product where id = $1 and removed_at is null for update', [id])
  return locked.length === 0 ? undefined : await findProduct(tx, { id })
}

export async function isKnownId(tx: Sql, id: string): Promise<boolean> {
  return (await tx.query('select 1 from product where id = $1', [id])).length > 0
}

/** Slugs in use that a new one beginning with `base` could meet. */
export async function takenSlugs(tx: Sql, base: string): Promise<Set<string>> {
  const rows = await tx.query<{ slug: string }>(
    `select slug from product where removed_at is null and (slug = $1 or starts_with(slug, $2))`,
    [base, base.slice(0, 70)],
  )
  return new Set(rows.map((row) => row.slug))
}

/** The first of these SKUs that another product sells. */
export async function findTakenSku(
  tx: Sql,
  skus: readonly string[],
  productId: string,
): Promise<string | undefined> {
  const rows = await tx.query<{ sku: string }>(
    `select sku from variant where lower(sku) = any($1) and removed_at is null and product_id <> $2 limit 1`,
    [skus.map((sku) => sku.toLowerCase()), productId],
  )
  return rows[0]?.sku
}

export async function findCategoryId(tx: Sql, slug: string): Promise<string | undefined> {
  const rows = await tx.query<{ id: string }>('select id from category where slug = $1', [slug])
  return rows[0]?.id
}

export async function loadPalette(tx: Sql, slugs: readonly string[]): Promise<Map<string, Colour>> {
  const rows = await tx.query<Colour>('select slug, name, family, hex from colour where slug = any($1)', [
    slugs,
  ])
  return new Map(rows.map((colour) => [colour.slug, colour]))
}

export async function insertProduct(
  tx: Sql,
  product: { id: string; fields: ProductFields; createdAt?: string },
): Promise<void> {
  await tx.query(
    `insert into product (id, version, edit_version, search, created_at, updated_at, ${fieldColumns.join(', ')})
     values ($1, 1, 1, '', coalesce($2::timestamptz, now()), coalesce($2::timestamptz, now()), ${fieldColumns.map((_, index) => `$${index + 3}`).join(', ')})`,
    [product.id, product.createdAt ?? null, ...fieldValues(product.fields)],
    'product-insert',
  )
}

/** Writes an edit and answers the product's new version. */
export async function updateProduct(tx: Sql, id: string, fields: ProductFields): Promise<number> {
  const assignments = fieldColumns.map((column, index) => `${column} = $${index + 2}`)
  const rows = await tx.query<{ version: number }>(
    `update product set version = version + 1, edit_version = edit_version + 1, updated_at = now(), ${assignments.join(', ')}
     where id = $1 returning version`,
    [id, ...fieldValues(fields)],
    'product-update',
  )
  return rows[0]?.version ?? 0
}

/** An edit beside the product's own row, such as a new picture; answers the product's new version. */
export async function raiseVersion(tx: Sql, id: string): Promise<number> {
  const rows = await tx.query<{ version: number }>(
    `update product set version = version + 1, edit_version = edit_version + 1, updated_at = now()
     where id = $1 returning version`,
    [id],
  )
  return rows[0]?.version ?? 0
}

/** Ends a product and its variants; answers the version of that event. */
export async function removeProduct(tx: Sql, id: string): Promise<number> {
  await tx.query('update variant set removed_at = now() where product_id = $1 and removed_at is null', [id])
  const rows = await tx.query<{ version: number }>(
    `update product set removed_at = now(), version = version + 1, edit_version = edit_version + 1
     where id = $1 returning version`,
    [id],
  )
  return rows[0]?.version ?? 0
}

export async function updateImages(
  tx: Sql,
  productId: string,
  images: NonNullable<UpdateProduct['images']>,
): Promise<void> {
  await tx.query(
    `update image set removed_at = now()
     where product_id = $1 and removed_at is null and not (id = any($2::uuid[]))`,
    [productId, images.map((image) => image.id)],
  )
  await tx.query(
    `update image set alt = given.alt, colour = given.colour, position = given.position
     from jsonb_to_recordset($2) as given(id uuid, alt text, colour text, position int)
     where image.id = given.id and image.product_id = $1`,
    [productId, JSON.stringify(images.map((image, position) => ({ ...image, position })))],
  )
}

export async function isCatalogueEmpty(tx: Sql): Promise<boolean> {
  const rows = await tx.query('select 1 from product union all select 1 from category limit 1')
  return rows.length === 0
}

/** Names what is shown beside a product, in this order. */
export async function insertRelated(
  tx: Sql,
  productId: string,
  relatedIds: readonly string[],
): Promise<void> {
  await tx.query(
    `insert into product_related (product_id, related_id, position)
     select $1, id, n from unnest($2::uuid[]) with ordinality as related(id, n)`,
    [productId, relatedIds],
    'related-insert',
  )
}

const fieldColumns = [
  'slug',
  'name',
  'short_description',
  'description',
  'category_id',
  'price_minor',
  'compare_at_minor',
  'currency',
  'tax_class',
  'materials',
  'dimensions',
  'weight_grams',
  'care_instructions',
  'tags',
  'is_featured',
]

function fieldValues(fields: ProductFields): unknown[] {
  return [
    fields.slug,
    fields.name,
    fields.shortDescription,
    fields.description,
    fields.categoryId,
    fields.priceMinor,
    fields.compareAtMinor,
    fields.currency,
    fields.taxClass,
    fields.materials,
    fields.dimensions === null ? null : JSON.stringify(fields.dimensions),
    fields.weightGrams,
    fields.careInstructions,
    fields.tags,
    fields.featured,
  ]
}
