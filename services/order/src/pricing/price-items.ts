import { AppError } from '@souk/kernel/errors'
import type { QuotedVariant } from '@souk/product/contract'
import type { OrderContext } from '../context.ts'
import { type Price, type Promotion, priceOrder } from './price-order.ts'
import { findPromotion, listShippingOptions, type ShippingOption, taxRatesFor } from './pricing-store.ts'

export type Wanted = { sku: string; quantity: number }
export type PricedItem = Wanted & { variant: QuotedVariant } & Omit<Price['lines'][number], 'sku'>
export type PricedItems = {
  items: PricedItem[]
  /** SKUs that are not for sale. */
  missing: string[]
  price: Price
  shipping: ShippingOption
  options: ShippingOption[]
  promotion: Promotion | null
}

/** Where prices are shown before the buyer said where the order goes. */
const defaultCountry = '*'

/** Asks product for today's prices and puts the order's price together. Lines of one SKU are one line. */
export async function priceItems(
  ctx: OrderContext,
  input: {
    items: readonly Wanted[]
    country?: string | undefined
    shippingMethod?: string | undefined
    promotionCode?: string | undefined
  },
): Promise<PricedItems> {
  const wanted = mergeLines(input.items)
  const [{ variants }, options, taxRates, promotion] = await Promise.all([
    ctx.product.product.quote.query({ skus: wanted.map((line) => line.sku) }),
    listShippingOptions(ctx.db),
    taxRatesFor(ctx.db, input.country ?? defaultCountry),
    input.promotionCode === undefined
      ? undefined
      : findPromotion(ctx.db, input.promotionCode, ctx.clock.now()),
  ])
  const bySku = new Map(variants.map((variant) => [variant.sku, variant]))
  const found = wanted.flatMap((line) => {
    const variant = bySku.get(line.sku)
    return variant ? [{ ...line, variant }] : []
  })
  const shipping = chooseShipping(options, input.shippingMethod)
  const price = priceOrder({
    lines: found.map(({ sku, quantity, variant }) => ({
      sku,
      quantity,
      unitPriceMinor: variant.unitPrice.amount,
      taxClass: variant.taxClass,
    })),
    shipping,
    promotion: promotion ?? null,
    taxRates,
  })
  return {
    items: found.map((line, index) => ({
      ...line,
      totalMinor: price.lines[index]?.totalMinor ?? 0,
      taxMinor: price.lines[index]?.taxMinor ?? 0,
      discountMinor: price.lines[index]?.discountMinor ?? 0,
      taxBasisPoints: price.lines[index]?.taxBasisPoints ?? 0,
    })),
    missing: wanted.filter((line) => !bySku.has(line.sku)).map((line) => line.sku),
    price,
    shipping,
    options,
    promotion: promotion ?? null,
  }
}

export function mergeLines(items: readonly Wanted[]): Wanted[] {
  const quantities = new Map<string, number>()
  for (const { sku, quantity } of items) quantities.set(sku, (quantities.get(sku) ?? 0) + quantity)
  return [...quantities].map(([sku, quantity]) => ({ sku, quantity }))
}

function chooseShipping(options: readonly ShippingOption[], code: string | undefined): ShippingOption {
  const chosen = code === undefined ? options[0] : options.find((option) => option.code === code)
  if (chosen) return chosen
  throw new AppError('INVALID_INPUT', 'There is no such shipping method.', {
    details: {
      errors: [
        { path: 'shippingMethod', message: `One of ${options.map((option) => option.code).join(', ')}` },
      ],
    },
  })
}
