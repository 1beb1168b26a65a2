import type { Category } from '@souk/product/contract'
import { listCategories, listProducts } from '../data/catalog.ts'
import { type CategoryTile, CategoryTiles } from '../features/product/category-tiles.tsx'
import { ColourStrip } from '../features/product/colour-strip.tsx'
import { Hero } from '../features/product/hero.tsx'
import { SectionHeading } from '../features/product/section-heading.tsx'
import { Shelf } from '../features/product/shelf.tsx'
import { paths } from '../paths.ts'

export default async function HomePage() {
  const [featured, newest, categories] = await Promise.all([
    listProducts({ featured: true, limit: 9 }),
    listProducts({ sort: 'newest', limit: 8 }),
    listCategories(),
  ])
  const tiles = await Promise.all(categories.map(tileOf))
  const [first, ...chosen] = featured.items
  return (
    <>
      <Hero product={first} />
      <div className="page mt-16 flex flex-col gap-16 md:mt-20 md:gap-20">
        <section aria-labelledby="chosen">
          <SectionHeading id="chosen" title="Chosen by us" />
          <Shelf products={chosen.slice(0, 8)} label="Chosen products" />
        </section>
        <section aria-labelledby="categories">
          <SectionHeading id="categories" title="By room and use" />
          <CategoryTiles tiles={tiles} />
        </section>
        <section aria-labelledby="colours">
          <SectionHeading id="colours" title="By colour" />
          <ColourStrip families={newest.facets.families} />
        </section>
        <section aria-labelledby="new">
          <SectionHeading
            id="new"
            title="New in the shop"
            link={{ href: `${paths.products()}?sort=newest`, label: 'See all new products' }}
          />
          <Shelf products={newest.items} label="New products" />
        </section>
      </div>
    </>
  )
}

/** A category is shown by one of its own products; without an answer it is shown without a picture. */
async function tileOf(category: Category): Promise<CategoryTile> {
  const { items } = await listProducts({ category: category.slug, sort: 'price_desc', limit: 1 }).catch(
    () => ({
      items: [],
    }),
  )
  return { category, product: items[0] }
}
