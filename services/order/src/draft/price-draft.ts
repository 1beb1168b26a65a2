import { AppError } from '@souk/kernel/errors'
import type { OrderContext } from '../context.ts'
import type { SaveDraft } from '../contract.ts'
import { type Price, priceOrder } from '../pricing/price-order.ts'
import { priceTable } from '../pricing/pricing-store.ts'
import { allGoods, type Promotion } from '../promotion/promotion.ts'
import { chooseShipping } from '../shipping/choose-shipping.ts'
import { taxRulesFor } from '../tax/tax.ts'
import type { DraftLine } from './draft.ts'

export type PricedDraft = { lines: DraftLine[]; price: Price; shipping: { code: string; name: string } }

/** Today's prices where staff set none, put together by the rule that makes every order's price. */
export async function priceDraft(ctx: OrderContext, input: SaveDraft, actor: string): Promise<PricedDraft> {
  const [{ variants }, table] = await Promise.all([
    ctx.product.product.quote.query({ skus: input.lines.map(({ sku }) => sku) }),
    priceTable(ctx.db),
  ])
  const bySku = new Map(variants.map((variant) => [variant.sku, variant]))
  const { lines, faults } = quotedLines(input.lines, variants, actor)
  const { country, region } = input.shippingAddress
  const { shipping, undeliverable } = chooseShipping(table.zones, {
    country,
    region,
    parcel: {
      grams: lines.reduce((sum, { sku, quantity }) => sum + (bySku.get(sku)?.weightGrams ?? 0) * quantity, 0),
      subtotalMinor: lines.reduce((sum, line) => sum + line.unitPriceMinor * line.quantity, 0),
    },
    method: input.shippingMethod,
    isPlacing: true,
  })
  if (undeliverable !== null) faults.push({ path: 'shippingAddress.country', message: undeliverable })
  if (faults.length > 0) {
    throw new AppError('INVALID_INPUT', 'This draft cannot be saved as it is.', {
      details: { errors: faults },
    })
  }
  const discountMinor = input.discount?.amount ?? 0
  const price = priceOrder({
    lines,
    shippingMinor: shipping.priceMinor,
    promotions: discountMinor === 0 ? [] : [agreedDiscount(input.id, discountMinor)],
    tax: taxRulesFor(table.tax, country, region),
  })
  if (price.totalMinor === 0) {
    const errors = [{ path: 'discount', message: 'Something must be left to pay' }]
    throw new AppError('INVALID_INPUT', 'There is nothing to pay for this draft.', { details: { errors } })
  }
  return { lines, price, shipping }
}

type Quoted = Awaited<ReturnType<OrderContext['product']['product']['quote']['query']>>['variants']

/** Lines with the product as it is quoted now, and what is wrong with those that are not for sale. */
export function quotedLines(
  asked: SaveDraft['lines'],
  variants: Quoted,
  actor: string,
): { lines: DraftLine[]; faults: { path: string; message: string }[] } {
  const bySku = new Map(variants.map((variant) => [variant.sku, variant]))
  const faults: { path: string; message: string }[] = []
  const lines = asked.flatMap(({ sku, quantity, unitPrice }, index): DraftLine[] => {
    const variant = bySku.get(sku)
    if (!variant) faults.push({ path: `lines.${index}.sku`, message: `${sku} is not for sale` })
    if (asked.findIndex((line) => line.sku === sku) !== index)
      faults.push({ path: `lines.${index}.sku`, message: `${sku} is in the draft twice` })
    if (!variant) return []
    const isCustom = unitPrice !== undefined && unitPrice.amount !== variant.unitPrice.amount
    return [
      {
        sku,
        productId: variant.productId,
        productSlug: variant.productSlug,
        name: variant.name,
        optionsLabel: variant.optionsLabel,
        imageUrl: variant.imageUrl,
        taxClass: variant.taxClass,
        categorySlug: variant.categorySlug,
        quantity,
        unitPriceMinor: isCustom ? unitPrice.amount : variant.unitPrice.amount,
        pricedBy: isCustom ? actor : null,
      },
    ]
  })
  return { lines, faults }
}

/** Staff's discount, in the form in which the rule takes something off. */
function agreedDiscount(draftId: string, valueMinor: number): Promotion {
  return {
    id: draftId,
    code: null,
    name: 'Agreed discount',
    kind: 'amount',
    value: valueMinor,
    scope: allGoods,
    offer: null,
    minSubtotalMinor: 0,
    minQuantity: 0,
    customers: [],
    isFirstOrder: false,
    isExclusive: false,
    priority: 0,
    isActive: true,
    usageLimit: null,
    perCustomerLimit: null,
    usedCount: 0,
    startsAt: null,
    endsAt: null,
  }
}
