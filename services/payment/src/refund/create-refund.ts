import { AppError, notFound } from '@souk/kernel/errors'
import { money } from '@souk/kernel/money'
import type { Principal } from '@souk/kernel/principal'
import { faultPoint } from '@souk/service/fault-point'
import { hashBody, keyReused, once } from '@souk/service/idempotency'
import type { PaymentContext } from '../context.ts'
import type { CreateRefund, Refund } from '../contract.ts'
import { refundAmount } from '../payment/limits.ts'
import { findPayment, lockPayment } from '../payment/payment-store.ts'
import type { RefundRecord } from './refund.ts'
import { findRefund, insertRefund } from './refund-store.ts'
import { sendRefund, settleRefund } from './send-refund.ts'

/**
 * Reserves the amount, then asks the provider. The same id, or the same Idempotency-Key, is the same
 * refund. When the provider does not answer the refund is `unknown` and settles by itself.
 */
export async function createRefund(ctx: PaymentContext, input: CreateRefund): Promise<Refund> {
  const { id, ...asked } = input
  const requestHash = hashBody(asked)
  const command = { operation: 'payment.refund', principal: ctx.principal, input: asked }
  const { refundId } = await once(ctx.db, command, async (tx) => {
    const payment = await lockPayment(tx, input.paymentId)
    if (!payment) throw notFound('payment')
    if (await findRefund(tx, id)) return { refundId: id }
    const amountMinor = refundAmount(payment, input.amount)
    await insertRefund(tx, payment, {
      id,
      amountMinor,
      reason: input.reason,
      requestedBy: nameOf(ctx.principal),
      requestHash,
      checkInMs: ctx.settings.providerTimeoutMs + 1000,
    })
    return { refundId: id }
  })
  faultPoint('refund.reserved')
  const refund = await findRefund(ctx.db.sql, refundId)
  if (!refund) throw notFound('refund')
  if (refund.requestHash !== requestHash) throw keyReused()
  const payment = await findPayment(ctx.db.sql, refund.paymentId)
  if (!payment) throw notFound('payment')
  if (refund.status === 'pending' && refund.providerRefundId === null)
    return toRefundView(await sendRefund(ctx, payment, refund))
  if (refund.status === 'unknown') return toRefundView(await settleRefund(ctx, payment, refund))
  return toRefundView(refund)
}

function nameOf(principal: Principal): string {
  if (principal.kind === 'user') return principal.userId
  if (principal.kind === 'service') return principal.name
  throw new AppError('UNAUTHENTICATED', 'Please sign in first.')
}

export function toRefundView(refund: RefundRecord): Refund {
  const { id, paymentId, status, reason, currency, amountMinor, createdAt } = refund
  return {
    id,
    paymentId,
    amount: money(amountMinor, currency),
    status,
    reason,
    createdAt: createdAt.toISOString(),
  }
}
