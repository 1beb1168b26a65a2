import { Email } from '@souk/kernel/address'
import { Id } from '@souk/kernel/id'
import { Money } from '@souk/kernel/money'
import { PageInput } from '@souk/kernel/page'
import { z } from 'zod'
import { StartTransfer, Transfer, transferFields } from './contract/transfer.ts'

export * from './contract/credit.ts'
export * from './contract/lowering.ts'
export * from './contract/reconciliation.ts'
export * from './contract/transfer.ts'

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
  /** No provider is asked: gift card, store credit or money of an earlier payment is to cover everything. */
  z.strictObject({ type: z.literal('credit') }),
])
export type PaymentMethod = z.infer<typeof PaymentMethod>
/** `transfer`: money of an earlier payment covered everything. */
export const paymentMethodTypes = [
  'card',
  'upi',
  'netbanking',
  'wallet',
  'cod',
  'credit',
  'transfer',
] as const

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
  /** The part that went back through the earlier payment it had been moved from. */
  transfer: Money.optional(),
  /** The refund of another payment that this one is a part of. */
  ofRefundId: Id.optional(),
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
  ...transferFields,
  transfers: z.array(Transfer).optional(),
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
  /** Paid first with what an earlier payment took, was not given back and is not moved elsewhere. */
  transfer: StartTransfer.optional(),
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
  transfer: true,
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
export const journalAccounts = [
  'customer',
  'provider',
  'revenue',
  'refunds',
  'receivable',
  'transfer',
] as const
export const JournalEntry = z.object({
  id: Id,
  paymentId: Id,
  kind: z.string(),
  postings: z.array(
    z.object({ account: z.enum(journalAccounts), debitMinor: z.int(), creditMinor: z.int() }),
  ),
  createdAt: z.string(),
})
