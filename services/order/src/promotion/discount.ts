import { allocate, basisPointsOf } from '@souk/kernel/money'
import { giveFreePieces } from './free-pieces.ts'
import { covers, type Goods, type Promotion } from './promotion.ts'

/** A line while promotions are taken off it, one after the other. */
export type OpenLine = Goods & {
  /** What is left to pay for it. */
  leftMinor: number
  /** Pieces that a buy-and-get offer has not counted yet: none counts twice. */
  freshPieces: number
}
export type Basket = { lines: OpenLine[]; shippingLeftMinor: number }
export type Discount = { promotion: Promotion; byLineMinor: number[]; shippingMinor: number }

export function openBasket(goods: readonly Goods[], shippingMinor: number): Basket {
  return {
    lines: goods.map((line) => ({
      ...line,
      leftMinor: line.unitPriceMinor * line.quantity,
      freshPieces: line.quantity,
    })),
    shippingLeftMinor: shippingMinor,
  }
}

/** Takes one promotion off what is left in the basket, and says where. Never more than is left. */
export function takeOff(basket: Basket, promotion: Promotion): Discount {
  const discount = decide(basket, promotion)
  for (const [index, line] of basket.lines.entries()) line.leftMinor -= discount.byLineMinor[index] ?? 0
  basket.shippingLeftMinor -= discount.shippingMinor
  return discount
}

function decide(basket: Basket, promotion: Promotion): Discount {
  const nothing = { promotion, byLineMinor: basket.lines.map(() => 0), shippingMinor: 0 }
  switch (promotion.kind) {
    case 'free_shipping':
      return { ...nothing, shippingMinor: basket.shippingLeftMinor }
    case 'buy_x_get_y':
      return { ...nothing, byLineMinor: giveFreePieces(basket.lines, promotion) }
    case 'percentage':
      return {
        ...nothing,
        byLineMinor: share(basket, promotion, (left) => basisPointsOf(left, promotion.value)),
      }
    case 'amount':
      return { ...nothing, byLineMinor: share(basket, promotion, () => promotion.value) }
  }
}

/** Spreads an amount over the lines it is for, by what is left of each, to the last cent. */
function share(basket: Basket, promotion: Promotion, amountOf: (leftMinor: number) => number): number[] {
  const weights = basket.lines.map((line) => (covers(promotion.scope, line) ? line.leftMinor : 0))
  const left = weights.reduce((sum, weight) => sum + weight, 0)
  if (left === 0) return weights
  return allocate(Math.min(amountOf(left), left), weights)
}
