import type { Product, Variant } from '@souk/product/contract'
import { Status } from '@souk/ui/badge'
import { Price } from '@souk/ui/price'
import type { ReactNode } from 'react'
import { OptionPicker } from './option-picker.tsx'
import { stockText } from './product-view.ts'

type BuyBoxProps = {
  product: Product
  variant: Variant | undefined
  /** The button that puts it into the cart. */
  children: ReactNode
}

export function BuyBox({ product, variant, children }: BuyBoxProps) {
  const stock = stockText(variant)
  const compareAt = variant?.price.amount === product.price.amount ? product.compareAtPrice : null
  return (
    <div className="flex flex-col gap-6">
      <div>
        <h1 className="display text-3xl md:text-4xl">{product.name}</h1>
        {product.shortDescription && <p className="mt-3 text-ink-soft text-lg">{product.shortDescription}</p>}
      </div>
      <div className="flex flex-wrap items-baseline gap-x-5 gap-y-1" aria-live="polite">
        <Price value={variant?.price ?? product.price} compareAt={compareAt} className="text-xl" />
        {stock && <Status tone={stock.isAvailable ? 'warning' : 'neutral'}>{stock.text}</Status>}
      </div>
      {variant && <OptionPicker product={product} variant={variant} />}
      {children}
      <p className="max-w-read whitespace-pre-line">{product.description}</p>
    </div>
  )
}
