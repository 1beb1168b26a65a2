import type { Product } from '@souk/product/contract'
import { Price } from '@souk/ui/price'
import { ViewTransition } from 'react'
import { paths } from '../../paths.ts'
import { Photograph } from '../../photograph.tsx'
import { Swatch } from '../../swatch.tsx'
import { ProductLink } from './product-link.tsx'
import { colourAmong, listPrice, pictureOf, shipsLater } from './product-view.ts'

type ProductCardProps = {
  product: Product
  /** Colours the list was narrowed to: the card shows the product in one of them. */
  colours?: readonly string[]
  sizes: string
  isFirst?: boolean
  headingLevel?: 'h2' | 'h3'
}

const mostSwatches = 5

export function ProductCard({
  product,
  colours = [],
  sizes,
  isFirst = false,
  headingLevel: Heading = 'h3',
}: ProductCardProps) {
  const colour = colourAmong(product, colours)
  const more = product.colours.length - mostSwatches
  return (
    <article className="group relative flex h-full flex-col">
      <ViewTransition name={`product-${product.slug}`} share="auto" default="none">
        <div className="relative overflow-hidden bg-tile">
          <Photograph image={pictureOf(product, colour?.slug)} sizes={sizes} alt="" isFirst={isFirst} />
        </div>
      </ViewTransition>
      <div className="flex flex-1 flex-col gap-1 px-3 pt-3 pb-6 md:px-4">
        <Heading className="display text-lg">
          <ProductLink
            href={paths.product(product.slug, colour?.slug)}
            className="decoration-1 underline-offset-4 after:absolute after:inset-0 group-hover:underline"
          >
            {product.name}
          </ProductLink>
        </Heading>
        <p className="flex flex-wrap items-baseline gap-x-3">
          <Price {...listPrice(product)} />
          {!product.available && <span className="text-ink-soft">Sold out</span>}
          {shipsLater(product) && <span className="text-ink-soft">Ships later</span>}
        </p>
        {product.colours.length > 1 && (
          <p className="mt-1 flex items-center gap-1.5">
            <span className="sr-only">In {product.colours.length} colours</span>
            {product.colours.slice(0, mostSwatches).map(({ slug, hex, family }) => (
              <Swatch key={slug} hex={hex} isClear={family === 'clear'} />
            ))}
            {more > 0 && (
              <span aria-hidden="true" className="text-ink-soft text-sm">
                +{more}
              </span>
            )}
          </p>
        )}
      </div>
    </article>
  )
}
