import { type Discount, openBasket, takeOff } from './discount.ts'
import type { Goods, Promotion, PromotionKind } from './promotion.ts'

/** At one priority: what depends on pieces, then on shares, then on sums, so that a share is of the larger sum. */
const turn: Record<PromotionKind, number> = { buy_x_get_y: 0, percentage: 1, amount: 2, free_shipping: 3 }

/**
 * Every legal way to use these promotions: all that combine, one after the other by priority, or one
 * exclusive promotion alone. In a fixed order, so that of two equal ways always the same is taken.
 */
export function legalCombinations(promotions: readonly Promotion[]): Promotion[][] {
  const ordered = [...promotions].sort(
    (a, b) => b.priority - a.priority || turn[a.kind] - turn[b.kind] || (a.id < b.id ? -1 : 1),
  )
  const alone = ordered.filter((promotion) => promotion.isExclusive).map((promotion) => [promotion])
  return [ordered.filter((promotion) => !promotion.isExclusive), ...alone]
}

/** What one combination takes off; promotions that take nothing are left out. */
export function applyAll(
  goods: readonly Goods[],
  shippingMinor: number,
  combination: readonly Promotion[],
): Discount[] {
  const basket = openBasket(goods, shippingMinor)
  return combination
    .map((promotion) => takeOff(basket, promotion))
    .filter(
      ({ byLineMinor, shippingMinor: carriage }) => carriage > 0 || byLineMinor.some((minor) => minor > 0),
    )
}
