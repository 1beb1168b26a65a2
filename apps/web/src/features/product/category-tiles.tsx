import type { Category, Product } from '@souk/product/contract'
import Link from 'next/link'
import { paths } from '../../paths.ts'
import { Photograph } from '../../photograph.tsx'
import { pictureOf } from './product-view.ts'

export type CategoryTile = { category: Category; product: Product | undefined }

export function CategoryTiles({ tiles }: { tiles: readonly CategoryTile[] }) {
  return (
    <ul className="-mx-4 grid grid-cols-2 md:mx-0 md:grid-cols-3 lg:grid-cols-6">
      {tiles.map(({ category, product }) => (
        <li key={category.slug} className="group relative">
          <div className="bg-tile">
            <Photograph
              image={product && pictureOf(product)}
              sizes="(min-width: 1024px) 14rem, (min-width: 768px) 33vw, 50vw"
              alt=""
            />
          </div>
          <div className="px-3 pt-3 pb-6 md:px-4">
            <h3 className="display text-lg">
              <Link
                href={paths.category(category.slug)}
                className="decoration-1 underline-offset-4 after:absolute after:inset-0 group-hover:underline"
              >
                {category.name}
              </Link>
            </h3>
            <p className="figures text-ink-soft text-sm">
              {category.productCount} {category.productCount === 1 ? 'product' : 'products'}
            </p>
          </div>
        </li>
      ))}
    </ul>
  )
}
