import type { PaymentContext } from '../context.ts'
import { captureSoon } from '../hold/capture-due-store.ts'
import type { Provider } from '../provider/provider.ts'
import { giveBack } from '../refund/give-back.ts'
import { applyAnswer, applyChargeOutcome } from './apply-charge.ts'
import { chargeKeyOf, findOpenAttempt, openAttempt } from './attempt-store.ts'
import { chargeRefOf, providerOf } from './charge-ref.ts'
import { hasEnded, needOf, type PaymentRecord, whenNotFound } from './payment.ts'
import { stopChecking } from './payment-store.ts'
import { settleAttempt } from './settle-attempt.ts'

/**
 * Brings a payment one step nearer to its end: asks what is not known, sends again what never arrived,
 * releases or gives back what an order that is over must not keep. Never decides on a guess; safe to
 * run at any time and beside itself.
 */
export async function settlePayment(ctx: PaymentContext, payment: PaymentRecord): Promise<PaymentRecord> {
  switch (needOf(payment, ctx.clock.now())) {
    case 'ask':
      return await ask(ctx, providerOf(ctx, payment), payment)
    case 'release':
      return await release(ctx, providerOf(ctx, payment), payment)
    case 'capture_last':
      await captureSoon(ctx.db, payment.id)
      return await ask(ctx, providerOf(ctx, payment), payment)
    case 'give_back':
      return await giveBack(ctx, payment)
    case 'nothing':
      await stopChecking(ctx.db, payment)
      return payment
  }
}

async function ask(ctx: PaymentContext, provider: Provider, payment: PaymentRecord): Promise<PaymentRecord> {
  const key = await chargeKeyOf(ctx.db, payment.id)
  const { providerChargeId: chargeId, id: reference, amountMinor, currency } = payment
  const found = await provider.findCharge({ key, chargeId, reference, amountMinor, currency })
  if (found.kind !== 'answered') return payment
  if (found.answer === null) return await notFound(ctx, provider, payment, key)
  const now = await applyAnswer(ctx, payment, found.answer)
  const isOpenThere = found.answer.status === 'authorized' || found.answer.status === 'requires_action'
  if (hasEnded(now) && isOpenThere)
    return await release(ctx, provider, { ...now, providerChargeId: found.answer.id })
  if (now.status === 'authorized' && found.answer.status === 'authorized')
    return await repeatOpenAttempt(ctx, provider, now)
  if (hasEnded(now)) await stopChecking(ctx.db, now)
  return now
}

async function notFound(
  ctx: PaymentContext,
  provider: Provider,
  payment: PaymentRecord,
  key: string,
): Promise<PaymentRecord> {
  if (hasEnded(payment)) {
    await stopChecking(ctx.db, payment)
    return payment
  }
  switch (whenNotFound(payment, ctx.clock.now())) {
    case 'wait':
      return payment
    case 'give_up': {
      const message = 'The payment did not reach the payment provider. Nothing was taken.'
      return await applyChargeOutcome(ctx, payment, { kind: 'refused', code: 'not_received', message })
    }
    case 'send_again':
      return await sendAgain(ctx, provider, payment, key)
  }
}

/** The same request with the same key: the provider makes the charge once, however often it hears of it. */
async function sendAgain(
  ctx: PaymentContext,
  provider: Provider,
  payment: PaymentRecord,
  key: string,
): Promise<PaymentRecord> {
  if (payment.methodDetail === null) return payment
  const outcome = await provider.charge({
    key,
    reference: payment.id,
    amountMinor: payment.amountMinor,
    currency: payment.currency,
    method: payment.methodDetail,
    isCaptured: payment.captureMode === 'automatic' || !provider.canHold(payment.method.type),
    returnUrl: payment.returnUrl,
  })
  return await applyChargeOutcome(ctx, payment, outcome)
}

/** A capture or void whose answer never came, and which the provider has not carried out either. */
async function repeatOpenAttempt(
  ctx: PaymentContext,
  provider: Provider,
  payment: PaymentRecord,
): Promise<PaymentRecord> {
  const charge = chargeRefOf(payment)
  const open = await findOpenAttempt(ctx.db, payment.id)
  if (!open || !charge) {
    await stopChecking(ctx.db, payment)
    return payment
  }
  const outcome =
    open.operation === 'capture'
      ? await provider.capture({
          charge,
          captureMinor: open.amountMinor,
          isFinal: open.isFinal,
          key: open.id,
        })
      : await provider.void({ charge, key: open.id })
  return (await settleAttempt(ctx, payment, open.id, outcome)).payment
}

/** Lets go of money or a request that nobody wants any more. What the provider took first goes back later. */
export async function release(
  ctx: PaymentContext,
  provider: Provider,
  payment: PaymentRecord,
): Promise<PaymentRecord> {
  const charge = chargeRefOf(payment)
  if (!charge) return await ask(ctx, provider, payment)
  const attempt = await openAttempt(ctx.db, payment, {
    operation: 'void',
    amountMinor: payment.amountMinor,
    checkInMs: ctx.settings.providerTimeoutMs + 1000,
  })
  // A capture is under way: its end decides what is left to let go of.
  if (attempt?.operation !== 'void') return await ask(ctx, provider, payment)
  const outcome = await provider.void({ charge, key: attempt.id })
  const settled = await settleAttempt(ctx, payment, attempt.id, outcome)
  return settled.isRefused ? await ask(ctx, provider, payment) : settled.payment
}
