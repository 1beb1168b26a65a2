import { Email } from '@souk/kernel/address'
import { Id } from '@souk/kernel/id'
import { Money } from '@souk/kernel/money'
import { PageInput } from '@souk/kernel/page'
import { z } from 'zod'

/** A gift card, or the store credit of a customer. */
export const Credit = z.object({
  id: Id,
  kind: z.enum(['gift_card', 'store_credit']),
  status: z.enum(['active', 'disabled', 'expired']),
  /** The end of a gift card's code. */
  last4: z.string().nullable(),
  userId: Id.nullable(),
  balance: Money,
  /** Taken by orders that are still being paid. */
  held: Money,
  expiresAt: z.string().nullable(),
  note: z.string().nullable(),
  recipientEmail: z.string().nullable(),
  createdAt: z.string(),
})
export type Credit = z.infer<typeof Credit>

export const creditVerbs = ['issue', 'hold', 'spend', 'release', 'give_back', 'expire', 'void'] as const
export const CreditEntry = z.object({
  id: Id,
  kind: z.enum(creditVerbs),
  amount: Money,
  balanceAfter: Money,
  orderId: Id.nullable(),
  note: z.string().nullable(),
  createdAt: z.string(),
})
export type CreditEntry = z.infer<typeof CreditEntry>
export const CreditWithEntries = Credit.extend({ entries: z.array(CreditEntry) })
export type CreditWithEntries = z.infer<typeof CreditWithEntries>
/** The code is shown with the answer that made the card, and never again. */
export const IssuedGiftCard = Credit.extend({ code: z.string() })
export type IssuedGiftCard = z.infer<typeof IssuedGiftCard>

export const MAX_GIFT_CARD_MINOR = 1_000_000
const CreditAmount = Money.refine(
  ({ amount }) => amount >= 1 && amount <= MAX_GIFT_CARD_MINOR,
  'Between 0.01 and 10,000.00',
)
export const IssueGiftCard = z.strictObject({
  /** The caller's id of this card; a repeat shows the same card. */
  id: Id,
  amount: CreditAmount,
  expiresAt: z.iso.datetime().optional(),
  /** For staff only. */
  note: z.string().trim().min(1).max(300).optional(),
  /** Gets the code by mail. */
  recipientEmail: Email.optional(),
})
export type IssueGiftCard = z.output<typeof IssueGiftCard>
export const GrantCredit = z.strictObject({
  /** The caller's id of this grant; a repeat changes nothing. */
  id: Id,
  userId: Id,
  amount: CreditAmount,
  reason: z.string().trim().min(1).max(300),
})
export type GrantCredit = z.output<typeof GrantCredit>
export const CreditRef = z.strictObject({ id: Id })
export const DisableCredit = CreditRef.extend({ reason: z.string().trim().min(1).max(300) })
export const ListCredits = z.strictObject({
  kind: Credit.shape.kind.optional(),
  userId: Id.optional(),
  /** The last four signs of a code, or part of an e-mail address or note. */
  q: z.string().trim().max(120).optional(),
  ...PageInput,
})

/** Long enough for any way to write a code, short enough to read. */
export const GiftCardCode = z.string().trim().min(1).max(64)
export const CheckGiftCard = z.strictObject({ code: GiftCardCode })
export const GiftCardBalance = z.object({
  last4: z.string(),
  balance: Money,
  expiresAt: z.string().nullable(),
})
export type GiftCardBalance = z.infer<typeof GiftCardBalance>
export const MyCredit = z.object({ balance: Money, entries: z.array(CreditEntry) })
export type MyCredit = z.infer<typeof MyCredit>
/** What an order wants to be paid from. */
export const FindCredit = z.strictObject({
  code: GiftCardCode.optional(),
  storeCreditOf: Id.optional(),
  currency: Money.shape.currency,
})
/** An outcome that a screen must show: which field is wrong, and why. */
export const FoundCredit = z.discriminatedUnion('status', [
  z.object({ status: z.literal('found'), ids: z.array(Id) }),
  z.object({
    status: z.literal('refused'),
    path: z.enum(['giftCardCode', 'useStoreCredit']),
    message: z.string(),
  }),
])
export type FoundCredit = z.infer<typeof FoundCredit>
