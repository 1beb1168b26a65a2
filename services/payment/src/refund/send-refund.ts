import { faultPoint } from '@souk/service/fault-point'
import { counter } from '@souk/service/metrics'
import type { PaymentContext } from '../context.ts'
import { chargeRefOf, providerOf } from '../payment/charge-ref.ts'
import type { PaymentRecord } from '../payment/payment.ts'
import type { Outcome, ProviderRefund } from '../provider/provider.ts'
import { checkRefundSoon, markProviderDone } from './passed-store.ts'
import { type RefundRecord, readRefund } from './refund.ts'
import { findRefund, markRefundOpen, settleFailed, settleSucceeded } from './refund-store.ts'
import { succeedWithCredit } from './refund-to-credit.ts'

const mismatches = counter(
  'souk_refund_mismatches_total',
  'Answers of a provider about refunds that do not fit our books. Each needs a person.',
)
const soonMs = 400
const pendingCheckMs = 30_000

/** Asks the provider to give the money back. Its id is the key, so sending it again is safe. */
export async function sendRefund(
  ctx: PaymentContext,
  payment: PaymentRecord,
  refund: RefundRecord,
): Promise<RefundRecord> {
  const charge = chargeRefOf(payment)
  if (!charge) throw new Error(`Payment ${payment.id} has no charge at its provider`)
  const outcome = await providerOf(ctx, payment).refund({
    key: refund.id,
    chargeId: charge.chargeId,
    reference: refund.id,
    amountMinor: refund.amountMinor,
    currency: refund.currency,
  })
  faultPoint('refund.sent')
  return await applyRefundOutcome(ctx, payment, refund, outcome)
}

async function applyRefundOutcome(
  ctx: PaymentContext,
  payment: PaymentRecord,
  refund: RefundRecord,
  outcome: Outcome<ProviderRefund>,
): Promise<RefundRecord> {
  switch (outcome.kind) {
    case 'answered':
      return (await applyRefund(ctx, payment, refund, outcome.answer)).refund
    case 'refused': {
      const failed = { providerRefundId: null, message: outcome.message }
      const settled = await settleFailed(ctx.db, refund, failed)
      if (settled) await tell(ctx, settled)
      return settled ?? (await reload(ctx, refund))
    }
    case 'unknown':
      await markRefundOpen(ctx.db, refund.id, {
        status: 'unknown',
        providerRefundId: null,
        message: outcome.message,
        checkInMs: soonMs,
      })
      return await reload(ctx, refund)
  }
}

/** Applies the provider's word about a refund: an answer, a webhook, or the answer to a later question. */
export async function applyRefund(
  ctx: PaymentContext,
  payment: PaymentRecord,
  refund: RefundRecord,
  said: ProviderRefund,
): Promise<{ refund: RefundRecord; applied: 'moved' | 'known' | 'mismatch' }> {
  if (refund.status === 'succeeded' || refund.status === 'failed') return { refund, applied: 'known' }
  const reading = readRefund(refund, payment, said)
  if (reading.kind === 'mismatch') {
    mismatches.inc()
    ctx.log.error({ refundId: refund.id, what: reading.what }, 'the provider’s word does not fit the refund')
    return { refund, applied: 'mismatch' }
  }
  if (reading.kind === 'pending') {
    const state = {
      status: 'pending',
      providerRefundId: said.id,
      message: null,
      checkInMs: pendingCheckMs,
    } as const
    if (refund.providerRefundId === null || refund.status === 'unknown')
      await markRefundOpen(ctx.db, refund.id, state)
    return { refund: await reload(ctx, refund), applied: 'known' }
  }
  if (reading.status === 'succeeded' && refund.transferMinor > 0) {
    const isNews = await markProviderDone(ctx.db, refund.id, said.id)
    return { refund: await reload(ctx, refund), applied: isNews ? 'moved' : 'known' }
  }
  const settled =
    reading.status === 'succeeded'
      ? await succeed(ctx, payment, refund, said.id)
      : await settleFailed(ctx.db, refund, {
          providerRefundId: said.id,
          message: reading.message ?? 'The provider did not accept the refund.',
        })
  if (settled) await tell(ctx, settled)
  return { refund: settled ?? (await reload(ctx, refund)), applied: settled ? 'moved' : 'known' }
}

/** The part that goes back as credit does so in the same moment, or not at all. */
export async function succeed(
  ctx: PaymentContext,
  payment: PaymentRecord,
  refund: RefundRecord,
  providerRefundId: string | null,
): Promise<RefundRecord | undefined> {
  const account = ctx.providers.named(payment.provider)?.account ?? 'provider'
  const settled = { orderId: payment.orderId, providerRefundId, account }
  if (refund.creditMinor === 0) return await settleSucceeded(ctx.db.sql, refund, settled)
  return await ctx.db.transaction(async (tx) => await succeedWithCredit(tx, payment, refund, settled))
}

/** Whoever waits for it: the order, or the refund of another payment. */
export async function tell(ctx: PaymentContext, settled: RefundRecord): Promise<void> {
  if (settled.ofRefundId === null) ctx.bus.wake()
  else await checkRefundSoon(ctx.db, settled.ofRefundId)
}

/** Asks what became of a refund whose answer never came; one that never arrived is sent again. */
export async function settleRefund(
  ctx: PaymentContext,
  payment: PaymentRecord,
  refund: RefundRecord,
): Promise<RefundRecord> {
  const found = await providerOf(ctx, payment).findRefund({
    key: refund.id,
    chargeId: payment.providerChargeId,
  })
  if (found.kind !== 'answered') return refund
  if (found.answer === null) return await sendRefund(ctx, payment, refund)
  return (await applyRefund(ctx, payment, refund, found.answer)).refund
}

async function reload(ctx: PaymentContext, refund: RefundRecord): Promise<RefundRecord> {
  return (await findRefund(ctx.db.sql, refund.id)) ?? refund
}
