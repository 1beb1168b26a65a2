import { applyAll, legalCombinations } from '../promotion/combine.ts'
import type { Goods, Promotion } from '../promotion/promotion.ts'
import { shippingTaxClass, type TaxLine, type TaxRules, taxLinesOf, taxOn } from '../tax/tax.ts'

export type PricedLine = Goods & { taxClass: string }

export type PriceInput = {
  lines: readonly PricedLine[]
  shippingMinor: number
  /** Those that may take part; which of them do is decided here. */
  promotions: readonly Promotion[]
  tax: TaxRules
}

export type AppliedPromotion = { id: string; code: string | null; name: string; amountMinor: number }
export type LineDiscount = { promotionId: string; amountMinor: number }
export type PriceOfLine = {
  sku: string
  /** Before discounts. */
  totalMinor: number
  discountMinor: number
  discounts: LineDiscount[]
  taxMinor: number
  taxBasisPoints: number
}

export type Price = {
  subtotalMinor: number
  discountMinor: number
  shippingMinor: number
  taxMinor: number
  shippingTaxBasisPoints: number
  totalMinor: number
  /** Whether the tax is contained in the total's parts or added to them. */
  pricesIncludeTax: boolean
  taxLines: TaxLine[]
  promotions: AppliedPromotion[]
  lines: PriceOfLine[]
}

/**
 * The one place where an order's price is made. Whole minor units; no cent is lost or made by rounding,
 * and the order of the lines says nothing. Of all legal combinations of promotions the buyer gets the
 * cheapest.
 */
export function priceOrder(input: PriceInput): Price {
  const lines = [...input.lines].sort((a, b) => (a.sku < b.sku ? -1 : a.sku > b.sku ? 1 : 0))
  const sorted = { ...input, lines }
  const prices = legalCombinations(input.promotions).map((combination) =>
    priceWith(sorted, applyAll(lines, input.shippingMinor, combination)),
  )
  const best = prices.reduce((cheapest, price) => (price.totalMinor < cheapest.totalMinor ? price : cheapest))
  const bySku = new Map(best.lines.map((line) => [line.sku, line]))
  return { ...best, lines: input.lines.flatMap(({ sku }) => bySku.get(sku) ?? []) }
}

/** A discount whose amounts are settled. */
export type FixedDiscount = {
  promotion: Pick<AppliedPromotion, 'id' | 'code' | 'name'>
  byLineMinor: readonly number[]
  shippingMinor: number
}
type Charged = Pick<PriceInput, 'shippingMinor' | 'tax'> & {
  lines: readonly Pick<PricedLine, 'sku' | 'quantity' | 'unitPriceMinor' | 'taxClass'>[]
}

/** What these goods cost with these discounts: for an order whose promotions are settled already. */
export function priceWith(input: Charged, discounts: readonly FixedDiscount[]): Price {
  const taxedLines = input.lines.map((line, index) => {
    const totalMinor = line.unitPriceMinor * line.quantity
    const lineDiscounts = discounts
      .map(({ promotion, byLineMinor }) => ({
        promotionId: promotion.id,
        amountMinor: byLineMinor[index] ?? 0,
      }))
      .filter(({ amountMinor }) => amountMinor > 0)
    const discountMinor = sum(lineDiscounts.map(({ amountMinor }) => amountMinor))
    const taxed = taxOn(totalMinor - discountMinor, line.taxClass, input.tax)
    const price = {
      sku: line.sku,
      totalMinor,
      discountMinor,
      discounts: lineDiscounts,
      taxMinor: taxed.taxMinor,
      taxBasisPoints: taxed.rateBasisPoints,
    }
    return { price, taxed }
  })
  const shippingPaidMinor = input.shippingMinor - sum(discounts.map(({ shippingMinor }) => shippingMinor))
  const taxedShipping = taxOn(shippingPaidMinor, shippingTaxClass, input.tax)
  const taxed = [...taxedLines.map((line) => line.taxed), taxedShipping]
  const promotions = discounts.map(({ promotion, byLineMinor, shippingMinor }) => ({
    id: promotion.id,
    code: promotion.code,
    name: promotion.name,
    amountMinor: sum(byLineMinor) + shippingMinor,
  }))
  return {
    subtotalMinor: sum(taxedLines.map(({ price }) => price.totalMinor)),
    discountMinor: sum(promotions.map(({ amountMinor }) => amountMinor)),
    shippingMinor: input.shippingMinor,
    taxMinor: sum(taxed.map(({ taxMinor }) => taxMinor)),
    shippingTaxBasisPoints: taxedShipping.rateBasisPoints,
    totalMinor: sum(taxed.map(({ grossMinor }) => grossMinor)),
    pricesIncludeTax: input.tax.pricesIncludeTax,
    taxLines: taxLinesOf(taxed),
    promotions,
    lines: taxedLines.map(({ price }) => price),
  }
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0)
}
