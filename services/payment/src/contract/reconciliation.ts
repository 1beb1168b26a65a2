import { Id } from '@souk/kernel/id'
import { Money } from '@souk/kernel/money'
import { z } from 'zod'

export const differenceKinds = ['unknown_charge', 'missing_charge', 'amount', 'captured', 'refunded'] as const
export const DifferenceKind = z.enum(differenceKinds)
export type DifferenceKind = z.infer<typeof DifferenceKind>
const Sums = z
  .object({ amountMinor: z.int(), capturedMinor: z.int(), refundedMinor: z.int(), currency: z.string() })
  .nullable()
/** Where our books and a provider's list differ. */
export const Difference = z.object({
  id: Id,
  provider: z.string(),
  kind: DifferenceKind,
  providerRef: z.string(),
  paymentId: Id.nullable(),
  ours: Sums,
  theirs: Sums,
  firstSeenAt: z.string(),
  resolvedAt: z.string().nullable(),
  /** `healed`: asked for and applied; `gone`: a later comparison did not find it; `by_hand`: a person settled it. */
  resolution: z.enum(['healed', 'gone', 'by_hand']).nullable(),
  note: z.string().nullable(),
})
export type Difference = z.infer<typeof Difference>
export const SettleDifference = z.strictObject({ id: Id, note: z.string().trim().min(1).max(300) })
export const ReconciliationResult = z.object({
  looked: z.int(),
  healed: z.int(),
  differences: z.int(),
})
export type ReconciliationResult = z.infer<typeof ReconciliationResult>

/** Money of an order that is over, which the provider keeps refusing to give back. */
export const StuckRefund = z.object({
  paymentId: Id,
  orderId: Id,
  left: Money,
  reason: z.string(),
  tries: z.int(),
  refusal: z.string().nullable(),
  triedAt: z.string(),
})
export type StuckRefund = z.infer<typeof StuckRefund>
