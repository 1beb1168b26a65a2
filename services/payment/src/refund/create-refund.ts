import { notFound } from '@souk/kernel/errors'
import { money } from '@souk/kernel/money'
import { faultPoint } from '@souk/service/fault-point'
import { hashBody, keyReused, once } from '@souk/service/idempotency'
import { actorName } from '../actor-name.ts'
import type { PaymentContext } from '../context.ts'
import type { CreateRefund, Refund } from '../contract.ts'
import { creditToRefundTo } from '../credit/credit-to-refund-to.ts'
import { refundAmount } from '../payment/limits.ts'
import { findPayment, lockPayment } from '../payment/payment-store.ts'
import { advanceRefund } from './advance-refund.ts'
import { type RefundRecord, splitRefund, wholeMinor } from './refund.ts'
import { findRefund } from './refund-store.ts'
import { reserveRefund } from './refund-to-credit.ts'

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
    const creditId = await creditToRefundTo(ctx, tx, payment, input, amountMinor)
    await reserveRefund(tx, payment, {
      id,
      ...splitRefund(payment, amountMinor, input.to ?? 'original'),
      creditId,
      ofRefundId: null,
      reason: input.reason,
      requestedBy: actorName(ctx.principal),
      requestHash,
      checkInMs: ctx.settings.providerTimeoutMs + 1000,
    })
    return { refundId: id }
  })
  faultPoint('refund.reserved')
  const refund = await findRefund(ctx.db.sql, refundId)
  if (!refund) throw notFound('refund')
  if (refund.requestHash !== requestHash) throw keyReused()
  if (refund.status === 'succeeded') ctx.bus.wake()
  const payment = await findPayment(ctx.db.sql, refund.paymentId)
  if (!payment) throw notFound('payment')
  const isNew = refund.status === 'pending' && refund.providerRefundId === null
  if (isNew || refund.status === 'unknown')
    return toRefundView(await advanceRefund(ctx, payment, refund, isNew ? 'send' : 'ask'))
  return toRefundView(refund)
}

export function toRefundView(refund: RefundRecord): Refund {
  const { id, paymentId, status, reason, currency, creditMinor, transferMinor, createdAt } = refund
  return {
    id,
    paymentId,
    amount: money(wholeMinor(refund), currency),
    ...(creditMinor > 0 ? { credit: money(creditMinor, currency) } : {}),
    ...(transferMinor > 0 ? { transfer: money(transferMinor, currency) } : {}),
    status,
    reason,
    createdAt: createdAt.toISOString(),
  }
}
