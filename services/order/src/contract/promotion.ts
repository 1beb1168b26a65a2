import { Email } from '@souk/kernel/address'
import { Id } from '@souk/kernel/id'
import { MAX_AMOUNT_MINOR, Money } from '@souk/kernel/money'
import { z } from 'zod'

export const MAX_CODES = 5
const MAX_COUNT = 1_000_000
const Minor = z.int().min(0).max(MAX_AMOUNT_MINOR)
const Name = z.string().trim().min(1).max(120)

/** As typed by a buyer; capitals or not is all the same. */
export const PromotionCode = z.string().trim().min(1).max(64)
export const PromotionCodes = z.array(PromotionCode).max(MAX_CODES)

/** A promotion that took part in an order, as it was then. */
export const AppliedPromotion = z.object({
  id: z.string(),
  code: z.string().nullable(),
  name: z.string(),
  amount: Money,
})
export type AppliedPromotion = z.infer<typeof AppliedPromotion>
export const LineDiscount = z.object({ promotionId: z.string(), amount: Money })

/** What became of a code the buyer entered. */
export const EnteredCode = z.object({
  code: z.string(),
  isApplied: z.boolean(),
  message: z.string(),
  reason: z
    .enum(['unknown', 'not_yet', 'over', 'too_small', 'too_few', 'not_for_customer', 'used_up', 'no_effect'])
    .nullable(),
})
export type EnteredCode = z.infer<typeof EnteredCode>

export const promotionKinds = ['percentage', 'amount', 'free_shipping', 'buy_x_get_y'] as const
const Names = z.array(z.string().trim().min(1).max(120)).max(200)
/** Goods of any of these categories, products or SKUs; all goods when it names none. */
export const PromotionScope = z.strictObject({
  categories: Names.default([]),
  products: z.array(Id).max(200).default([]),
  skus: Names.default([]),
})
export const PromotionOffer = z.strictObject({
  buyQuantity: z.int().min(1).max(999),
  getQuantity: z.int().min(1).max(999),
  /** What is given; the same goods when null. */
  get: PromotionScope.nullable().default(null),
  maxSets: z.int().min(1).max(MAX_COUNT).nullable().default(null),
})
const period = z.iso.datetime({ offset: true }).nullable().default(null)
const promotionFields = {
  /** Null for one that applies by itself. */
  code: PromotionCode.regex(/^\S+$/, 'No spaces').nullable().default(null),
  name: Name,
  kind: z.enum(promotionKinds),
  /** Basis points (10000 is all of it) for `percentage` and for what is given; minor units for `amount`. */
  value: Minor.default(0),
  scope: PromotionScope.prefault({}),
  offer: PromotionOffer.nullable().default(null),
  minSubtotalMinor: Minor.default(0),
  minQuantity: z.int().min(0).max(99_900).default(0),
  /** E-mail addresses or ids of people; empty for everybody. */
  customers: z
    .array(z.union([Id, Email], 'An e-mail address or the id of an account'))
    .max(1000)
    .default([]),
  isFirstOrder: z.boolean().default(false),
  /** Stands alone; others combine with one another. */
  isExclusive: z.boolean().default(false),
  /** Higher goes first. */
  priority: z.int().min(-1000).max(1000).default(0),
  isActive: z.boolean().default(true),
  usageLimit: z.int().min(1).max(MAX_COUNT).nullable().default(null),
  perCustomerLimit: z.int().min(1).max(MAX_COUNT).nullable().default(null),
  startsAt: period,
  endsAt: period,
}
type Checked = {
  kind: (typeof promotionKinds)[number]
  value: number
  offer: unknown
  startsAt: string | null
  endsAt: string | null
}
function checkPromotion(input: Checked, issues: z.core.$RefinementCtx): void {
  const say = (path: string, message: string) => issues.addIssue({ code: 'custom', path: [path], message })
  const isShare = input.kind === 'percentage' || input.kind === 'buy_x_get_y'
  if (isShare && (input.value < 1 || input.value > 10_000)) say('value', 'Between 1 and 10000 basis points')
  if (input.kind === 'amount' && input.value < 1) say('value', 'At least one cent')
  if (input.kind === 'buy_x_get_y' && input.offer === null) say('offer', 'Say how many to buy and to get')
  if (input.kind !== 'buy_x_get_y' && input.offer !== null) say('offer', 'Only for buy_x_get_y')
  if (
    input.startsAt !== null &&
    input.endsAt !== null &&
    Date.parse(input.endsAt) <= Date.parse(input.startsAt)
  ) {
    say('endsAt', 'After the start')
  }
}
/** The id is chosen by the caller: a repeat finds the same promotion. */
export const CreatePromotion = z.strictObject({ id: Id, ...promotionFields }).superRefine(checkPromotion)
export type CreatePromotion = z.output<typeof CreatePromotion>
const expectedVersion = z.int().min(1).optional()
/** The whole promotion as it should be. */
export const UpdatePromotion = z
  .strictObject({ id: Id, expectedVersion, ...promotionFields })
  .superRefine(checkPromotion)
export const PromotionBody = z
  .strictObject({ expectedVersion, ...promotionFields })
  .superRefine(checkPromotion)
export type UpdatePromotion = z.output<typeof UpdatePromotion>
export const PausePromotion = z.strictObject({ id: Id, isActive: z.boolean() })
export const PromotionRef = z.strictObject({ id: Id })
export const ListPromotions = z.strictObject({
  q: z.string().trim().max(120).optional(),
  limit: z.int().min(1).max(100).default(50),
  cursor: z.string().max(512).optional(),
})

export const promotionStates = ['running', 'planned', 'paused', 'over', 'used_up'] as const
export const StaffPromotion = z.object({
  id: z.string(),
  code: z.string().nullable(),
  name: z.string(),
  kind: z.enum(promotionKinds),
  value: z.int(),
  scope: z.object({
    categories: z.array(z.string()),
    products: z.array(z.string()),
    skus: z.array(z.string()),
  }),
  offer: z
    .object({
      buyQuantity: z.int(),
      getQuantity: z.int(),
      get: z
        .object({ categories: z.array(z.string()), products: z.array(z.string()), skus: z.array(z.string()) })
        .nullable(),
      maxSets: z.int().nullable(),
    })
    .nullable(),
  minSubtotalMinor: z.int(),
  minQuantity: z.int(),
  customers: z.array(z.string()),
  isFirstOrder: z.boolean(),
  isExclusive: z.boolean(),
  priority: z.int(),
  isActive: z.boolean(),
  usageLimit: z.int().nullable(),
  perCustomerLimit: z.int().nullable(),
  startsAt: z.string().nullable(),
  endsAt: z.string().nullable(),
  state: z.enum(promotionStates),
  /** Orders that carry it, without those that failed or were cancelled. */
  uses: z.int(),
  version: z.int(),
  updatedAt: z.string(),
})
export type StaffPromotion = z.infer<typeof StaffPromotion>
