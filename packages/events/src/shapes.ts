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
  /** How many of them are not here yet, and when they are expected, if somebody knows. */
  shipsLater: z.int().min(1).optional(),
  expectedOn: z.string().nullable().optional(),
})
export const Piece = z.object({
  sku: Sku,
  name: z.string(),
  optionsLabel: z.string(),
  quantity: z.int().min(1),
})
/** Without a disposition it goes back on sale. One SKU may stand twice, once for each. */
export const ReturnedPiece = z.object({
  sku: Sku,
  quantity: z.int(),
  disposition: z.enum(['restock', 'write_off']).optional(),
  name: z.string().optional(),
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
export const EditSettled = OrderRef.extend({
  editId: Id,
  problem: z.string().nullable(),
  /** No parcel follows, because the rest was cancelled: what the shares of the parcels leave of the total. */
  lastShareMinor: minor.optional(),
})
export const UserRef = z.object({ userId: Id, email: z.string(), name: z.string() })

export const StockLevel = z.object({
  sku: Sku,
  onHand: z.int(),
  reserved: z.int(),
  available: z.int(),
  /** How many more may be promised beyond what is there; events from before that was possible lack it. */
  backorderable: z.int().optional(),
  /** When more is expected, if somebody knows. */
  expectedOn: z.string().nullable().optional(),
})
export const KeptPromise = z.object({
  orderId: Id,
  reservationId: Id,
  sku: Sku,
  quantity: z.int().min(1),
  /** The order waits for nothing more. */
  isComplete: z.boolean(),
})

export const Category = z.object({ categoryId: Id, slug: z.string(), name: z.string() })

export const EditedProduct = z.object({
  productId: Id,
  slug: z.string(),
  previousSlug: z.string(),
  addedVariants: z.array(NewVariant),
  removedSkus: z.array(Sku),
})
