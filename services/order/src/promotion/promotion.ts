import { formatMoney } from '@souk/kernel/format-money'
import { money } from '@souk/kernel/money'

/** Which goods: any of these categories, products or SKUs; all goods when it names none. */
export type Scope = {
  categories: readonly string[]
  products: readonly string[]
  skus: readonly string[]
}
/** Buy so many, get so many. `get` is what is given, the same goods when null. */
export type Offer = { buyQuantity: number; getQuantity: number; get: Scope | null; maxSets: number | null }
export type PromotionKind = 'percentage' | 'amount' | 'free_shipping' | 'buy_x_get_y'

export type Promotion = {
  id: string
  /** What the buyer types; null for one that applies by itself. */
  code: string | null
  name: string
  kind: PromotionKind
  /** Basis points off for `percentage` and for what `buy_x_get_y` gives, minor units for `amount`. */
  value: number
  scope: Scope
  offer: Offer | null
  minSubtotalMinor: number
  /** Pieces that the scope covers. */
  minQuantity: number
  /** E-mail addresses in lower case and ids of people; empty for everybody. */
  customers: readonly string[]
  isFirstOrder: boolean
  isExclusive: boolean
  priority: number
  isActive: boolean
  usageLimit: number | null
  perCustomerLimit: number | null
  usedCount: number
  startsAt: Date | null
  endsAt: Date | null
}

export type Goods = {
  sku: string
  productId: string
  categorySlug: string
  quantity: number
  unitPriceMinor: number
}
/** What is known of who buys. A guest may not have said an e-mail yet. */
export type Buyer = {
  userId: string | null
  email: string | null
  /** Null while nobody can say. */
  hasOrdered: boolean | null
  /** Uses of promotions that are limited per customer, by promotion. */
  uses: ReadonlyMap<string, number>
}
export type Refusal = {
  reason:
    | 'unknown'
    | 'not_yet'
    | 'over'
    | 'too_small'
    | 'too_few'
    | 'not_for_customer'
    | 'used_up'
    | 'no_effect'
  message: string
}

const everything: Scope = { categories: [], products: [], skus: [] }
export const allGoods = everything

export function covers(scope: Scope, goods: Pick<Goods, 'sku' | 'productId' | 'categorySlug'>): boolean {
  if (scope.categories.length + scope.products.length + scope.skus.length === 0) return true
  return (
    scope.categories.includes(goods.categorySlug) ||
    scope.products.includes(goods.productId) ||
    scope.skus.includes(goods.sku)
  )
}

/** Whether orders have to be counted: such a promotion is claimed with the order. */
export function isLimited(
  promotion: Pick<Promotion, 'usageLimit' | 'perCustomerLimit' | 'isFirstOrder'>,
): boolean {
  return promotion.usageLimit !== null || customerLimitOf(promotion) !== null
}

/** A first order is one at most, also when two are placed at once. */
export function customerLimitOf(
  promotion: Pick<Promotion, 'perCustomerLimit' | 'isFirstOrder'>,
): number | null {
  return promotion.isFirstOrder ? 1 : promotion.perCustomerLimit
}

/** How a buyer is counted: by account and by e-mail, so that signing out gives no second use. */
export function customerKeys(buyer: Pick<Buyer, 'userId' | 'email'>): string[] {
  return [
    ...(buyer.email === null ? [] : [`email:${buyer.email}`]),
    ...(buyer.userId === null ? [] : [`user:${buyer.userId}`]),
  ]
}

/** Why this promotion takes no part in this order, or nothing when it does. */
export function refusalOf(
  promotion: Promotion,
  order: { goods: readonly Goods[]; buyer: Buyer; now: Date },
): Refusal | undefined {
  return (
    refusedByTime(promotion, order.now) ??
    refusedByBuyer(promotion, order.buyer) ??
    refusedByGoods(promotion, order.goods)
  )
}

function refusedByTime(promotion: Promotion, now: Date): Refusal | undefined {
  if (!promotion.isActive) return { reason: 'unknown', message: 'This code is not valid.' }
  if (promotion.startsAt && promotion.startsAt > now) {
    return { reason: 'not_yet', message: 'This code is not valid yet.' }
  }
  if (promotion.endsAt && promotion.endsAt <= now) {
    return { reason: 'over', message: 'This code is not valid any more.' }
  }
  if (promotion.usageLimit !== null && promotion.usedCount >= promotion.usageLimit) {
    return { reason: 'used_up', message: 'This code is used up.' }
  }
  return undefined
}

function refusedByBuyer(promotion: Promotion, buyer: Buyer): Refusal | undefined {
  const isNamed =
    promotion.customers.length === 0 ||
    (buyer.email !== null && promotion.customers.includes(buyer.email)) ||
    (buyer.userId !== null && promotion.customers.includes(buyer.userId))
  if (!isNamed) {
    const message =
      buyer.email === null
        ? 'This code is for certain customers. Enter your e-mail address to use it.'
        : 'This code is not for this customer.'
    return { reason: 'not_for_customer', message }
  }
  if (promotion.isFirstOrder && buyer.hasOrdered === true) {
    return { reason: 'not_for_customer', message: 'This code is for a first order only.' }
  }
  const most = customerLimitOf(promotion)
  if (most !== null && (buyer.uses.get(promotion.id) ?? 0) >= most) {
    const message = most === 1 ? 'You have used this code already.' : `You have used this code ${most} times.`
    return { reason: 'used_up', message }
  }
  return undefined
}

function refusedByGoods(promotion: Promotion, goods: readonly Goods[]): Refusal | undefined {
  const subtotalMinor = goods.reduce((sum, line) => sum + line.unitPriceMinor * line.quantity, 0)
  if (subtotalMinor < promotion.minSubtotalMinor) {
    const least = formatMoney(money(promotion.minSubtotalMinor))
    return { reason: 'too_small', message: `This code needs an order of ${least} or more.` }
  }
  const covered = goods.filter((line) => covers(promotion.scope, line))
  if (covered.length === 0) {
    return { reason: 'too_few', message: 'Nothing in this order takes part in this offer.' }
  }
  const pieces = covered.reduce((count, line) => count + line.quantity, 0)
  const needed = Math.max(promotion.minQuantity, promotion.offer?.buyQuantity ?? 0)
  if (pieces < needed) {
    return {
      reason: 'too_few',
      message: `This code needs ${needed} pieces that take part; there are ${pieces}.`,
    }
  }
  return undefined
}
