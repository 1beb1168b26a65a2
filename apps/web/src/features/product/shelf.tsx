import type { Product } from '@souk/product/contract'
import { cx } from '@souk/ui/class-names'
import { ProductCard } from './product-card.tsx'

type ShelfProps = {
  products: readonly Product[]
  /** Names the list for those who cannot see the heading above it. */
  label: string
  colours?: readonly string[]
  columns?: 3 | 4
  /** How many pictures can be seen at once when the page opens. */
  firstCount?: number
  headingLevel?: 'h2' | 'h3'
}

const layouts = {
  3: { grid: 'lg:grid-cols-3', sizes: '(min-width: 1024px) min(24rem, 27vw), 50vw' },
  4: { grid: 'md:grid-cols-4', sizes: '(min-width: 1360px) 20rem, (min-width: 768px) 25vw, 50vw' },
} as const

/** Photographs side by side without a gap: their backdrops join into one long shelf. */
export function Shelf({ products, label, colours, columns = 4, firstCount = 0, headingLevel }: ShelfProps) {
  const { grid, sizes } = layouts[columns]
  return (
    <ul aria-label={label} className={cx('-mx-4 grid grid-cols-2 md:mx-0', grid)}>
      {products.map((product, index) => (
        <li key={product.id}>
          <ProductCard
            product={product}
            colours={colours}
            sizes={sizes}
            isFirst={index < firstCount}
            headingLevel={headingLevel}
          />
        </li>
      ))}
    </ul>
  )
}
