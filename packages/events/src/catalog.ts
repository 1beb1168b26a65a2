import { DocumentSnapshot } from '@souk/invoice/snapshot'
import { Id } from '@souk/kernel/id'
import { Currency } from '@souk/kernel/money'
import { z } from 'zod'
import {
  Category,
  EditedProduct,
  EditSettled,
  KeptPromise,
  minor,
  NewVariant,
  OrderContact,
  OrderForMail,
  OrderLine,
  OrderRef,
  OrderTotals,
  Piece,
  ReturnedPiece,
  ReturnRef,
  Sku,
  StockLevel,
  UserRef,
} from './shapes.ts'

/** Every event in the shop: its name, the service that owns it, its version and its data. Names are past tense, owner first. */
export const catalog = {
  'product.created': event(
    'product',
    1,
    z.object({ productId: Id, slug: z.string(), name: z.string(), variants: z.array(NewVariant) }),
  ),
  'product.updated': event('product', 1, EditedProduct),
  'product.removed': event('product', 1, z.object({ productId: Id, slug: z.string(), skus: z.array(Sku) })),
  /** The answer about a product changed (in stock, sold out, few left) though nobody edited it. */
  'product.availability_changed': event('product', 1, z.object({ productId: Id, slug: z.string() })),

  'category.created': event('product', 1, Category),
  /** It has another name; its address stays. */
  'category.renamed': event('product', 1, Category),

  'stock.level_changed': event('inventory', 1, StockLevel),
  /** Pieces that an order waited for have come and are its own. */
  'stock.promise_kept': event('inventory', 1, KeptPromise),
  /** Staff named another day for the next delivery, or none. */
  'stock.delivery_expected': event('inventory', 1, z.object({ sku: Sku, expectedOn: z.string().nullable() })),
  'stock.low': event('inventory', 1, z.object({ sku: Sku, available: z.int(), threshold: z.int() })),
  'stock.reservation_expired': event('inventory', 1, z.object({ orderId: Id, reservationId: Id })),

  'order.placed': event(
    'order',
    1,
    OrderRef.extend({ totals: OrderTotals, lines: z.array(z.object({ sku: Sku, quantity: z.int() })) }),
  ),
  'order.payment_requested': event('order', 1, OrderRef),
  'order.confirmed': event('order', 1, OrderForMail),
  /** All that the order waited for has come; `lines` are these pieces. */
  'order.promise_kept': event('order', 1, OrderForMail),
  'order.processing': event('order', 1, OrderRef),
  /** One parcel left; `lines` are what is in it. An event without a parcel's id is of an order that went as one. */
  'order.shipped': event(
    'order',
    1,
    OrderForMail.extend({
      carrier: z.string().nullable(),
      trackingNumber: z.string().nullable(),
      shipmentId: Id.optional(),
      /** The parcel's share of the order's total: the shares of all parcels add up to it. */
      amountMinor: minor.optional(),
      /** Nothing is left to be sent. */
      isComplete: z.boolean().optional(),
    }),
  ),
  'order.tracking_corrected': event(
    'order',
    1,
    OrderForMail.extend({
      shipmentId: Id,
      carrier: z.string().nullable(),
      trackingNumber: z.string().nullable(),
    }),
  ),
  /** One of several parcels arrived; `order.delivered` says that all did. */
  'order.parcel_delivered': event('order', 1, OrderRef.extend({ shipmentId: Id })),
  'order.delivered': event('order', 1, OrderRef),
  'order.cancelled': event(
    'order',
    1,
    OrderForMail.extend({ reason: z.string(), wasConfirmed: z.boolean(), paymentId: Id.nullable() }),
  ),
  'order.failed': event(
    'order',
    1,
    OrderRef.extend({ reason: z.string(), paymentId: Id.nullable(), contact: OrderContact.optional() }),
  ),
  /** Staff changed it before anything left; lines and totals are those that are left, what was added is another order. */
  'order.edited': event(
    'order',
    1,
    OrderForMail.extend({
      editId: Id,
      removed: z.array(Piece),
      /** By how much the order costs less now. */
      loweredMinor: minor,
      /** What is removed had not left when the rest of the order was cancelled; the other pieces have. */
      isRest: z.boolean().optional(),
      added: z
        .object({ pieces: z.array(Piece), movedMinor: minor, toPayMinor: minor, isCod: z.boolean() })
        .optional(),
    }),
  ),
  /** The money of an edit went back, or could not. */
  'order.edit_settled': event('order', 1, EditSettled),
  /** What was added to an order, or is sent instead of what came back, waits for the customer to pay the rest. */
  'order.follow_up_offered': event(
    'order',
    1,
    OrderRef.extend({
      ...OrderContact.shape,
      followUpId: Id,
      kind: z.enum(['addition', 'exchange']),
      draftId: Id,
      draftToken: z.string(),
      lines: z.array(OrderLine),
      totalMinor: minor,
      /** What money of the order pays of it. */
      movedMinor: minor,
      toPayMinor: minor,
      currency: Currency,
      note: z.string().nullable(),
      expiresAt: z.string(),
    }),
  ),
  'order.follow_up_over': event(
    'order',
    1,
    OrderRef.extend({
      followUpId: Id,
      kind: z.enum(['addition', 'exchange']),
      isPlaced: z.boolean(),
      reason: z.string().nullable(),
    }),
  ),
  /** Money went back and the order shows it. */
  'order.refunded': event('order', 1, OrderRef.extend({ refundedMinor: minor })),
  'order.returned': event(
    'order',
    1,
    OrderRef.extend({
      lines: z.array(ReturnedPiece),
      isPartial: z.boolean(),
      /** The return they came with; none when staff took goods in without one. */
      returnId: Id.optional(),
      returnNumber: z.string().optional(),
    }),
  ),
  'order.return_requested': event('order', 1, OrderForMail.extend(ReturnRef)),
  'order.return_approved': event(
    'order',
    1,
    OrderForMail.extend({
      ...ReturnRef,
      answer: z.string().nullable(),
      /** What is held for the customer instead of the money of lines that are exchanged. */
      exchange: z.object({ lines: z.array(Piece), toPayMinor: minor, backMinor: minor }).optional(),
    }),
  ),
  'order.return_declined': event(
    'order',
    1,
    OrderForMail.extend({ ...ReturnRef, answer: z.string().nullable() }),
  ),
  'order.return_refunding': event('order', 1, OrderRef.extend(ReturnRef)),
  'order.return_refund_failed': event('order', 1, OrderRef.extend(ReturnRef)),
  'order.return_completed': event('order', 1, OrderRef.extend(ReturnRef)),

  /** Staff offer an order to a customer, who pays it by the link. */
  'draft.sent': event(
    'order',
    1,
    z.object({
      draftId: Id,
      number: z.string(),
      email: z.string(),
      customerName: z.string(),
      draftToken: z.string(),
      lines: z.array(OrderLine),
      totals: OrderTotals,
      note: z.string().nullable(),
      expiresAt: z.string(),
    }),
  ),
  /** An invoice or a credit note has its number. */
  'invoice.issued': event(
    'order',
    1,
    z.object({
      orderId: Id,
      userId: Id.nullable(),
      /** Opens a guest's order page. */
      accessToken: z.string().nullable(),
      document: DocumentSnapshot,
    }),
  ),

  'payment.processed': event(
    'payment',
    1,
    z.object({
      paymentId: Id,
      orderId: Id,
      outcome: z.enum(['authorized', 'captured', 'failed']),
      method: z.string(),
      amountMinor: minor,
      /** The part of it that was moved from an earlier payment. */
      transferMinor: minor.optional(),
      currency: Currency,
      failureReason: z.string().nullable(),
    }),
  ),
  'payment.refunded': event(
    'payment',
    1,
    z.object({
      paymentId: Id,
      orderId: Id,
      refundId: Id,
      amountMinor: minor,
      refundedTotalMinor: minor,
      currency: Currency,
      reason: z.string(),
    }),
  ),

  /** The code is sealed: only notification can open it. */
  'payment.gift_card_issued': event(
    'payment',
    1,
    z.object({
      creditId: Id,
      email: z.string(),
      sealedCode: z.string(),
      last4: z.string(),
      amountMinor: minor,
      currency: Currency,
      expiresAt: z.string().nullable(),
    }),
  ),

  'user.registered': event('identity', 1, UserRef),
  'user.password_reset_requested': event('identity', 1, UserRef.extend({ resetToken: z.string() })),
  'user.password_changed': event('identity', 1, UserRef),
} as const

export type Catalog = typeof catalog
export type EventName = keyof Catalog
export type EventData<Name extends EventName> = z.output<Catalog[Name]['schema']>
export type Owner = Catalog[EventName]['owner']

function event<OwnerName extends string, Schema extends z.ZodType>(
  owner: OwnerName,
  version: number,
  schema: Schema,
) {
  return { owner, version, schema }
}

export const Envelope = z.object({
  id: z.uuid(),
  name: z.string(),
  version: z.int(),
  aggregateId: z.string(),
  aggregateVersion: z.int(),
  occurredAt: z.string(),
  traceId: z.string().nullable(),
  data: z.unknown(),
})
export type Envelope = z.infer<typeof Envelope>

/** An event as a handler sees it: its data has passed the schema. */
export type ShopEvent<Name extends EventName = EventName> = {
  [Key in Name]: Omit<Envelope, 'data' | 'name'> & { name: Key; data: EventData<Key> }
}[Name]

export const streamOf = (owner: Owner) => `events:${owner}`
export const owners: readonly Owner[] = [...new Set(Object.values(catalog).map((entry) => entry.owner))]

export function isEventName(name: string): name is EventName {
  return Object.hasOwn(catalog, name)
}
