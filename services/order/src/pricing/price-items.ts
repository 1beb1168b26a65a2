import type { QuotedVariant } from '@souk/product/contract'
import type { OrderContext } from '../context.ts'
import { type Asking, choosePromotions, type Entered, findEntered } from '../promotion/choose-promotions.ts'
import type { Promotion } from '../promotion/promotion.ts'
import { type ChosenShipping, chooseShipping } from '../shipping/choose-shipping.ts'
import { anyCountry, taxRulesFor } from '../tax/tax.ts'
import { type Price, type PricedLine, type PriceOfLine, priceOrder } from './price-order.ts'
import { priceTable } from './pricing-store.ts'

export type Wanted = { sku: string; quantity: number }
export type PricedItem = Wanted & { variant: QuotedVariant } & PriceOfLine
export type PricedItems = ChosenShipping & {
  items: PricedItem[]
  /** SKUs that are not for sale. */
  missing: string[]
  price: Price
  /** What became of each code. */
  entered: Entered[]
  /** The promotions that took part, as they are now. */
  promotions: Promotion[]
}

/** Asks product for today's prices and puts the order's price together. Lines of one SKU are one line. */
export async function priceItems(
  ctx: OrderContext,
  input: {
    items: readonly Wanted[]
    country?: string | undefined
    region?: string | undefined
    shippingMethod?: string | undefined
    promotionCode?: string | undefined
    promotionCodes?: readonly string[] | undefined
    email?: string | undefined
    /** An order will be written at this price: what limits a buyer is looked up. */
    isPlacing?: boolean
  },
): Promise<PricedItems> {
  const wanted = mergeLines(input.items)
  const codes = enteredCodes(input)
  const isPlacing = input.isPlacing ?? false
  const [variants, table, byCode] = await Promise.all([
    ctx.quotes(wanted.map((line) => line.sku)),
    priceTable(ctx.db),
    findEntered(ctx.db, codes),
  ])
  const bySku = new Map(variants.map((variant) => [variant.sku, variant]))
  const found = wanted.flatMap((line) => {
    const variant = bySku.get(line.sku)
    return variant ? [{ ...line, variant }] : []
  })
  const goods = found.map(toGoods)
  const chosen = chooseShipping(table.zones, {
    country: input.country,
    region: input.region,
    parcel: {
      grams: found.reduce((sum, { variant, quantity }) => sum + (variant.weightGrams ?? 0) * quantity, 0),
      subtotalMinor: goods.reduce((sum, line) => sum + line.unitPriceMinor * line.quantity, 0),
    },
    method: input.shippingMethod,
    isPlacing,
  })
  const { eligible, entered } = await choosePromotions(ctx.db, {
    automatic: table.automatic,
    byCode,
    codes,
    goods,
    asking: askingOf(ctx, input.email, isPlacing),
    now: ctx.clock.now(),
  })
  const price = priceOrder({
    lines: goods,
    shippingMinor: chosen.shipping.priceMinor,
    promotions: eligible,
    tax: taxRulesFor(table.tax, input.country ?? anyCountry, input.region),
  })
  return {
    ...chosen,
    items: found.flatMap((line, index) => {
      const priceOfLine = price.lines[index]
      return priceOfLine ? [{ ...line, ...priceOfLine }] : []
    }),
    missing: wanted.filter((line) => !bySku.has(line.sku)).map((line) => line.sku),
    price,
    entered,
    promotions: eligible.filter(({ id }) => price.promotions.some((applied) => applied.id === id)),
  }
}

export function mergeLines(items: readonly Wanted[]): Wanted[] {
  const quantities = new Map<string, number>()
  for (const { sku, quantity } of items) quantities.set(sku, (quantities.get(sku) ?? 0) + quantity)
  return [...quantities].map(([sku, quantity]) => ({ sku, quantity }))
}

export function enteredCodes(input: {
  promotionCode?: string | undefined
  promotionCodes?: readonly string[] | undefined
}): string[] {
  return [
    ...(input.promotionCode === undefined ? [] : [input.promotionCode]),
    ...(input.promotionCodes ?? []),
  ]
}

export function toGoods({ quantity, variant }: { quantity: number; variant: QuotedVariant }): PricedLine {
  return {
    sku: variant.sku,
    productId: variant.productId,
    categorySlug: variant.categorySlug,
    quantity,
    unitPriceMinor: variant.unitPrice.amount,
    taxClass: variant.taxClass,
  }
}

function askingOf(ctx: OrderContext, email: string | undefined, isPlacing: boolean): Asking {
  const person = ctx.principal.kind === 'user' ? ctx.principal : undefined
  return { userId: person?.userId ?? null, email: email ?? person?.email.toLowerCase() ?? null, isPlacing }
}
