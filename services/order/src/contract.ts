import { Address, Email } from '@souk/kernel/address'
import { Id } from '@souk/kernel/id'
import { Money } from '@souk/kernel/money'
import { PageInput } from '@souk/kernel/page'
import { GiftCardCode, PaymentMethod, PaymentState } from '@souk/payment/contract'
import { z } from 'zod'
import { OrderEdit } from './contract/edit.ts'
import { FollowUp, Origin } from './contract/follow-up.ts'
import {
  MAX_LINE_QUANTITY,
  MAX_LINES,
  OrderItem,
  OrderItemInput,
  Quantity,
  ShipsLater,
  Sku,
  Totals,
} from './contract/item.ts'
import { TaxLine } from './contract/pricing.ts'
import { AppliedPromotion, PromotionCode, PromotionCodes } from './contract/promotion.ts'
import { OrderReturn } from './contract/return.ts'
import { Shipment } from './contract/shipment.ts'

export * from './contract/draft.ts'
export * from './contract/edit.ts'
export * from './contract/exchange.ts'
export * from './contract/follow-up.ts'
export * from './contract/invoice.ts'
export * from './contract/item.ts'
export * from './contract/pricing.ts'
export * from './contract/promotion.ts'
export * from './contract/quote.ts'
export * from './contract/return.ts'
export * from './contract/shipment.ts'

export const orderStatuses = [
  'pending',
  'awaiting_payment',
  'confirmed',
  'processing',
  'shipped',
  'delivered',
  'cancelled',
  'failed',
  'partially_returned',
  'returned',
] as const
export const OrderStatus = z.enum(orderStatuses)
export type OrderStatus = z.infer<typeof OrderStatus>

type Actor = 'system' | 'customer' | 'staff'
type Edge = { from: readonly OrderStatus[]; to: OrderStatus; by: readonly Actor[]; event: string }

/** Every legal step of an order: from where, who may take it, and which event it writes. */
export const orderEdges = [
  { from: ['pending'], to: 'awaiting_payment', by: ['system'], event: 'order.payment_requested' },
  { from: ['pending', 'awaiting_payment'], to: 'confirmed', by: ['system'], event: 'order.confirmed' },
  { from: ['pending', 'awaiting_payment'], to: 'failed', by: ['system'], event: 'order.failed' },
  {
    from: ['pending', 'awaiting_payment', 'confirmed', 'processing'],
    to: 'cancelled',
    by: ['system', 'customer', 'staff'],
    event: 'order.cancelled',
  },
  { from: ['confirmed'], to: 'processing', by: ['staff'], event: 'order.processing' },
  { from: ['confirmed', 'processing'], to: 'shipped', by: ['staff'], event: 'order.shipped' },
  { from: ['shipped'], to: 'delivered', by: ['staff'], event: 'order.delivered' },
  {
    from: ['delivered', 'partially_returned'],
    to: 'partially_returned',
    by: ['staff'],
    event: 'order.returned',
  },
  { from: ['delivered', 'partially_returned'], to: 'returned', by: ['staff'], event: 'order.returned' },
  /** What had not left was cancelled: the order goes on as if the parcels that have were all. */
  { from: ['processing'], to: 'shipped', by: ['system'], event: 'order.edited' },
  { from: ['processing'], to: 'delivered', by: ['system'], event: 'order.edited' },
  { from: ['processing'], to: 'partially_returned', by: ['system'], event: 'order.edited' },
  { from: ['processing'], to: 'returned', by: ['system'], event: 'order.edited' },
  /** The last parcel arrives after pieces of an earlier one have come back. */
  { from: ['shipped'], to: 'partially_returned', by: ['system'], event: 'order.delivered' },
] as const satisfies readonly Edge[]

export function canMove(from: OrderStatus, to: OrderStatus, by: Actor): boolean {
  const edges: readonly Edge[] = orderEdges
  return edges.some((edge) => edge.to === to && edge.from.includes(from) && edge.by.includes(by))
}

/** The steps a member of staff can take from here: what the admin draws its buttons from. */
export function nextStatuses(from: OrderStatus, by: Actor): OrderStatus[] {
  const edges: readonly Edge[] = orderEdges
  return edges.filter((edge) => edge.from.includes(from) && edge.by.includes(by)).map((edge) => edge.to)
}

export const TimelineEntry = z.object({
  at: z.string(),
  /** A status reached, or `refunded` / `note`. */
  type: z.string(),
  /** Who: `customer`, `system`, or a staff member's id. */
  actor: z.string(),
  note: z.string().nullable(),
})

/** A line of an order with what became of its pieces. */
export const OrderedItem = OrderItem.extend({
  shippedQuantity: z.int(),
  deliveredQuantity: z.int(),
  returnedQuantity: z.int(),
  /** In returns that were asked for and did not end yet. */
  returnPendingQuantity: z.int(),
  /** How many the customer may ask to return now: delivered, not on their way back, and in time. */
  returnableQuantity: z.int(),
  /** As long as the order stands; the day is as staff expect it now. */
  ...ShipsLater,
})
export type OrderedItem = z.infer<typeof OrderedItem>

export const Order = z.object({
  id: Id,
  number: z.string(),
  status: OrderStatus,
  userId: Id.nullable(),
  email: z.string(),
  items: z.array(OrderedItem),
  totals: Totals,
  /** Net and tax of every rate; together they make the total. */
  taxLines: z.array(TaxLine),
  promotions: z.array(AppliedPromotion),
  refunded: Money,
  shippingAddress: Address,
  shippingMethod: z.object({ code: z.string(), name: z.string() }),
  payment: PaymentState.nullable(),
  shipments: z.array(Shipment),
  returns: z.array(OrderReturn),
  /** What staff took out before it left. */
  edits: z.array(OrderEdit),
  /** Orders that follow from this one: what was added, or is sent instead of what came back. */
  followUps: z.array(FollowUp),
  /** The order that this one follows from. */
  origin: Origin.nullable(),
  /** Until when the customer may ask to return anything of it; known from the first delivery on. */
  returnableUntil: z.string().nullable(),
  timeline: z.array(TimelineEntry),
  /** Why an order failed or was cancelled, in words for the customer. */
  reason: z.string().nullable(),
  createdAt: z.string(),
  updatedAt: z.string(),
})
export type Order = z.infer<typeof Order>

/** A guest's key to the order, given once with the answer that created it. */
export const PlacedOrder = Order.extend({ accessToken: z.string().nullable() })
export type PlacedOrder = z.infer<typeof PlacedOrder>

export const OrderSummary = Order.pick({
  id: true,
  number: true,
  status: true,
  email: true,
  refunded: true,
  createdAt: true,
  updatedAt: true,
}).extend({
  total: Money,
  itemCount: z.int(),
  customerName: z.string(),
  /** Pictures of the first lines. */
  imageUrls: z.array(z.string()),
})
export type OrderSummary = z.infer<typeof OrderSummary>

export const PlaceOrder = z.strictObject({
  /** The order's id, chosen by the caller; a repeat finds the same order. */
  id: Id,
  items: z.array(OrderItemInput).min(1).max(MAX_LINES),
  email: Email,
  shippingAddress: Address,
  shippingMethod: z.string().min(1).max(40).optional(),
  promotionCode: PromotionCode.optional(),
  /** With `promotionCode` when there are several. */
  promotionCodes: PromotionCodes.optional(),
  paymentMethod: PaymentMethod,
  /** Pays first, as far as it goes; `paymentMethod` pays the rest. */
  giftCardCode: GiftCardCode.optional(),
  /** Pays next, for signed-in customers. */
  useStoreCredit: z.boolean().optional(),
  /** What the buyer saw of both together; with less by now, the payment is declined and nothing is taken. */
  expectedCredit: Money.optional(),
  /** What the buyer saw; another total is answered `price_changed` and nothing is ordered. */
  expectedTotal: Money.optional(),
  /** A cart to empty once the order stands. */
  cartId: Id.optional(),
})
export type PlaceOrder = z.output<typeof PlaceOrder>

export const ShortLine = z.object({ sku: z.string(), requested: z.int(), available: z.int() })
export const PlaceResult = z.discriminatedUnion('status', [
  /** Confirmed, waiting for the customer (`order.payment.action`), or still being settled. */
  z.object({ status: z.literal('placed'), order: PlacedOrder }),
  z.object({ status: z.literal('out_of_stock'), lines: z.array(ShortLine) }),
  z.object({ status: z.literal('price_changed'), totals: Totals }),
  z.object({ status: z.literal('payment_declined'), orderId: Id, message: z.string() }),
])
export type PlaceResult = z.infer<typeof PlaceResult>

export const OrderRef = z.strictObject({ id: Id, orderToken: z.string().max(200).optional() })
const CancelReason = z.string().trim().min(1).max(300)
export const CancelOrder = OrderRef.extend({ reason: CancelReason.optional() })
/** Cancels what has not left of an order of which a part has. */
export const CancelRest = OrderRef.extend({
  /** Chosen by the caller; a repeat finds the same cancellation. */
  editId: Id,
  /** What was seen in the preview; another total is refused and nothing changes. */
  expectedTotal: Money.optional(),
  reason: CancelReason.optional(),
})
export type CancelRest = z.output<typeof CancelRest>
export const ChangeStatus = z.strictObject({
  id: Id,
  status: OrderStatus,
  carrier: z.string().trim().min(1).max(80).optional(),
  trackingNumber: z.string().trim().min(1).max(120).optional(),
  note: z.string().trim().min(1).max(500).optional(),
  /**
   * What came back, for `partially_returned`, or what is sent, for `shipped`. `returned` and `shipped` without
   * lines mean everything that is left.
   */
  lines: z.array(OrderItemInput).min(1).max(MAX_LINES).optional(),
})
export const ListOrders = z.strictObject({
  status: OrderStatus.optional(),
  /** Number, e-mail or name; staff only. */
  q: z.string().trim().max(120).optional(),
  ...PageInput,
})

export const CartLine = z.object({
  sku: z.string(),
  productSlug: z.string(),
  name: z.string(),
  optionsLabel: z.string(),
  imageUrl: z.string().nullable(),
  quantity: z.int(),
  unitPrice: Money,
  total: Money,
  /** What the shopper should know before checkout. */
  problem: z.enum(['not_for_sale', 'sold_out', 'not_enough']).nullable(),
  /** How many can be had, when fewer than wanted. */
  available: z.int().nullable(),
  ...ShipsLater,
})
export const Cart = z.object({
  id: Id,
  userId: Id.nullable(),
  lines: z.array(CartLine),
  itemCount: z.int(),
  subtotal: Money,
  /** What applies by itself, before a code or a destination is known. */
  promotions: z.array(AppliedPromotion),
  discount: Money,
  version: z.int(),
  updatedAt: z.string(),
})
export type Cart = z.infer<typeof Cart>
/** A guest's cart is known by its id alone; a customer's only to its owner. Without an id: the signed-in customer's own. */
export const CartRef = z.strictObject({ cartId: Id.optional() })
export const AddCartItem = CartRef.extend({ sku: Sku, quantity: Quantity })
export const SetCartQuantity = CartRef.extend({ sku: Sku, quantity: z.int().min(0).max(MAX_LINE_QUANTITY) })
export const MergeCarts = z.strictObject({ cartId: Id })

export const SalesStats = z.strictObject({ days: z.int().min(1).max(366).default(30) })
export const SalesReport = z.object({
  currency: z.string(),
  days: z.array(
    z.object({ date: z.string(), orders: z.int(), revenueMinor: z.int(), refundedMinor: z.int() }),
  ),
  totals: z.object({
    orders: z.int(),
    revenueMinor: z.int(),
    refundedMinor: z.int(),
    averageMinor: z.int(),
    units: z.int(),
  }),
  byStatus: z.array(z.object({ status: OrderStatus, count: z.int() })),
  topProducts: z.array(
    z.object({
      productSlug: z.string(),
      name: z.string(),
      imageUrl: z.string().nullable(),
      units: z.int(),
      revenueMinor: z.int(),
    }),
  ),
  /** Orders that wait for staff. */
  toShip: z.int(),
})
export type SalesReport = z.infer<typeof SalesReport>
