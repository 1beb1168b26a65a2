import { Id } from '@souk/kernel/id'
import { Money } from '@souk/kernel/money'
import { z } from 'zod'
import { MAX_LINES, OrderItem, OrderItemInput, Totals } from './item.ts'

export const orderEditStatuses = ['refunding', 'completed', 'refund_failed'] as const
export const OrderEditStatus = z.enum(orderEditStatuses)
export type OrderEditStatus = z.infer<typeof OrderEditStatus>

/** Where an edit may go from where; the database has the same table. */
export const orderEditEdges = [
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
  /** `refunding`: the order is changed, its money is on the way. */
  status: OrderEditStatus,
  removed: z.array(RemovedPiece),
  /** By how much the order costs less. */
  refund: Money,
  note: z.string().nullable(),
  /** Why the money could not go back; staff may try again. */
  problem: z.string().nullable(),
  createdAt: z.string(),
})
export type OrderEdit = z.infer<typeof OrderEdit>

/** All lines that are to stay, with how many pieces of each. What is not named is taken out. */
const Remaining = z.array(OrderItemInput).min(1).max(MAX_LINES)

export const PreviewOrderEdit = z.strictObject({ id: Id, items: Remaining })
export type PreviewOrderEdit = z.output<typeof PreviewOrderEdit>
export const OrderEditPreview = z.object({
  items: z.array(OrderItem),
  totals: Totals,
  /** What the buyer gets back, or does not have to pay. */
  refund: Money,
})
export type OrderEditPreview = z.infer<typeof OrderEditPreview>

export const EditOrder = PreviewOrderEdit.extend({
  /** Chosen by the caller; a repeat finds the same edit. */
  editId: Id,
  /** What was seen in the preview; another total is refused and nothing changes. */
  expectedTotal: Money.optional(),
  note: z.string().trim().min(1).max(300).optional(),
})
export type EditOrder = z.output<typeof EditOrder>
export const RetryOrderEdit = z.strictObject({ id: Id, editId: Id })
