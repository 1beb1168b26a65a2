import type { MetadataRoute } from 'next'
import { connection } from 'next/server'
import { listCategories, listProducts } from '../data/catalog.ts'
import { readEnv } from '../env.ts'
import { paths } from '../paths.ts'

export default async function sitemap(): Promise<MetadataRoute.Sitemap> {
  await connection()
  const url = (path: string) => new URL(path, readEnv().NEXTAUTH_URL).href
  const [categories, products] = await Promise.all([listCategories(), listAllProducts()])
  return [
    { url: url(paths.home()) },
    { url: url(paths.products()) },
    ...categories.map(({ slug }) => ({ url: url(paths.category(slug)) })),
    ...products.map(({ slug, updatedAt }) => ({ url: url(paths.product(slug)), lastModified: updatedAt })),
    { url: url(paths.shipping()) },
    { url: url(paths.privacy()) },
  ]
}

/** A sitemap may name 50 000 addresses; more need several. */
async function listAllProducts(): Promise<{ slug: string; updatedAt: string }[]> {
  const found: { slug: string; updatedAt: string }[] = []
  let cursor: string | undefined
  do {
    const { items, nextCursor } = await listProducts({ limit: 100, sort: 'newest', cursor })
    found.push(...items)
    cursor = nextCursor ?? undefined
  } while (cursor !== undefined && found.length < 49_000)
  return found
}
