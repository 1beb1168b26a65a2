import { Id } from '@souk/kernel/id'
import { Money } from '@souk/kernel/money'
import { z } from 'zod'
import { FollowUpLine } from './follow-up.ts'
import { MAX_LINES, OrderItem, OrderItemInput, Sku, Totals } from './item.ts'

export const orderEditStatuses = ['waiting', 'refunding', 'completed', 'refund_failed'] as const
export const OrderEditStatus = z.enum(orderEditStatuses)
export type OrderEditStatus = z.infer<typeof OrderEditStatus>

/** Where an edit may go from where; the database has the same table. */
export const orderEditEdges = [
  /** What was added is ordered, or is not: the rest of the money goes back. */
  { from: 'waiting', to: 'refunding' },
  { from: 'waiting', to: 'completed' },
  { from: 'refunding', to: 'completed' },
  { from: 'refunding', to: 'refund_failed' },
  { from: 'refund_failed', to: 'refunding' },
] as const satisfies readonly { from: OrderEditStatus; to: OrderEditStatus }[]

export function canMoveEdit(from: OrderEditStatus, to: OrderEditStatus): boolean {
  return orderEditEdges.some((edge) => edge.from === from && edge.to === to)
}

export const RemovedPiece = z.object({
  sku: z.string(),
  name: z.string(),
  optionsLabel: z.string(),
  quantity: z.int(),
})
export type RemovedPiece = z.infer<typeof RemovedPiece>

/** What was taken out of an order before it left. */
export const OrderEdit = z.object({
  id: Id,
  /** `waiting`: for what was added. `refunding`: the order is changed, its money is on the way. */
  status: OrderEditStatus,
  removed: z.array(RemovedPiece),
  /** What was taken out had not left when the rest of the order was cancelled. */
  isRest: z.boolean(),
  /** By how much the order costs less. */
  lowered: Money,
  /** What of it goes back; the rest pays for what was added. */
  refund: Money,
  note: z.string().nullable(),
  /** Why the money could not go back; staff may try again. */
  problem: z.string().nullable(),
  createdAt: z.string(),
})
export type OrderEdit = z.infer<typeof OrderEdit>

/**
 * All lines that are to stay, with how many pieces of each. What is not named is taken out; nothing may stay when
 * something else takes its place.
 */
const Remaining = z.array(OrderItemInput).max(MAX_LINES)
const AddedItem = OrderItemInput.extend({
  /** A line of the order: what was paid for a piece of it is the price, not what the product costs today. */
  pricedAs: Sku.optional(),
})

export const PreviewOrderEdit = z.strictObject({
  id: Id,
  items: Remaining,
  /** What is added, as an order that follows from this one. */
  add: z.array(AddedItem).max(MAX_LINES).optional(),
})
export type PreviewOrderEdit = z.output<typeof PreviewOrderEdit>
export const OrderEditPreview = z.object({
  items: z.array(OrderItem),
  totals: Totals,
  /** What the buyer gets back, or does not have to pay. */
  refund: Money,
  /** The order that follows: none when nothing is added. */
  added: z
    .object({
      items: z.array(FollowUpLine),
      totals: Totals,
      /** What money of this order pays of it, and what the buyer still pays. */
      moved: Money,
      toPay: Money,
      isCod: z.boolean(),
    })
    .nullable(),
})
export type OrderEditPreview = z.infer<typeof OrderEditPreview>

export const EditOrder = PreviewOrderEdit.extend({
  /** Chosen by the caller; a repeat finds the same edit. */
  editId: Id,
  /** What was seen in the preview; another total is refused and nothing changes. */
  expectedTotal: Money.optional(),
  /** What the preview said is still to be paid for what is added. */
  expectedToPay: Money.optional(),
  note: z.string().trim().min(1).max(300).optional(),
})
export type EditOrder = z.output<typeof EditOrder>
export const RetryOrderEdit = z.strictObject({ id: Id, editId: Id })
