import { AppError } from '@souk/kernel/errors'
import { type Money, money } from '@souk/kernel/money'
import type { OrderContext } from '../context.ts'
import type { DraftLine } from '../draft/draft.ts'
import { quotedLines } from '../draft/price-draft.ts'
import type { Order } from '../order/order.ts'
import { type Price, priceOrder } from '../pricing/price-order.ts'
import { priceTable } from '../pricing/pricing-store.ts'
import { taxRulesFor } from '../tax/tax.ts'

/** Without a price of its own, a line costs what its product costs today. */
export type WantedLine = { sku: string; quantity: number; unitPrice?: Money | undefined }
export type PricedFollowUp = { lines: DraftLine[]; price: Price }

/** No promotion takes part. `path` is where the caller's input has these lines. */
export async function priceFollowUp(
  ctx: OrderContext,
  origin: Order,
  wanted: { lines: readonly WantedLine[]; shippingMinor: number; path: string; actor: string },
): Promise<PricedFollowUp> {
  const asked = [...wanted.lines]
  const [{ variants }, table] = await Promise.all([
    ctx.product.product.quote.query({ skus: asked.map(({ sku }) => sku) }),
    priceTable(ctx.db),
  ])
  const { lines, faults } = quotedLines(asked, variants, wanted.actor)
  if (faults.length > 0) {
    const errors = faults.map(({ path, message }) => ({ path: path.replace('lines', wanted.path), message }))
    throw new AppError('INVALID_INPUT', 'This cannot be added.', { details: { errors } })
  }
  const { country, region } = origin.shippingAddress
  const price = priceOrder({
    lines,
    shippingMinor: wanted.shippingMinor,
    promotions: [],
    tax: taxRulesFor(table.tax, country, region),
  })
  if (price.totalMinor === 0) {
    const errors = [{ path: wanted.path, message: 'It would cost nothing' }]
    throw new AppError('INVALID_INPUT', 'What is added has to cost something.', { details: { errors } })
  }
  return { lines, price }
}

/** What the buyer paid for one piece of a line, after its discounts. */
export function acceptedPrice(order: Order, sku: string): Money | undefined {
  const line = order.lines.find((each) => each.sku === sku)
  return line && money(Math.round((line.totalMinor - line.discountMinor) / line.quantity), order.currency)
}
