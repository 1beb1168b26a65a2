import { AppError, notFound } from '@souk/kernel/errors'
import { keyReused } from '@souk/service/idempotency'
import { heldMinor } from '../balance/balance.ts'
import type { PaymentContext } from '../context.ts'
import type { Lowered, LowerPayment } from '../contract.ts'
import { isHeldElsewhere } from '../payment/limits.ts'
import type { PaymentRecord } from '../payment/payment.ts'
import { lockPayment } from '../payment/payment-store.ts'
import { createRefund } from '../refund/create-refund.ts'
import { findLowering, hasOpenAttempt, insertLowering } from './lowering-store.ts'

/**
 * An order costs less than was paid or is held for it. Which of the two it is, is decided once, with the
 * payment's row locked; of a hold the part is never taken, of taken money it is refunded under the same id.
 */
export async function lowerPayment(ctx: PaymentContext, input: LowerPayment): Promise<Lowered> {
  const decided = await ctx.db.transaction(async (tx) => {
    const payment = await lockPayment(tx, input.paymentId)
    if (!payment) throw notFound('payment')
    if (input.amount.currency !== payment.currency || input.amount.amount < 1) throw badAmount()
    const known = await findLowering(tx, input.id)
    if (known) {
      if (known.paymentId !== payment.id || known.amountMinor !== input.amount.amount) throw keyReused()
      return 'lowered'
    }
    // A last parcel may have taken only what the order costs now: then nothing of it is to go back.
    const wasNeverTaken = payment.status === 'captured' && heldMinor(payment) >= input.amount.amount
    if (payment.status !== 'authorized' && !wasNeverTaken) return 'refund'
    if (payment.status === 'authorized') {
      if (await hasOpenAttempt(tx, payment.id)) return 'busy'
      assertCanLower(payment, input.amount.amount)
    }
    await insertLowering(tx, input.id, { paymentId: payment.id, amountMinor: input.amount.amount })
    return 'lowered'
  })
  if (decided !== 'refund') return { status: decided }
  const { id, paymentId, amount, reason } = input
  try {
    return { status: (await createRefund(ctx, { id, paymentId, amount, reason })).status }
  } catch (error) {
    if (isHeldElsewhere(error)) return { status: 'busy' }
    throw error
  }
}

function assertCanLower(payment: PaymentRecord, amountMinor: number): void {
  if (amountMinor < heldMinor(payment)) return
  throw new AppError('INVALID_STATE', 'Less is held for this order than it is to cost less.', {
    details: { reason: 'invalid_state' },
  })
}

function badAmount(): AppError {
  const message = 'An amount of at least one cent in the payment’s currency.'
  return new AppError('INVALID_INPUT', message, { details: { errors: [{ path: 'amount', message }] } })
}
