import type { StockProduct } from '@souk/api/stock-products'
import Link from 'next/link'
import { Picture } from '../../frame/picture.tsx'
import { paths } from '../../paths.ts'

/** A SKU as a person knows it: picture, product and version above the code on the box. */
export function GoodsName({ sku, product }: { sku: string; product: StockProduct | null | undefined }) {
  return (
    <span className="flex items-center gap-3">
      <Picture url={product?.imageUrl} alt="" className="size-10" />
      <span className="min-w-0">
        {product && (
          <span className="block truncate">
            {product.name}
            {product.optionsLabel && <span className="text-ink-soft">, {product.optionsLabel}</span>}
          </span>
        )}
        <Link
          href={paths.stockItem(sku)}
          data-row-link
          className="block truncate font-mono text-dense hover:underline"
        >
          {sku}
        </Link>
      </span>
    </span>
  )
}
