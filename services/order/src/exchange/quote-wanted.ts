import { AppError } from '@souk/kernel/errors'
import type { OrderContext } from '../context.ts'
import type { ExchangeVariant, ExchangeWishes } from '../contract.ts'
import type { Order } from '../order/order.ts'
import type { TodaysVariant } from './price-exchange.ts'

/** `path`: where the caller said it, for the answer to a wish that cannot be granted. */
export type Wish = { sku: string; exchangeFor: string; path: string }
export type Wanted = { sku: string; wanted: TodaysVariant; todayMinor: number | null }

/** What is wanted as product sells it today; customers may choose among the variants of what they bought. */
export async function quoteWanted(
  ctx: OrderContext,
  order: Order,
  wishes: readonly Wish[],
  options: { isSameProduct: boolean },
): Promise<Wanted[]> {
  if (wishes.length === 0) return []
  const skus = [...new Set(wishes.flatMap(({ sku, exchangeFor }) => [sku, exchangeFor]))]
  const { variants } = await ctx.product.product.quote.query({ skus })
  const find = (sku: string) => variants.find((each) => each.sku.toLowerCase() === sku.toLowerCase())
  return wishes.map(({ sku, exchangeFor, path }) => {
    const variant = find(exchangeFor)
    if (!variant) throw badWish(path, `${exchangeFor} is not for sale.`)
    const bought = order.lines.find((line) => line.sku === sku)
    if (!bought) throw badWish(path, `${sku} is not part of this order.`)
    if (options.isSameProduct && variant.productId !== bought.productId)
      throw badWish(path, `${exchangeFor} is not a variant of ${bought.name}.`)
    const { unitPrice, variantId, weightGrams, ...wanted } = variant
    return {
      sku,
      wanted: { ...wanted, unitPriceMinor: unitPrice.amount },
      todayMinor: find(sku)?.unitPrice.amount ?? null,
    }
  })
}

/** The names of what is wanted, before anything is held for it. */
export async function namesOf(
  ctx: OrderContext,
  order: Order,
  wishes: ExchangeWishes,
): Promise<{ sku: string; variant: ExchangeVariant }[]> {
  const placed = wishes.map((wish, index) => ({ ...wish, path: `exchange.${index}.exchangeFor` }))
  const quoted = await quoteWanted(ctx, order, placed, { isSameProduct: false })
  return quoted.map(({ sku, wanted }) => ({ sku, variant: variantOf(wanted) }))
}

export function variantOf({ sku, name, optionsLabel, imageUrl }: TodaysVariant): ExchangeVariant {
  return { sku, name, optionsLabel, imageUrl }
}

/** The wishes that stand beside the lines of a request; one SKU goes one way. */
export function wishesOf(lines: readonly { sku: string; exchangeFor?: string | undefined }[]): Wish[] {
  return lines.flatMap(({ sku, exchangeFor }, index) => {
    const path = `lines.${index}.exchangeFor`
    const isFirst = lines.findIndex((line) => line.sku === sku) === index
    if (!isFirst && lines.find((line) => line.sku === sku)?.exchangeFor !== exchangeFor)
      throw badWish(path, `${sku} can be exchanged for one thing in one return.`)
    return isFirst && exchangeFor !== undefined ? [{ sku, exchangeFor, path }] : []
  })
}

function badWish(path: string, message: string): AppError {
  return new AppError('INVALID_INPUT', message, { details: { errors: [{ path, message }] } })
}
