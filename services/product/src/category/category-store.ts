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

/** New categories come after the others. */
export async function insertCategory(tx: Sql, category: Omit<Category, 'productCount'>): Promise<void> {
  await tx.query(
    `insert into category (id, slug, name, description, position)
     select $1, $2, $3, $4, coalesce(max(position), 0) + 1 from category`,
    [category.id, category.slug, category.name, category.description],
  )
}
