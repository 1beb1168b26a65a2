import { AppError, notFound } from '@souk/kernel/errors'
import type { Money } from '@souk/kernel/money'
import { keyReused } from '@souk/service/idempotency'
import { heldMinor } from '../balance/balance.ts'
import type { PaymentContext } from '../context.ts'
import type { Payment } from '../contract.ts'
import { findAttempt, openAttempt } from './attempt-store.ts'
import { chargeRefOf, providerOf } from './charge-ref.ts'
import { loadPaymentView } from './get-payment.ts'
import { assertCanCapture } from './limits.ts'
import { findPayment } from './payment-store.ts'
import { settleAttempt } from './settle-attempt.ts'

type Capture = {
  id: string
  amount?: Money | undefined
  /** The caller's id of a part: a repeat captures nothing more. */
  captureId?: string | undefined
  isFinal?: boolean | undefined
}

/**
 * Takes held money, all of it or a part. The last capture lets the rest go; asked again it answers what was
 * captured. When the provider does not answer, the capture stays `unknown` and settles by itself.
 */
export async function capturePayment(ctx: PaymentContext, input: Capture): Promise<Payment> {
  const payment = await findPayment(ctx.db.sql, input.id)
  if (!payment) throw notFound('payment')
  if (input.amount && input.amount.currency !== payment.currency) throw otherCurrency(payment.currency)
  const wanted = input.amount?.amount
  if (payment.status === 'captured' && (wanted === undefined || wanted === payment.capturedMinor))
    return await loadPaymentView(ctx, payment.id)
  if (await hasCaptured(ctx, input)) return await loadPaymentView(ctx, payment.id)
  const isFinal = input.isFinal ?? true
  const captureMinor = wanted ?? heldMinor(payment)
  assertCanCapture(payment, captureMinor)
  if (!isFinal && !providerOf(ctx, payment).canCaptureInParts) throw oneCaptureOnly()
  const charge = chargeRefOf(payment)
  const attempt = await openAttempt(ctx.db, payment, {
    operation: 'capture',
    amountMinor: captureMinor,
    id: input.captureId,
    isFinal,
    checkInMs: ctx.settings.providerTimeoutMs + 1000,
  })
  // Between reading and opening somebody else may have captured or voided it.
  if (!attempt || !charge) return await capturedMeanwhile(ctx, input)
  const isOurs = attempt.id === (input.captureId ?? attempt.id) && attempt.operation === 'capture'
  if (!isOurs || attempt.amountMinor !== captureMinor || attempt.isFinal !== isFinal) throw busy()
  const provider = providerOf(ctx, payment)
  const outcome = await provider.capture({ charge, captureMinor, isFinal, key: attempt.id })
  const settled = await settleAttempt(ctx, payment, attempt.id, outcome)
  if (settled.isRefused) throw refused(settled.message)
  return await loadPaymentView(ctx, payment.id)
}

async function hasCaptured(ctx: PaymentContext, { id, captureId }: Capture): Promise<boolean> {
  if (captureId === undefined) return false
  const attempt = await findAttempt(ctx.db, captureId)
  if (attempt && attempt.paymentId !== id) throw keyReused()
  return attempt?.outcome === 'succeeded'
}

async function capturedMeanwhile(ctx: PaymentContext, input: Capture): Promise<Payment> {
  const payment = await findPayment(ctx.db.sql, input.id)
  if (!payment) throw notFound('payment')
  if (await hasCaptured(ctx, input)) return await loadPaymentView(ctx, payment.id)
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

function oneCaptureOnly(): AppError {
  return new AppError('INVALID_STATE', 'This provider captures a payment once. Capture all of it.', {
    details: { reason: 'invalid_state' },
  })
}

function otherCurrency(currency: string): AppError {
  const errors = [{ path: 'amount.currency', message: `Must be ${currency}` }]
  return new AppError('INVALID_INPUT', `This payment is in ${currency}.`, {
    details: { reason: 'invalid_input', errors },
  })
}
