import { Id } from '@souk/kernel/id'
import { Money } from '@souk/kernel/money'
import { z } from 'zod'

/**
 * Money of an earlier payment that pays a part of a new one, or all of it. It is held while the new payment
 * is open, and spent or released with its end. A payment that it covers wholly asks no provider; when the
 * earlier one has less left, the new one is declined and nothing is moved.
 */
export const StartTransfer = z.strictObject({
  /** The caller's id of this transfer; it moves money once. */
  id: Id,
  fromPaymentId: Id,
  /** In the new payment's currency, and not more than its amount. */
  amountMinor: z.int().min(1),
})
export type StartTransfer = z.output<typeof StartTransfer>

export const Transfer = z.object({
  id: Id,
  fromPaymentId: Id,
  fromOrderId: Id,
  toPaymentId: Id,
  toOrderId: Id,
  amount: Money,
  /** What of it came back to be refunded where it came from. */
  back: Money,
  status: z.enum(['held', 'spent', 'released']),
  createdAt: z.string(),
})
export type Transfer = z.infer<typeof Transfer>

/** What a payment tells of transfers; each absent when it is nothing. */
export const transferFields = {
  /** The part of `amount` that was moved here from an earlier payment. */
  transfer: Money.optional(),
  /** What was moved on to other payments, held or spent there. */
  transferred: Money.optional(),
  /** What can still be given back or moved on. */
  left: Money.optional(),
}
