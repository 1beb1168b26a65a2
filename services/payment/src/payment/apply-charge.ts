import type { PaymentDatabase } from '@souk/db/payment'
import { counter } from '@souk/service/metrics'
import type { PaymentContext } from '../context.ts'
import { endHold } from '../credit/use-store.ts'
import type { Outcome, Provider, ProviderCharge } from '../provider/provider.ts'
import { endTransfer } from '../transfer/transfer-store.ts'
import { chargeKeyOf, finishAttempt } from './attempt-store.ts'
import { applyMove, takeLateMoney } from './move-store.ts'
import { applyPart } from './part-store.ts'
import { type Move, moveToRefused, moveToUnknown, type PaymentRecord, readCharge } from './payment.ts'
import { checkSoon, findPayment } from './payment-store.ts'

const processed = counter('souk_payments_processed_total', 'Payments that reached an outcome.', [
  'method',
  'outcome',
])
const mismatches = counter(
  'souk_payment_mismatches_total',
  'Answers of a provider that do not fit our books and were not applied. Each needs a person.',
)

export type Applied = 'moved' | 'known' | 'mismatch'

/** Writes what came of asking for a charge: an answer, a refusal, or that nobody knows yet. */
export async function applyChargeOutcome(
  ctx: PaymentContext,
  payment: PaymentRecord,
  outcome: Outcome<ProviderCharge>,
): Promise<PaymentRecord> {
  if (outcome.kind === 'answered') return await applyAnswer(ctx, payment, outcome.answer)
  if (outcome.kind === 'refused')
    return await move(ctx, payment, moveToRefused(payment, { code: outcome.code, message: outcome.message }))
  if (payment.status !== 'created') return payment
  return await move(ctx, payment, moveToUnknown(payment, outcome.message))
}

/** Applies what the provider answered to us; an answer that does not fit is also noted on the attempt. */
export async function applyAnswer(
  ctx: PaymentContext,
  payment: PaymentRecord,
  charge: ProviderCharge,
): Promise<PaymentRecord> {
  const result = await applyCharge(ctx, payment, charge)
  if (result.applied === 'mismatch') {
    const message = 'The provider’s answer does not fit this payment and was not applied.'
    await finishAttempt(ctx.db, await chargeKeyOf(ctx.db, payment.id), { outcome: 'failed', message })
  }
  return result.payment
}

/**
 * Applies the provider's word about a charge, wherever it came from: an answer, a webhook or a question
 * later. Safe in any order and any number of times.
 */
export async function applyCharge(
  ctx: PaymentContext,
  payment: PaymentRecord,
  charge: ProviderCharge,
): Promise<{ payment: PaymentRecord; applied: Applied }> {
  const reading = readCharge(payment, charge, ctx.clock.now())
  switch (reading.kind) {
    case 'known':
      return { payment, applied: 'known' }
    case 'move':
      return { payment: await move(ctx, payment, reading.move), applied: 'moved' }
    case 'part':
      return { payment: await takePart(ctx, payment, reading.capturedMinor), applied: 'moved' }
    case 'late_money':
      await takeLateMoney(ctx.db, payment, {
        chargeId: charge.id,
        capturedMinor: charge.capturedMinor,
        account: accountOf(ctx, payment),
      })
      ctx.log.warn({ paymentId: payment.id }, 'money came for a payment that had ended; it goes back')
      return { payment: await reload(ctx, payment), applied: 'moved' }
    case 'late_hold':
      await checkSoon(ctx.db, payment.id)
      return { payment, applied: 'known' }
    case 'mismatch':
      mismatches.inc()
      ctx.log.error(
        { paymentId: payment.id, chargeId: charge.id, what: reading.what, amountMinor: charge.amountMinor },
        'the provider’s word does not fit the payment and was not applied',
      )
      return { payment, applied: 'mismatch' }
  }
}

async function move(ctx: PaymentContext, payment: PaymentRecord, step: Move): Promise<PaymentRecord> {
  const account = accountOf(ctx, payment)
  const isPrepaid = payment.creditStatus === 'held' || payment.transferStatus === 'held'
  const moved = isPrepaid
    ? await movePrepaid(ctx.db, payment, step, account)
    : await applyMove(ctx.db.sql, payment, step, account)
  if (!moved) return await reload(ctx, payment)
  if (step.outcome !== null) {
    processed.inc({ method: payment.method.type, outcome: step.outcome })
    ctx.bus.wake()
  }
  return moved
}

/** More of a hold was captured, and the rest is still held. */
async function takePart(
  ctx: PaymentContext,
  payment: PaymentRecord,
  capturedMinor: number,
): Promise<PaymentRecord> {
  const taken = await applyPart(ctx.db, payment, capturedMinor, accountOf(ctx, payment))
  if (!taken) return await reload(ctx, payment)
  processed.inc({ method: payment.method.type, outcome: 'captured' })
  ctx.bus.wake()
  return taken
}

/** What was held on a gift card or of an earlier payment is spent or free again in the same moment. */
async function movePrepaid(
  db: PaymentDatabase,
  payment: PaymentRecord,
  step: Move,
  account: Provider['account'],
): Promise<PaymentRecord | undefined> {
  return await db.transaction(async (tx) => {
    const moved = await applyMove(tx, payment, step, account)
    if (moved) {
      await endTransfer(tx, moved)
      await endHold(tx, moved)
    }
    return moved
  })
}

function accountOf(ctx: PaymentContext, payment: PaymentRecord): Provider['account'] {
  return ctx.providers.named(payment.provider)?.account ?? 'provider'
}

async function reload(ctx: PaymentContext, payment: PaymentRecord): Promise<PaymentRecord> {
  return (await findPayment(ctx.db.sql, payment.id)) ?? payment
}
