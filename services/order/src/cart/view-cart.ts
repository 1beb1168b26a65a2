import { money } from '@souk/kernel/money'
import type { z } from 'zod'
import type { OrderContext } from '../context.ts'
import type { CartLine, Cart as CartView } from '../contract.ts'
import { toGoods } from '../pricing/price-items.ts'
import { type Price, priceOrder } from '../pricing/price-order.ts'
import { priceTable } from '../pricing/pricing-store.ts'
import { toApplied } from '../pricing/quote-order.ts'
import { wouldShipLater } from '../promise/promise.ts'
import { type StockNow, stockNow } from '../promise/stock-now.ts'
import { choosePromotions } from '../promotion/choose-promotions.ts'
import { anyCountry, taxRulesFor } from '../tax/tax.ts'
import type { Cart, CartItem } from './cart.ts'

type Quoted = Awaited<ReturnType<OrderContext['product']['product']['quote']['query']>>['variants'][number]

/** A cart with today's names, prices and stock. Stock that cannot be asked just now raises no alarm. */
export async function viewCart(ctx: OrderContext, cart: Cart): Promise<CartView> {
  const skus = cart.items.map((item) => item.sku)
  const [variants, available] =
    skus.length === 0 ? [[], new Map()] : await Promise.all([ctx.quotes(skus), stockNow(ctx, skus)])
  const bySku = new Map(variants.map((variant) => [variant.sku, variant]))
  const now = ctx.clock.now()
  const lines = cart.items.map((item) => viewLine(item, bySku.get(item.sku), available.get(item.sku), now))
  const offers = await offersFor(ctx, cart, bySku)
  return {
    id: cart.id,
    userId: cart.userId,
    lines,
    itemCount: cart.items.reduce((count, item) => count + item.quantity, 0),
    subtotal: money(lines.reduce((sum, line) => sum + line.total.amount, 0)),
    promotions: toApplied(offers),
    discount: money(offers.discountMinor),
    version: cart.version,
    updatedAt: cart.updatedAt.toISOString(),
  }
}

/** Promotions that apply by themselves to what can be bought; delivery has no price yet. */
async function offersFor(ctx: OrderContext, cart: Cart, bySku: ReadonlyMap<string, Quoted>): Promise<Price> {
  const { automatic, tax } = await priceTable(ctx.db)
  const lines = cart.items.flatMap(({ sku, quantity }) => {
    const variant = bySku.get(sku)
    return variant ? [toGoods({ quantity, variant })] : []
  })
  const { eligible } = await choosePromotions(ctx.db, {
    automatic,
    byCode: [],
    codes: [],
    goods: lines,
    asking: { userId: cart.userId, email: null, isPlacing: false },
    now: ctx.clock.now(),
  })
  return priceOrder({
    lines,
    shippingMinor: 0,
    promotions: eligible,
    tax: taxRulesFor(tax, anyCountry, undefined),
  })
}

function viewLine(
  item: CartItem,
  variant: Quoted | undefined,
  stock: StockNow | undefined,
  now: Date,
): z.output<typeof CartLine> {
  if (!variant) {
    return {
      ...item,
      productSlug: '',
      name: item.sku,
      optionsLabel: '',
      imageUrl: null,
      unitPrice: money(0),
      total: money(0),
      problem: 'not_for_sale',
      available: 0,
      shipsLater: 0,
      expectedOn: null,
    }
  }
  const available = stock && stock.available + stock.backorderable
  const isShort = available !== undefined && available < item.quantity
  return {
    ...item,
    productSlug: variant.productSlug,
    name: variant.name,
    optionsLabel: variant.optionsLabel,
    imageUrl: variant.imageUrl,
    unitPrice: variant.unitPrice,
    total: money(variant.unitPrice.amount * item.quantity),
    problem: !isShort ? null : available === 0 ? 'sold_out' : 'not_enough',
    available: isShort ? available : null,
    ...wouldShipLater(item.quantity, stock, now),
  }
}
