import { type Money, money } from '@souk/kernel/money'
import type { z } from 'zod'
import type { OrderContext } from '../context.ts'
import type { OrderItem, OrderQuote, QuoteOrder, Totals } from '../contract.ts'
import { type PricedItem, type PricedItems, priceItems } from './price-items.ts'
import { type Price, promotionApplies, shippingPrice } from './price-order.ts'

/** What an order would cost now. Changes nothing. */
export async function quoteOrder(ctx: OrderContext, input: z.output<typeof QuoteOrder>): Promise<OrderQuote> {
  const priced = await priceItems(ctx, input)
  return {
    items: priced.items.map(toItem),
    missing: priced.missing,
    totals: toTotals(priced.price),
    shippingMethods: priced.options.map((option) => ({
      code: option.code,
      name: option.name,
      description: option.description,
      price: money(shippingPrice(option, priced.price.subtotalMinor)),
    })),
    shippingMethod: priced.shipping.code,
    promotion: input.promotionCode === undefined ? null : describePromotion(priced, input.promotionCode),
  }
}

function describePromotion({ promotion, price }: PricedItems, code: string): OrderQuote['promotion'] {
  if (!promotion) return { code, isApplied: false, message: 'This code is not valid.' }
  if (!promotionApplies(promotion, price.subtotalMinor)) {
    return { code: promotion.code, isApplied: false, message: 'Your order is too small for this code.' }
  }
  return { code: promotion.code, isApplied: true, message: 'Applied' }
}

export function toTotals(price: Omit<Price, 'lines'>): Totals {
  const amount = (minor: number): Money => money(minor)
  return {
    subtotal: amount(price.subtotalMinor),
    discount: amount(price.discountMinor),
    shipping: amount(price.shippingMinor),
    tax: amount(price.taxMinor),
    total: amount(price.totalMinor),
  }
}

function toItem({ variant, quantity, totalMinor, sku }: PricedItem): OrderItem {
  return {
    sku,
    productId: variant.productId,
    productSlug: variant.productSlug,
    name: variant.name,
    optionsLabel: variant.optionsLabel,
    imageUrl: variant.imageUrl,
    quantity,
    unitPrice: variant.unitPrice,
    total: money(totalMinor),
  }
}
