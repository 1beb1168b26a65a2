import type { PaymentContext } from '../context.ts'
import type { Outcome, ProviderCharge } from '../provider/provider.ts'
import { applyAnswer } from './apply-charge.ts'
import { finishAttempt } from './attempt-store.ts'
import { hasEnded, type PaymentRecord } from './payment.ts'

/** Writes what came of a capture or void. */
export async function settleAttempt(
  ctx: PaymentContext,
  payment: PaymentRecord,
  attemptId: string,
  outcome: Outcome<ProviderCharge>,
): Promise<{ payment: PaymentRecord; isRefused: boolean; message: string | null }> {
  if (outcome.kind === 'answered') {
    const now = await applyAnswer(ctx, payment, outcome.answer)
    // A step finishes the attempt with it; without one it was about a payment that had ended, or did not fit.
    if (now.status === payment.status && now.capturedMinor === payment.capturedMinor) {
      const message = hasEnded(payment) ? null : 'The provider’s answer does not fit this payment.'
      await finishAttempt(ctx.db, attemptId, { outcome: hasEnded(payment) ? 'succeeded' : 'failed', message })
    }
    return { payment: now, isRefused: false, message: null }
  }
  const result = outcome.kind === 'refused' ? 'failed' : 'unknown'
  await finishAttempt(ctx.db, attemptId, { outcome: result, message: outcome.message })
  return { payment, isRefused: outcome.kind === 'refused', message: outcome.message }
}
