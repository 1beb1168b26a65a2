import { AppError, notFound } from '@souk/kernel/errors'
import type { Money } from '@souk/kernel/money'
import type { PaymentContext } from '../context.ts'
import type { Payment } from '../contract.ts'
import { openAttempt } from './attempt-store.ts'
import { chargeRefOf, providerOf } from './charge-ref.ts'
import { loadPaymentView } from './get-payment.ts'
import { assertCanCapture } from './limits.ts'
import { findPayment } from './payment-store.ts'
import { settleAttempt } from './settle-payment.ts'

/**
 * Takes held money, all of it or a part, once. Asked again it answers what was captured. When the
 * provider does not answer, the capture stays `unknown` and settles by itself.
 */
export async function capturePayment(
  ctx: PaymentContext,
  input: { id: string; amount?: Money | undefined },
): Promise<Payment> {
  const payment = await findPayment(ctx.db.sql, input.id)
  if (!payment) throw notFound('payment')
  if (input.amount && input.amount.currency !== payment.currency) throw otherCurrency(payment.currency)
  const wanted = input.amount?.amount
  if (payment.status === 'captured' && (wanted === undefined || wanted === payment.capturedMinor))
    return await loadPaymentView(ctx, payment.id)
  const captureMinor = wanted ?? payment.authorizedMinor
  assertCanCapture(payment, captureMinor)
  const charge = chargeRefOf(payment)
  const attempt = await openAttempt(ctx.db, payment, {
    operation: 'capture',
    amountMinor: captureMinor,
    checkInMs: ctx.settings.providerTimeoutMs + 1000,
  })
  // Between reading and opening somebody else may have captured or voided it.
  if (!attempt || !charge) return await capturedMeanwhile(ctx, input)
  if (attempt.operation !== 'capture' || attempt.amountMinor !== captureMinor) throw busy()
  const outcome = await providerOf(ctx, payment).capture({ charge, captureMinor, key: attempt.id })
  const settled = await settleAttempt(ctx, payment, attempt.id, outcome)
  if (settled.isRefused) throw refused(settled.message)
  return await loadPaymentView(ctx, payment.id)
}

async function capturedMeanwhile(
  ctx: PaymentContext,
  input: { id: string; amount?: Money | undefined },
): Promise<Payment> {
  const payment = await findPayment(ctx.db.sql, input.id)
  if (!payment) throw notFound('payment')
  const isSame = input.amount === undefined || input.amount.amount === payment.capturedMinor
  if (payment.status !== 'captured' || !isSame) throw busy()
  return await loadPaymentView(ctx, payment.id)
}

export function busy(): AppError {
  return new AppError('INVALID_STATE', 'Another capture or void of this payment is under way.', {
    details: { reason: 'invalid_state', retryAfterSeconds: 1 },
  })
}

export function refused(message: string | null): AppError {
  return new AppError('INVALID_STATE', `The payment provider refused: ${message ?? 'no reason given'}`, {
    details: { reason: 'invalid_state' },
  })
}

function otherCurrency(currency: string): AppError {
  const errors = [{ path: 'amount.currency', message: `Must be ${currency}` }]
  return new AppError('INVALID_INPUT', `This payment is in ${currency}.`, {
    details: { reason: 'invalid_input', errors },
  })
}
