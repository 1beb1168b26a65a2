import { isAppError, notFound } from '@souk/kernel/errors'
import { money } from '@souk/kernel/money'
import type { Product } from '@souk/product/contract'
import type { OrderContext } from '../context.ts'
import type { ExchangeOption, ExchangeOptions, ListExchangeOptions } from '../contract.ts'
import { loadVisibleOrder } from '../order/access.ts'
import type { Order, OrderLine } from '../order/order.ts'
import { priceTable } from '../pricing/pricing-store.ts'
import { type TaxRules, taxRulesFor } from '../tax/tax.ts'
import { paidAtLeast, priceExchange } from './price-exchange.ts'

/** For whoever may see the order. Nothing for a product that is not sold any more. */
export async function listExchangeOptions(
  ctx: OrderContext,
  input: ListExchangeOptions,
): Promise<ExchangeOptions> {
  const order = await loadVisibleOrder(ctx, input.id, input.orderToken)
  const line = order.lines.find(({ sku }) => sku === input.sku)
  if (!line) throw notFound('line')
  const [product, table] = await Promise.all([findProduct(ctx, line.productId), priceTable(ctx.db)])
  if (!product) return { items: [] }
  const { country, region } = order.shippingAddress
  return { items: optionsOf(order, line, product, taxRulesFor(table.tax, country, region)) }
}

async function findProduct(ctx: OrderContext, id: string): Promise<Product | undefined> {
  try {
    return await ctx.product.product.get.query({ idOrSlug: id })
  } catch (error) {
    if (isAppError(error) && error.code === 'NOT_FOUND') return undefined
    throw error
  }
}

function optionsOf(order: Order, line: OrderLine, product: Product, tax: TaxRules): ExchangeOption[] {
  const { sku } = line
  const paidMinor = paidAtLeast(order, { sku, quantity: 1 })
  const todayMinor = product.variants.find((variant) => variant.sku === sku)?.price.amount ?? null
  return product.variants.flatMap((variant) => {
    const wanted = {
      sku: variant.sku,
      productId: product.id,
      productSlug: product.slug,
      name: product.name,
      optionsLabel: variant.optionsLabel,
      imageUrl: null,
      taxClass: product.taxClass,
      categorySlug: product.category.slug,
      unitPriceMinor: variant.price.amount,
    }
    const { price } = priceExchange(order, [{ sku, quantity: 1, wanted, todayMinor }], {
      id: order.id,
      name: '',
      tax,
      actor: '',
    })
    // An order is over something that is paid.
    if (price.totalMinor === 0) return []
    return [
      {
        sku: variant.sku,
        name: product.name,
        optionsLabel: variant.optionsLabel,
        isSame: variant.sku === sku,
        isAvailable: variant.available,
        toPay: money(Math.max(0, price.totalMinor - paidMinor), order.currency),
        refund: money(Math.max(0, paidMinor - price.totalMinor), order.currency),
      },
    ]
  })
}
