import { Id } from '@souk/kernel/id'
import { Money } from '@souk/kernel/money'
import { PageInput } from '@souk/kernel/page'
import { z } from 'zod'
import { ExchangeVariant, ExchangeWishes } from './exchange.ts'
import { FollowUp } from './follow-up.ts'
import { Sku } from './item.ts'

export const returnStatuses = [
  'requested',
  'approved',
  'declined',
  'received',
  'refunding',
  'completed',
] as const
export const ReturnStatus = z.enum(returnStatuses)
export type ReturnStatus = z.infer<typeof ReturnStatus>

type ReturnActor = 'system' | 'staff'
type ReturnEdge = { from: readonly ReturnStatus[]; to: ReturnStatus; by: ReturnActor; event: string }

/** Every legal step of a return: from where, who takes it, and which event it writes. */
export const returnEdges = [
  { from: ['requested'], to: 'approved', by: 'staff', event: 'order.return_approved' },
  { from: ['requested', 'approved'], to: 'declined', by: 'staff', event: 'order.return_declined' },
  { from: ['approved'], to: 'received', by: 'staff', event: 'order.returned' },
  { from: ['received'], to: 'refunding', by: 'staff', event: 'order.return_refunding' },
  /** The provider refused to give the money back; staff decide again. */
  { from: ['refunding'], to: 'received', by: 'system', event: 'order.return_refund_failed' },
  { from: ['refunding'], to: 'completed', by: 'system', event: 'order.return_completed' },
  /** Nothing is given back. */
  { from: ['received'], to: 'completed', by: 'staff', event: 'order.return_completed' },
  /** An exchange took its course: what it left is given back without being asked for. */
  { from: ['received'], to: 'refunding', by: 'system', event: 'order.return_refunding' },
  { from: ['received'], to: 'completed', by: 'system', event: 'order.return_completed' },
] as const satisfies readonly ReturnEdge[]

export function canMoveReturn(from: ReturnStatus, to: ReturnStatus, by: ReturnActor): boolean {
  const edges: readonly ReturnEdge[] = returnEdges
  return edges.some((edge) => edge.to === to && edge.from.includes(from) && edge.by === by)
}

/** The steps staff can take from here: what the admin draws its buttons from. */
export function nextReturnStatuses(from: ReturnStatus): ReturnStatus[] {
  return returnStatuses.filter((to) => canMoveReturn(from, to, 'staff'))
}

export const returnReasons = [
  'changed_mind',
  'damaged',
  'wrong_item',
  'not_as_described',
  'too_late',
  'other',
] as const
export const ReturnReason = z.enum(returnReasons)
export type ReturnReason = z.infer<typeof ReturnReason>

/** Back on sale, or taken off the books. */
export const Disposition = z.enum(['restock', 'write_off'])
export type Disposition = z.infer<typeof Disposition>

const Words = z.string().trim().min(1).max(1000)
const ReturnLine = z.strictObject({
  sku: z.string().min(1).max(64),
  quantity: z.int().min(1).max(999),
})

/** A return as everybody who may see the order sees it. */
export const OrderReturn = z.object({
  id: Id,
  number: z.string(),
  status: ReturnStatus,
  reason: ReturnReason,
  note: z.string().nullable(),
  /** What staff wrote when they approved or declined. */
  answer: z.string().nullable(),
  lines: z.array(
    z.object({
      sku: z.string(),
      quantity: z.int(),
      receivedQuantity: z.int(),
      /** What is sent instead, for lines whose money does not go back. */
      exchangeFor: ExchangeVariant.nullable(),
    }),
  ),
  refund: Money.nullable(),
  /** The follow-up order that is sent instead, among the order's `followUps`. */
  exchangeId: Id.nullable(),
  createdAt: z.string(),
  updatedAt: z.string(),
})
export type OrderReturn = z.infer<typeof OrderReturn>

export const ReturnSummary = OrderReturn.pick({
  id: true,
  number: true,
  status: true,
  reason: true,
  refund: true,
  createdAt: true,
  updatedAt: true,
}).extend({
  orderId: Id,
  orderNumber: z.string(),
  customerName: z.string(),
  email: z.string(),
  itemCount: z.int(),
})
export type ReturnSummary = z.infer<typeof ReturnSummary>

export const ReturnDetail = ReturnSummary.extend({
  note: z.string().nullable(),
  answer: z.string().nullable(),
  requestedBy: z.enum(['customer', 'staff']),
  lines: z.array(
    z.object({
      sku: z.string(),
      name: z.string(),
      optionsLabel: z.string(),
      imageUrl: z.string().nullable(),
      quantity: z.int(),
      unitPrice: Money,
      restockedQuantity: z.int(),
      writtenOffQuantity: z.int(),
      exchangeFor: ExchangeVariant.nullable(),
    }),
  ),
  /** What is sent instead: held from the approval on, ordered when the goods are here. */
  exchange: FollowUp.nullable(),
  /** What was paid for these goods after discounts, what of the shipping is not given back yet, and the most that may be given. */
  proposal: z.object({ goods: Money, shipping: Money, most: Money }),
  /** Why the last attempt to give the money back was refused. */
  refundProblem: z.string().nullable(),
})
export type ReturnDetail = z.infer<typeof ReturnDetail>

/** The return's id is chosen by the caller; a repeat finds the same return. */
export const RequestReturn = z.strictObject({
  id: Id,
  orderToken: z.string().max(200).optional(),
  returnId: Id,
  lines: z
    .array(
      /** With another variant of the product, or the same again, instead of the money. */
      ReturnLine.extend({ exchangeFor: Sku.optional() }),
    )
    .min(1)
    .max(100),
  reason: ReturnReason,
  note: Words.optional(),
})
export type RequestReturn = z.output<typeof RequestReturn>

export const ReturnRef = z.strictObject({ id: Id })
export const ApproveReturn = ReturnRef.extend({
  answer: Words.optional(),
  /** Instead of what was asked for. What is to be sent is held from now on, at the price of now. */
  exchange: ExchangeWishes.optional(),
})
export const DeclineReturn = ReturnRef.extend({ answer: Words })
export const ReceiveReturn = ReturnRef.extend({
  /** What arrived, and where it goes. One SKU may stand twice: one piece back on sale, one written off. */
  lines: z
    .array(ReturnLine.extend({ disposition: Disposition }))
    .min(1)
    .max(200),
  note: z.string().trim().min(1).max(500).optional(),
})
export type ReceiveReturn = z.output<typeof ReceiveReturn>
export const RefundReturn = ReturnRef.extend({
  /** Without an amount, what was paid for the goods. Zero closes the return without a refund. */
  amount: Money.optional(),
  includesShipping: z.boolean().default(false),
  /** `credit`: as store credit, or for a guest as a gift card by mail, such as to exchange the goods. */
  as: z.enum(['original', 'credit']).optional(),
})
export type RefundReturn = z.output<typeof RefundReturn>
export const ListReturns = z.strictObject({
  status: ReturnStatus.optional(),
  /** The return's or the order's number, an e-mail or a name. */
  q: z.string().trim().max(120).optional(),
  ...PageInput,
})
