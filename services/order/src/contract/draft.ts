import { Address, Email } from '@souk/kernel/address'
import { Id } from '@souk/kernel/id'
import { Money } from '@souk/kernel/money'
import { PageInput } from '@souk/kernel/page'
import { PaymentMethod } from '@souk/payment/contract'
import { z } from 'zod'
import { FollowUpKind } from './follow-up.ts'
import { Totals } from './item.ts'

/** `expired` and `ordered` follow from the time and from the order it became. */
export const draftStates = ['open', 'sent', 'ordered', 'expired', 'discarded'] as const
export const DraftState = z.enum(draftStates)
export type DraftState = z.infer<typeof DraftState>

export const DraftLineInput = z.strictObject({
  sku: z.string().min(1).max(64),
  quantity: z.int().min(1).max(999),
  /** Instead of the product's own price. */
  unitPrice: Money.optional(),
})
export const SaveDraft = z.strictObject({
  /** Chosen by the caller; a draft that exists is edited. */
  id: Id,
  /** The version that was read; 0 for a new draft. */
  version: z.int().min(0).max(1_000_000),
  email: Email,
  shippingAddress: Address,
  shippingMethod: z.string().min(1).max(40).optional(),
  lines: z.array(DraftLineInput).min(1).max(100),
  /** Taken off the goods. */
  discount: Money.optional(),
  /** The customer reads it. */
  note: z.string().trim().min(1).max(500).optional(),
  validDays: z.int().min(1).max(90).default(14),
})
export type SaveDraft = z.output<typeof SaveDraft>

export const DraftLine = z.object({
  sku: z.string(),
  productSlug: z.string(),
  name: z.string(),
  optionsLabel: z.string(),
  imageUrl: z.string().nullable(),
  quantity: z.int(),
  unitPrice: Money,
  total: Money,
  /** Staff set the price. */
  isCustomPrice: z.boolean(),
})

/** A draft as its customer sees it. */
export const OfferedDraft = z.object({
  id: Id,
  number: z.string(),
  state: DraftState,
  email: z.string(),
  shippingAddress: Address,
  shippingMethod: z.object({ code: z.string(), name: z.string() }),
  lines: z.array(DraftLine),
  totals: Totals,
  note: z.string().nullable(),
  expiresAt: z.string(),
  /** The order it is added to, or of which it exchanges goods; `moved` of that order's money pays for it. */
  followUp: z
    .object({ kind: FollowUpKind, orderId: Id, orderNumber: z.string(), moved: Money, toPay: Money })
    .nullable(),
  orderId: Id.nullable(),
})
export type OfferedDraft = z.infer<typeof OfferedDraft>

export const Draft = OfferedDraft.extend({
  lines: z.array(DraftLine.extend({ pricedBy: z.string().nullable() })),
  version: z.int(),
  sentAt: z.string().nullable(),
  createdBy: z.string(),
  updatedBy: z.string(),
  createdAt: z.string(),
  updatedAt: z.string(),
})
export type Draft = z.infer<typeof Draft>

export const DraftSummary = Draft.pick({
  id: true,
  number: true,
  state: true,
  email: true,
  expiresAt: true,
  updatedAt: true,
  orderId: true,
}).extend({ customerName: z.string(), total: Money, itemCount: z.int() })
export type DraftSummary = z.infer<typeof DraftSummary>

export const DraftId = z.strictObject({ id: Id })
export const DraftRef = z.strictObject({ id: Id, draftToken: z.string().max(200).optional() })
export const ListDrafts = z.strictObject({ ...PageInput })
export const PlaceDraft = DraftRef.extend({
  paymentMethod: PaymentMethod,
  /** What the customer saw; another total is answered `price_changed` and nothing is ordered. */
  expectedTotal: Money,
})
export type PlaceDraft = z.output<typeof PlaceDraft>
