import { Email } from '@souk/kernel/address'
import { z } from 'zod'
import { MAX_LINES, OrderItem, OrderItemInput, ShipsLater, Totals } from './item.ts'
import { ShippingMethod, TaxLine } from './pricing.ts'
import { AppliedPromotion, EnteredCode, PromotionCode, PromotionCodes } from './promotion.ts'

export const QuoteOrder = z.strictObject({
  items: z.array(OrderItemInput).min(1).max(MAX_LINES),
  country: z
    .string()
    .regex(/^[A-Z]{2}$/)
    .optional(),
  region: z.string().trim().max(120).optional(),
  shippingMethod: z.string().min(1).max(40).optional(),
  promotionCode: PromotionCode.optional(),
  promotionCodes: PromotionCodes.optional(),
  /** For promotions that are for certain customers. */
  email: Email.optional(),
})
export const OrderQuote = z.object({
  items: z.array(OrderItem.extend(ShipsLater)),
  /** SKUs that are not for sale any more. */
  missing: z.array(z.string()),
  totals: Totals,
  taxLines: z.array(TaxLine),
  shippingMethods: z.array(ShippingMethod),
  /** Blank when nothing can be sent there. */
  shippingMethod: z.string(),
  /** Why nothing can be sent there, in words for the buyer. */
  undeliverable: z.string().nullable(),
  /** Those that take part, entered or by themselves. */
  promotions: z.array(AppliedPromotion),
  /** What became of each code that was entered. */
  codes: z.array(EnteredCode),
  /** The same for `promotionCode` alone. */
  promotion: z.object({ code: z.string(), isApplied: z.boolean(), message: z.string() }).nullable(),
})
export type OrderQuote = z.infer<typeof OrderQuote>
