import { Id } from '@souk/kernel/id'
import { Money } from '@souk/kernel/money'
import { z } from 'zod'

/** What an edit adds, or what is sent instead of what comes back. */
export const followUpKinds = ['addition', 'exchange'] as const
export const FollowUpKind = z.enum(followUpKinds)
export type FollowUpKind = z.infer<typeof FollowUpKind>

/** `preparing`: its goods are being held. `open`: promised. `started`: it is paid or waits for the customer. */
export const followUpStates = ['preparing', 'open', 'started', 'placed', 'ended'] as const
export const FollowUpState = z.enum(followUpStates)
export type FollowUpState = z.infer<typeof FollowUpState>

/** Where a follow-up may go from where; the database has the same table. */
export const followUpEdges = [
  { from: 'preparing', to: 'open' },
  { from: 'preparing', to: 'ended' },
  { from: 'open', to: 'started' },
  { from: 'open', to: 'ended' },
  { from: 'started', to: 'placed' },
  { from: 'started', to: 'ended' },
] as const satisfies readonly { from: FollowUpState; to: FollowUpState }[]

export function canMoveFollowUp(from: FollowUpState, to: FollowUpState): boolean {
  return followUpEdges.some((edge) => edge.from === from && edge.to === to)
}

export const followUpReasons = [
  'not_promised',
  'withdrawn',
  'expired',
  'out_of_stock',
  'declined',
  'cancelled',
  'origin_cancelled',
] as const
export const FollowUpReason = z.enum(followUpReasons)
export type FollowUpReason = z.infer<typeof FollowUpReason>

export const FollowUpLine = z.object({
  sku: z.string(),
  name: z.string(),
  optionsLabel: z.string(),
  quantity: z.int(),
  unitPrice: Money,
  total: Money,
})

/** An order that follows from this one. */
export const FollowUp = z.object({
  /** That of the edit or of the return it came from. */
  id: Id,
  kind: FollowUpKind,
  state: FollowUpState,
  /** Why it ended. */
  reason: FollowUpReason.nullable(),
  lines: z.array(FollowUpLine),
  total: Money,
  /** The part that money of this order pays. */
  moved: Money,
  /** What the customer pays, online or on delivery. */
  toPay: Money,
  isCod: z.boolean(),
  /** Where the customer pays, while that is possible; the key is told when the order is asked for. */
  payment: z.object({ draftId: Id, draftToken: z.string().nullable() }).nullable(),
  expiresAt: z.string(),
  /** The order it became; a guest's key to it is told when this order is asked for. */
  order: z.object({ id: Id, number: z.string(), accessToken: z.string().nullable() }).nullable(),
  createdAt: z.string(),
})
export type FollowUp = z.infer<typeof FollowUp>

/** The order that this one follows from. */
export const Origin = z.object({ orderId: Id, number: z.string(), kind: FollowUpKind })
export type Origin = z.infer<typeof Origin>

/** `id` is the origin's. */
export const WithdrawFollowUp = z.strictObject({ id: Id, followUpId: Id })
export type WithdrawFollowUp = z.output<typeof WithdrawFollowUp>
