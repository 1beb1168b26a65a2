import { Id } from '@souk/kernel/id'
import { Money } from '@souk/kernel/money'
import { z } from 'zod'
import { LineDiscount } from './promotion.ts'

export const Sku = z.string().min(1).max(64)
export const MAX_LINE_QUANTITY = 999
export const MAX_LINES = 100
export const Quantity = z.int().min(1).max(MAX_LINE_QUANTITY)
export const OrderItemInput = z.strictObject({ sku: Sku, quantity: Quantity })

export const Totals = z.object({
  subtotal: Money,
  discount: Money,
  shipping: Money,
  tax: Money,
  total: Money,
  /** Whether `tax` is contained in the other figures or was added to make `total`. */
  pricesIncludeTax: z.boolean(),
})
export type Totals = z.infer<typeof Totals>

/** Pieces that are sold before they are there. */
export const ShipsLater = {
  /** How many of these are not here yet and ship later. */
  shipsLater: z.int(),
  /** The day on which they are expected; null when nobody knows, or when it is over. */
  expectedOn: z.string().nullable(),
}

export const OrderItem = z.object({
  sku: z.string(),
  productId: Id,
  productSlug: z.string(),
  name: z.string(),
  optionsLabel: z.string(),
  imageUrl: z.string().nullable(),
  quantity: z.int(),
  unitPrice: Money,
  /** Before promotions. */
  total: Money,
  discount: Money,
  discounts: z.array(LineDiscount),
})
export type OrderItem = z.infer<typeof OrderItem>
