import { type Money, money } from '@souk/kernel/money'
import type { z } from 'zod'
import type { OrderContext } from '../context.ts'
import type { AppliedPromotion, EnteredCode, OrderItem, OrderQuote, QuoteOrder, Totals } from '../contract.ts'
import { wouldShipLater } from '../promise/promise.ts'
import { stockNow } from '../promise/stock-now.ts'
import type { Entered } from '../promotion/choose-promotions.ts'
import { type ShippingOption, workingDayAfter } from '../shipping/shipping.ts'
import { type PricedItem, type PricedItems, priceItems } from './price-items.ts'
import type { Price } from './price-order.ts'

/** What an order would cost now. Changes nothing. */
export async function quoteOrder(ctx: OrderContext, input: z.output<typeof QuoteOrder>): Promise<OrderQuote> {
  const skus = [...new Set(input.items.map(({ sku }) => sku))]
  const [priced, stock] = await Promise.all([priceItems(ctx, input), stockNow(ctx, skus)])
  const codes = describeCodes(priced)
  const single = input.promotionCode?.toUpperCase()
  const now = ctx.clock.now()
  return {
    items: priced.items.map((item) => ({
      ...toItem(item),
      ...wouldShipLater(item.quantity, stock.get(item.sku), now),
    })),
    missing: priced.missing,
    totals: toTotals(priced.price),
    taxLines: priced.price.taxLines,
    shippingMethods: priced.options.map((option) => toMethod(option, now)),
    shippingMethod: priced.shipping.code,
    undeliverable: priced.undeliverable,
    promotions: toApplied(priced.price),
    codes,
    promotion: codes.find(({ code }) => code === single) ?? null,
  }
}

function describeCodes(priced: PricedItems): EnteredCode[] {
  return priced.entered.map((entered) => {
    const refusal = refusalOfCode(entered, priced.price)
    return {
      code: entered.code,
      isApplied: refusal === undefined,
      message: refusal?.message ?? 'Applied',
      reason: refusal?.reason ?? null,
    }
  })
}

/** Why an entered code takes nothing off, if so: it may be refused, or left out for something better. */
export function refusalOfCode({ promotion, refusal }: Entered, price: Price): Entered['refusal'] {
  if (refusal || !promotion) return refusal
  if (price.promotions.some(({ id }) => id === promotion.id)) return undefined
  const message = promotion.isExclusive
    ? 'This code cannot be combined, and without it you pay less.'
    : price.promotions.length > 0
      ? 'This code takes nothing more off beside your other offers.'
      : 'This code takes nothing off this order.'
  return { reason: 'no_effect', message }
}

function toMethod(option: ShippingOption, now: Date): OrderQuote['shippingMethods'][number] {
  const { priceMinor, ...same } = option
  return {
    ...same,
    price: money(priceMinor),
    estimate: { from: workingDayAfter(now, option.minDays), to: workingDayAfter(now, option.maxDays) },
  }
}

export function toApplied(price: Pick<Price, 'promotions'>): AppliedPromotion[] {
  return price.promotions.map(({ id, code, name, amountMinor }) => ({
    id,
    code,
    name,
    amount: money(amountMinor),
  }))
}

export function toTotals(price: Omit<Price, 'lines' | 'promotions' | 'taxLines'>): Totals {
  const amount = (minor: number): Money => money(minor)
  return {
    subtotal: amount(price.subtotalMinor),
    discount: amount(price.discountMinor),
    shipping: amount(price.shippingMinor),
    tax: amount(price.taxMinor),
    total: amount(price.totalMinor),
    pricesIncludeTax: price.pricesIncludeTax,
  }
}

function toItem({ variant, quantity, totalMinor, sku, discountMinor, discounts }: PricedItem): OrderItem {
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
    discount: money(discountMinor),
    discounts: discounts.map(({ promotionId, amountMinor }) => ({ promotionId, amount: money(amountMinor) })),
  }
}
