import { Id } from '@souk/kernel/id'
import { Money } from '@souk/kernel/money'
import { z } from 'zod'

/** Takes an amount less: of what is held by never taking it, of what was taken by a refund. */
export const LowerPayment = z.strictObject({
  /** The caller's id; a repeat changes nothing more. */
  id: Id,
  /** The id it was asked for with at first, when a refused refund is asked for again with another one. */
  firstId: Id.optional(),
  paymentId: Id,
  amount: Money,
  reason: z.string().trim().min(1).max(300),
})
export type LowerPayment = z.output<typeof LowerPayment>
/** `lowered`: less of a hold is taken. `busy`: ask again. The others are those of the refund. */
export const Lowered = z.object({
  status: z.enum(['lowered', 'busy', 'pending', 'succeeded', 'failed', 'unknown']),
})
export type Lowered = z.infer<typeof Lowered>
