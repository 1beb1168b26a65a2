import { Address } from '@souk/kernel/address'
import { Id } from '@souk/kernel/id'
import { Currency } from '@souk/kernel/money'
import { z } from 'zod'

export const Sku = z.string().min(1).max(64)
export const minor = z.int()
export const VariantRef = z.object({ variantId: Id, sku: Sku })
export const NewVariant = VariantRef.extend({ initialStock: z.int().min(0) })

export const OrderRef = z.object({ orderId: Id, number: z.string(), userId: Id.nullable() })
export const ReturnRef = { returnId: Id, returnNumber: z.string() }
export const OrderLine = z.object({
  sku: Sku,
  name: z.string(),
  optionsLabel: z.string(),
  imageUrl: z.string().nullable(),
  quantity: z.int().min(1),
  unitPriceMinor: minor,
  totalMinor: minor,
})
export const Piece = z.object({
  sku: Sku,
  name: z.string(),
  optionsLabel: z.string(),
  quantity: z.int().min(1),
})
export const OrderTotals = z.object({
  subtotalMinor: minor,
  discountMinor: minor,
  shippingMinor: minor,
  taxMinor: minor,
  totalMinor: minor,
  currency: Currency,
})
/** What a mail about an order needs; notification asks nobody. `accessToken` opens a guest's order page. */
export const OrderForMail = OrderRef.extend({
  email: z.string(),
  customerName: z.string(),
  accessToken: z.string().nullable(),
  lines: z.array(OrderLine),
  totals: OrderTotals,
  shippingAddress: Address.optional(),
})
/** Whom to write to about an order that never was confirmed, such as a refund of a late payment. */
export const OrderContact = z.object({
  email: z.string(),
  customerName: z.string(),
  accessToken: z.string().nullable(),
})
export const UserRef = z.object({ userId: Id, email: z.string(), name: z.string() })
