import { allocate, basisPointsOf, taxIncluded } from '@souk/kernel/money'

export type PricedLine = { sku: string; quantity: number; unitPriceMinor: number; taxClass: string }
export type ShippingRate = { priceMinor: number; freeFromMinor: number | null }
export type Promotion = {
  code: string
  kind: 'percentage' | 'amount' | 'free_shipping'
  /** Basis points, minor units, or nothing, by kind. */
  value: number
  minSubtotalMinor: number
}
/** Tax classes to basis points, for the country the order goes to. */
export type TaxRates = Readonly<Record<string, number>>

export type PriceInput = {
  lines: readonly PricedLine[]
  shipping: ShippingRate
  promotion: Promotion | null
  taxRates: TaxRates
}

export type Price = {
  subtotalMinor: number
  discountMinor: number
  shippingMinor: number
  /** Contained in the total: prices include tax. */
  taxMinor: number
  totalMinor: number
  /** `discountMinor` is the line's share of a discount on goods; the tax is contained in what is left. */
  lines: {
    sku: string
    totalMinor: number
    discountMinor: number
    taxMinor: number
    taxBasisPoints: number
  }[]
  shippingTaxBasisPoints: number
}

/** The one place where an order's price is made. Whole minor units; no cent is lost or made by rounding. */
export function priceOrder(input: PriceInput): Price {
  const lineTotals = input.lines.map((line) => line.unitPriceMinor * line.quantity)
  const subtotalMinor = sum(lineTotals)
  const shippingMinor = shippingFor(input, subtotalMinor)
  const discountMinor = discountFor(input.promotion, subtotalMinor, shippingMinor)
  const paidPerLine = shareDiscount(input.promotion, lineTotals, discountMinor)
  const lines = input.lines.map((line, index) => {
    const totalMinor = lineTotals[index] ?? 0
    const paidMinor = paidPerLine[index] ?? 0
    const taxBasisPoints = input.taxRates[line.taxClass] ?? 0
    return {
      sku: line.sku,
      totalMinor,
      discountMinor: totalMinor - paidMinor,
      taxMinor: taxIncluded(paidMinor, taxBasisPoints),
      taxBasisPoints,
    }
  })
  const totalMinor = subtotalMinor - discountMinor + shippingMinor
  const shippingPaidMinor = totalMinor - sum(paidPerLine)
  const shippingTaxBasisPoints = input.taxRates.standard ?? 0
  const shippingTaxMinor = taxIncluded(shippingPaidMinor, shippingTaxBasisPoints)
  return {
    subtotalMinor,
    discountMinor,
    shippingMinor,
    taxMinor: sum(lines.map((line) => line.taxMinor)) + shippingTaxMinor,
    totalMinor,
    lines,
    shippingTaxBasisPoints,
  }
}

/** Whether a promotion takes part at all: its minimum may not be reached. */
export function promotionApplies(promotion: Promotion, subtotalMinor: number): boolean {
  return subtotalMinor >= promotion.minSubtotalMinor
}

export function shippingPrice(rate: ShippingRate, subtotalMinor: number): number {
  return rate.freeFromMinor !== null && subtotalMinor >= rate.freeFromMinor ? 0 : rate.priceMinor
}

function shippingFor(input: PriceInput, subtotalMinor: number): number {
  return shippingPrice(input.shipping, subtotalMinor)
}

function discountFor(promotion: Promotion | null, subtotalMinor: number, shippingMinor: number): number {
  if (!promotion || !promotionApplies(promotion, subtotalMinor)) return 0
  if (promotion.kind === 'free_shipping') return shippingMinor
  if (promotion.kind === 'amount') return Math.min(promotion.value, subtotalMinor)
  return Math.min(basisPointsOf(subtotalMinor, promotion.value), subtotalMinor)
}

/** What the buyer pays for each line once the discount on goods is spread over them. */
function shareDiscount(
  promotion: Promotion | null,
  lineTotals: readonly number[],
  discountMinor: number,
): number[] {
  if (promotion?.kind === 'free_shipping') return [...lineTotals]
  const shares = allocate(discountMinor, lineTotals)
  return lineTotals.map((total, index) => total - (shares[index] ?? 0))
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0)
}
