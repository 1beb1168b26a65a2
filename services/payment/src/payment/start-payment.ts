import { AppError } from '@souk/kernel/errors'
import { newId } from '@souk/kernel/id'
import { faultPoint } from '@souk/service/fault-point'
import { hashBody, keyReused } from '@souk/service/idempotency'
import type { PaymentContext } from '../context.ts'
import type { PaymentState, StartPayment } from '../contract.ts'
import { applyChargeOutcome } from './apply-charge.ts'
import { methodLabel } from './method-label.ts'
import { findPayment, insertPayment, type NewPayment } from './payment-store.ts'
import { toPaymentState } from './payment-view.ts'
import { settlePayment } from './settle-payment.ts'
import { startPrepaid } from './start-prepaid.ts'

/** How long after a call should have ended somebody else may conclude that its process died. */
const graceMs = 2000

/**
 * Writes down what will be asked, asks the provider, writes down what it said. The attempt's id is the
 * provider's idempotency key, so however often this runs, at most one charge is made.
 */
export async function startPayment(ctx: PaymentContext, input: StartPayment): Promise<PaymentState> {
  const provider = ctx.providers.forMethod(input.method.type)
  const requestHash = hashBody({
    orderId: input.orderId,
    amount: input.amount,
    method: input.method,
    captureMode: input.captureMode,
    ...(input.credit ? { credit: input.credit } : {}),
    ...(input.transfer ? { transfer: input.transfer } : {}),
  })
  if (input.amount.amount < 1) throw nothingToPay()
  const attemptId = newId()
  const start: NewPayment = {
    input,
    provider: provider.name,
    methodLabel: methodLabel(input.method, ctx.choices.known()),
    requestHash,
    attemptId,
    checkInMs: ctx.settings.providerTimeoutMs + graceMs,
  }
  const payment = isPrepaid(input) ? await startPrepaid(ctx, start) : await insertPayment(ctx.db, start)
  if (!payment) return await repeat(ctx, input, requestHash)
  faultPoint('payment.inserted')
  // Refused, or paid by what we have already: there is nothing to ask a provider for.
  if (payment.status !== 'created') return toPaymentState(payment)
  const outcome = await provider.charge({
    key: attemptId,
    reference: payment.id,
    amountMinor: payment.amountMinor,
    currency: payment.currency,
    method: input.method,
    isCaptured: payment.captureMode === 'automatic' || !provider.canHold(payment.method.type),
    returnUrl: payment.returnUrl,
  })
  faultPoint('payment.charged')
  const recorded = await applyChargeOutcome(ctx, payment, outcome)
  faultPoint('payment.recorded')
  return toPaymentState(recorded)
}

/** The same id again: the payment as it stands, after asking the provider when that is not known. */
async function repeat(ctx: PaymentContext, input: StartPayment, requestHash: string): Promise<PaymentState> {
  const payment = await findPayment(ctx.db.sql, input.id)
  if (!payment) {
    throw new AppError('INVALID_STATE', 'The order of this payment is over, so nothing is taken for it.', {
      details: { reason: 'invalid_state' },
    })
  }
  if (payment.requestHash !== requestHash) throw keyReused()
  const ageMs = ctx.clock.now().getTime() - payment.createdAt.getTime()
  const isStale = payment.status === 'created' && ageMs > ctx.settings.providerTimeoutMs + graceMs
  const isOpen = payment.status === 'unknown' || isStale
  return toPaymentState(isOpen ? await settlePayment(ctx, payment) : payment)
}

/** An order that is to be paid by credit and names none is declined, not left open. */
function isPrepaid({ credit, transfer, method }: StartPayment): boolean {
  return credit !== undefined || transfer !== undefined || method.type === 'credit'
}

function nothingToPay(): AppError {
  const sentence = 'There is nothing to pay.'
  return new AppError('INVALID_INPUT', sentence, {
    details: { reason: 'invalid_input', errors: [{ path: 'amount.amount', message: sentence }] },
  })
}
