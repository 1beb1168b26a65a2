import { Email } from '@souk/kernel/address'
import { Id } from '@souk/kernel/id'
import { Money } from '@souk/kernel/money'
import { PageInput } from '@souk/kernel/page'
import { z } from 'zod'

export * from './contract/lowering.ts'
export * from './contract/reconciliation.ts'

/** `created` and `unknown` are being settled by us; `requires_action` waits for the customer. */
export const paymentStatuses = [
  'created',
  'requires_action',
  'authorized',
  'captured',
  'declined',
  'expired',
  'voided',
  'unknown',
] as const
export const PaymentStatus = z.enum(paymentStatuses)
export type PaymentStatus = z.infer<typeof PaymentStatus>

/** Which status may follow which. The provider's word moves a payment along these edges only. */
export const paymentTransitions = {
  created: ['requires_action', 'authorized', 'captured', 'declined', 'expired', 'voided', 'unknown'],
  unknown: ['requires_action', 'authorized', 'captured', 'declined', 'expired', 'voided'],
  requires_action: ['authorized', 'captured', 'declined', 'expired', 'voided', 'unknown'],
  authorized: ['captured', 'voided', 'expired'],
  captured: [],
  declined: [],
  expired: [],
  voided: [],
} as const satisfies Record<PaymentStatus, readonly PaymentStatus[]>

export const PaymentMethod = z.discriminatedUnion('type', [
  /** A token from the provider's own card fields; card numbers never come here. */
  z.strictObject({
    type: z.literal('card'),
    token: z
      .string()
      .regex(/^[A-Za-z0-9_-]{4,200}$/, 'A card token from the provider, such as tok_visa')
      .refine((token) => !/\d{12,}/.test(token), 'This looks like a card number. Send a token.'),
  }),
  z.strictObject({
    type: z.literal('upi'),
    vpa: z
      .string()
      .max(120)
      .regex(/^[a-zA-Z0-9._-]{2,80}@[a-zA-Z][a-zA-Z0-9]{1,40}$/, 'A UPI id such as name@bank'),
  }),
  z.strictObject({ type: z.literal('netbanking'), bank: z.string().regex(/^[A-Z]{3,10}$/) }),
  z.strictObject({ type: z.literal('wallet'), wallet: z.string().regex(/^[a-z]{3,30}$/) }),
  z.strictObject({ type: z.literal('cod') }),
  /** A gift card or store credit is to cover everything. */
  z.strictObject({ type: z.literal('credit') }),
])
export type PaymentMethod = z.infer<typeof PaymentMethod>
export const paymentMethodTypes = ['card', 'upi', 'netbanking', 'wallet', 'cod', 'credit'] as const

export const PaymentAction = z.object({
  /** `redirect`: send the customer to `url`. `approve`: the customer approves in their own app; `url` shows how in the sandbox. */
  type: z.enum(['redirect', 'approve']),
  url: z.string(),
  expiresAt: z.string().nullable(),
})
export type PaymentAction = z.infer<typeof PaymentAction>

export const Refund = z.object({
  id: Id,
  paymentId: Id,
  amount: Money,
  /** The part that went back as gift card or store credit. */
  credit: Money.optional(),
  status: z.enum(['pending', 'succeeded', 'failed', 'unknown']),
  reason: z.string(),
  createdAt: z.string(),
})
export type Refund = z.infer<typeof Refund>

export const Attempt = z.object({
  id: Id,
  operation: z.enum(['charge', 'authorize', 'capture', 'void', 'refund', 'query']),
  outcome: z.enum(['started', 'succeeded', 'requires_action', 'declined', 'failed', 'unknown']),
  amount: Money,
  message: z.string().nullable(),
  createdAt: z.string(),
})

export const Payment = z.object({
  id: Id,
  orderId: Id,
  provider: z.string(),
  status: PaymentStatus,
  method: z.object({ type: z.enum(paymentMethodTypes), label: z.string() }),
  amount: Money,
  captured: Money,
  refunded: Money,
  /** The part of `amount` that a gift card or store credit pays. */
  credit: Money.optional(),
  action: PaymentAction.nullable(),
  failure: z.object({ code: z.string(), message: z.string() }).nullable(),
  attempts: z.array(Attempt),
  refunds: z.array(Refund),
  createdAt: z.string(),
  updatedAt: z.string(),
})
export type Payment = z.infer<typeof Payment>

/** The same id again gives the payment as it now stands, asking the provider when it is unknown. */
export const StartPayment = z.strictObject({
  id: Id,
  orderId: Id,
  amount: Money,
  method: PaymentMethod,
  /** `automatic` takes the money at once; `manual` holds it until `capture`. */
  captureMode: z.enum(['automatic', 'manual']).default('automatic'),
  /** Paid from these gift cards or store credits first, in this order. */
  credit: z
    .strictObject({
      ids: z.array(Id).min(1).max(2),
      /** What the buyer saw; when less is there, nothing is taken. */
      expected: Money.optional(),
    })
    .optional(),
  /** Who may see the payment beside staff. */
  userId: Id.nullable(),
  orderTokenHash: z.string().nullable(),
  /** Where the provider sends the customer back to. */
  returnUrl: z.url(),
})
export type StartPayment = z.output<typeof StartPayment>

/** A started payment without its history: what place-order needs. */
export const PaymentState = Payment.pick({
  id: true,
  orderId: true,
  status: true,
  action: true,
  failure: true,
  method: true,
  credit: true,
})
export type PaymentState = z.infer<typeof PaymentState>

const Choice = z.object({ code: z.string(), name: z.string() })
/** How customers can pay here. */
export const PaymentMethods = z.object({
  /** `fields`: in the provider's frame on our page. `hosted_page`: on the provider's page; the token is `hosted_page`. */
  card: z.enum(['fields', 'hosted_page']),
  banks: z.array(Choice),
  wallets: z.array(Choice),
})
export type PaymentMethods = z.infer<typeof PaymentMethods>
/** The card token that asks for the provider's own page. */
export const hostedPageToken = 'hosted_page'

export const GetPayment = z.strictObject({ id: Id, orderToken: z.string().max(200).optional() })
export const PaymentRef = z.strictObject({ id: Id })
export const CapturePayment = PaymentRef.extend({
  amount: Money.optional(),
  /** The caller's id of this capture; a repeat captures nothing more. A part needs one. */
  captureId: Id.optional(),
  /** False while more of the hold will be captured later; true lets the rest go. */
  isFinal: z.boolean().default(true),
}).refine(({ isFinal, captureId }) => isFinal || captureId !== undefined, {
  path: ['captureId'],
  message: 'A part needs an id of its own',
})
export const VoidPayment = PaymentRef.extend({ reason: z.string().min(1).max(200) })
export const CreateRefund = z.strictObject({
  /** The caller's id of this refund; a repeat changes nothing. */
  id: Id,
  paymentId: Id,
  /** All that is left when absent. */
  amount: Money.optional(),
  reason: z.string().trim().min(1).max(300),
  /** `original`: the way it was paid, the provider's part first. The others also for what the provider took. */
  to: z.enum(['original', 'store_credit', 'gift_card']).optional(),
  /** Who gets the code of a new gift card. */
  recipientEmail: Email.optional(),
})
export type CreateRefund = z.output<typeof CreateRefund>

export const ListPayments = z.strictObject({ status: PaymentStatus.optional(), ...PageInput })
export const journalAccounts = ['customer', 'provider', 'revenue', 'refunds', 'receivable'] as const
export const JournalEntry = z.object({
  id: Id,
  paymentId: Id,
  kind: z.string(),
  postings: z.array(
    z.object({ account: z.enum(journalAccounts), debitMinor: z.int(), creditMinor: z.int() }),
  ),
  createdAt: z.string(),
})

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
