import type { Sql } from '@souk/db/connect'
import type { ProductDatabase } from '@souk/db/product'
import type { Category } from '../contract.ts'

export async function listAllCategories(db: ProductDatabase): Promise<Category[]> {
  const rows = await db.prisma.category.findMany({
    orderBy: [{ position: 'asc' }, { name: 'asc' }],
    include: { _count: { select: { products: { where: { removedAt: null } } } } },
  })
  return rows.map(({ id, slug, name, description, _count }) => ({
    id,
    slug,
    name,
    description,
    productCount: _count.products,
  }))
}

export async function categorySlugs(tx: Sql): Promise<Set<string>> {
  const rows = await tx.query<{ slug: string }>('select slug from category')
  return new Set(rows.map((row) => row.slug))
}

/** New categories come after the others. Those of the seed are told to nobody, so that their count of events starts at 0. */
export async function insertCategory(
  tx: Sql,
  category: Omit<Category, 'productCount'>,
  version: 0 | 1,
): Promise<void> {
  await tx.query(
    `insert into category (id, slug, name, description, version, position)
     select $1, $2, $3, $4, $5, coalesce(max(position), 0) + 1 from category`,
    [category.id, category.slug, category.name, category.description, version],
  )
}

type Written = Category & { version: number }

const selectCategory = `
  select id, slug, name, description, version,
         (select count(*)::int from product where category_id = category.id and removed_at is null) as "productCount"
  from category where id = $1`

/** Held to the end of the transaction. */
export async function lockCategory(tx: Sql, id: string): Promise<Written | undefined> {
  await tx.query('select from category where id = $1 for update', [id])
  return (await tx.query<Written>(selectCategory, [id]))[0]
}

export async function saveCategory(tx: Sql, category: Written): Promise<void> {
  await tx.query('update category set name = $2, description = $3, version = $4 where id = $1', [
    category.id,
    category.name,
    category.description,
    category.version,
  ])
}

export async function productIdsIn(tx: Sql, categoryId: string): Promise<string[]> {
  const rows = await tx.query<{ id: string }>(
    'select id from product where category_id = $1 and removed_at is null order by id',
    [categoryId],
  )
  return rows.map(({ id }) => id)
}
