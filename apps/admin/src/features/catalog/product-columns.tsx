'use client'

import type { Product } from '@souk/product/contract'
import type { Column } from '@souk/ui/admin-table'
import { Status } from '@souk/ui/badge'
import Link from 'next/link'
import { DateTime } from '../../frame/date-time.tsx'
import { moneyText, numberText } from '../../frame/format.ts'
import { Picture } from '../../frame/picture.tsx'
import { paths } from '../../paths.ts'
import { Swatch } from './swatch.tsx'

const shownColours = 6

export const productColumns: readonly Column<Product>[] = [
  {
    key: 'name',
    header: 'Product',
    isName: true,
    cell: (product) => (
      <span className="flex items-center gap-3">
        <Picture url={product.images[0]?.url} alt="" className="size-10" />
        <Link
          href={paths.product(product.id)}
          data-row-link
          className="font-medium after:absolute after:inset-0 hover:underline"
        >
          {product.name}
        </Link>
      </span>
    ),
  },
  { key: 'category', header: 'Category', phone: 'start', cell: (product) => product.category.name },
  {
    key: 'colours',
    header: 'Colours',
    phone: 'hidden',
    from: 'lg',
    cell: (product) => (
      <span className="flex items-center gap-1">
        <span className="sr-only">{product.colours.map((colour) => colour.name).join(', ')}</span>
        {product.colours.slice(0, shownColours).map((colour) => (
          <Swatch key={colour.slug} hex={colour.hex} />
        ))}
        {product.colours.length > shownColours && (
          <span aria-hidden="true" className="text-dense text-ink-soft">
            +{product.colours.length - shownColours}
          </span>
        )}
      </span>
    ),
  },
  {
    key: 'variants',
    header: 'Variants',
    phone: 'hidden',
    isEnd: true,
    from: 'md',
    cell: (product) => numberText(product.variants.length),
  },
  {
    key: 'available',
    header: 'Availability',
    phone: 'end',
    cell: (product) => {
      const soldOut = product.variants.filter((variant) => !variant.available).length
      if (!product.available) return <Status tone="danger">Sold out</Status>
      if (soldOut > 0)
        return <Status tone="warning">{`${soldOut} of ${product.variants.length} sold out`}</Status>
      return <Status tone="positive">In stock</Status>
    },
  },
  {
    key: 'price',
    header: 'Price',
    phone: 'aside',
    isEnd: true,
    cell: (product) => (
      <>
        {moneyText(product.price)}
        {product.compareAtPrice && (
          <s className="block text-dense text-ink-soft">
            <span className="sr-only">Was </span>
            {moneyText(product.compareAtPrice)}
          </s>
        )}
      </>
    ),
  },
  {
    key: 'updated',
    header: 'Changed',
    phone: 'hidden',
    from: 'xl',
    isEnd: true,
    cell: (product) => <DateTime value={product.updatedAt} />,
  },
]
