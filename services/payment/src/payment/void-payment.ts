import { notFound } from '@souk/kernel/errors'
import type { PaymentContext } from '../context.ts'
import type { Payment } from '../contract.ts'
import { openAttempt } from './attempt-store.ts'
import { busy, refused } from './capture-payment.ts'
import { chargeRefOf, providerOf } from './charge-ref.ts'
import { loadPaymentView } from './get-payment.ts'
import { assertCanVoid } from './limits.ts'
import { findPayment } from './payment-store.ts'
import { settleAttempt } from './settle-attempt.ts'

/** Lets held money go, or withdraws a request that waits for the customer. Asked again it changes nothing. */
export async function voidPayment(
  ctx: PaymentContext,
  input: { id: string; reason: string },
): Promise<Payment> {
  const payment = await findPayment(ctx.db.sql, input.id)
  if (!payment) throw notFound('payment')
  if (payment.status === 'voided') return await loadPaymentView(ctx, payment.id)
  assertCanVoid(payment)
  const charge = chargeRefOf(payment)
  const attempt = await openAttempt(ctx.db, payment, {
    operation: 'void',
    amountMinor: payment.amountMinor,
    checkInMs: ctx.settings.providerTimeoutMs + 1000,
  })
  if (attempt?.operation !== 'void' || !charge) throw busy()
  ctx.log.info({ paymentId: payment.id, reason: input.reason }, 'voiding a payment')
  const outcome = await providerOf(ctx, payment).void({ charge, key: attempt.id })
  const settled = await settleAttempt(ctx, payment, attempt.id, outcome)
  if (settled.isRefused) throw refused(settled.message)
  return await loadPaymentView(ctx, payment.id)
}
