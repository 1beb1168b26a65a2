import { AppError, notFound } from '@souk/kernel/errors'
import { keyReused } from '@souk/service/idempotency'
import { heldMinor } from '../balance/balance.ts'
import type { PaymentContext } from '../context.ts'
import type { Lowered, LowerPayment } from '../contract.ts'
import { isMovedElsewhere } from '../payment/limits.ts'
import type { PaymentRecord } from '../payment/payment.ts'
import { lockPayment } from '../payment/payment-store.ts'
import { createRefund } from '../refund/create-refund.ts'
import { findLowering, hasOpenAttempt, insertLowering } from './lowering-store.ts'

/**
 * An order costs less than was paid or is held for it. How much of that was not taken yet is decided once, with
 * the payment's row locked: that part is never taken. The rest is refunded under the same id.
 */
export async function lowerPayment(ctx: PaymentContext, input: LowerPayment): Promise<Lowered> {
  const decided = await ctx.db.transaction(async (tx) => {
    const payment = await lockPayment(tx, input.paymentId)
    if (!payment) throw notFound('payment')
    const askedMinor = input.amount.amount
    if (input.amount.currency !== payment.currency || askedMinor < 1) throw badAmount()
    const loweringId = input.firstId ?? input.id
    const known = await findLowering(tx, loweringId)
    if (known) {
      if (known.paymentId !== payment.id || known.askedMinor !== askedMinor) throw keyReused()
      return { refundMinor: askedMinor - known.amountMinor }
    }
    if (payment.status === 'authorized' && (await hasOpenAttempt(tx, payment.id))) return 'busy'
    const amountMinor = neverTakenMinor(payment, askedMinor)
    if (amountMinor > 0)
      await insertLowering(tx, loweringId, { paymentId: payment.id, amountMinor, askedMinor })
    return { refundMinor: askedMinor - amountMinor }
  })
  if (decided === 'busy') return { status: 'busy' }
  if (decided.refundMinor === 0) return { status: 'lowered' }
  const { id, paymentId, reason } = input
  const amount = { ...input.amount, amount: decided.refundMinor }
  try {
    return { status: (await createRefund(ctx, { id, paymentId, amount, reason })).status }
  } catch (error) {
    if (isMovedElsewhere(error)) return { status: 'busy' }
    throw error
  }
}

/** How much of the amount need not be given back, because it was not taken and now never is. */
function neverTakenMinor(payment: PaymentRecord, askedMinor: number): number {
  const held = heldMinor(payment)
  // Parcels may have taken only what the order costs now, or only their share: the rest of the hold is let go.
  if (payment.capturedMinor > 0) return Math.min(held, askedMinor)
  if (payment.status !== 'authorized') return 0
  if (askedMinor < held) return askedMinor
  throw new AppError('INVALID_STATE', 'Less is held for this order than it is to cost less.', {
    details: { reason: 'invalid_state' },
  })
}

function badAmount(): AppError {
  const message = 'An amount of at least one cent in the payment’s currency.'
  return new AppError('INVALID_INPUT', message, { details: { errors: [{ path: 'amount', message }] } })
}
