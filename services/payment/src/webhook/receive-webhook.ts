import { isId } from '@souk/kernel/id'
import { counter } from '@souk/service/metrics'
import type { PaymentContext } from '../context.ts'
import { applyCharge } from '../payment/apply-charge.ts'
import { findPayment } from '../payment/payment-store.ts'
import type {
  Provider,
  ProviderCharge,
  ProviderRefund,
  WebhookReading,
  WebhookRequest,
} from '../provider/provider.ts'
import { findRefund } from '../refund/refund-store.ts'
import { applyRefund } from '../refund/send-refund.ts'
import { rememberWebhook } from './webhook-store.ts'

const received = counter('souk_payment_webhooks_total', 'Webhooks of payment providers.', [
  'provider',
  'outcome',
])

export type WebhookAnswer = { status: number; outcome: string }
type Event = Extract<WebhookReading, { kind: 'event' }>
type Applied = { paymentId: string; applied: 'moved' | 'known' | 'mismatch' }

/**
 * A provider tells us something. It counts when its signature does, and is answered with 2xx only once
 * what it changed is durable. Anything forged, stale, or about money that is not ours leaves no trace
 * but a counter.
 */
export async function receiveWebhook(
  ctx: PaymentContext,
  providerName: string,
  request: Omit<WebhookRequest, 'now'>,
): Promise<WebhookAnswer> {
  const answer = await receive(ctx, providerName, request)
  received.inc({
    provider: ctx.providers.named(providerName) ? providerName : 'none',
    outcome: answer.outcome,
  })
  return answer
}

async function receive(
  ctx: PaymentContext,
  providerName: string,
  request: Omit<WebhookRequest, 'now'>,
): Promise<WebhookAnswer> {
  const provider = ctx.providers.named(providerName)
  const reading = await provider?.readWebhook?.({ ...request, now: ctx.clock.now() })
  if (!provider || !reading) return { status: 404, outcome: 'unknown_provider' }
  if (reading.kind === 'refused') return { status: reading.status, outcome: reading.reason }
  if (reading.kind === 'ignored') return { status: 200, outcome: 'ignored' }
  const result =
    reading.kind === 'ask' ? await askAbout(ctx, provider, reading) : await apply(ctx, providerName, reading)
  if (result === 'silent') return { status: 503, outcome: 'provider_silent' }
  if (!result) return { status: 404, outcome: 'unknown_payment' }
  if (result.applied === 'mismatch') return { status: 409, outcome: 'mismatch' }
  const isNew = await rememberWebhook(ctx.db, {
    provider: providerName,
    eventId: reading.id,
    type: reading.type,
    paymentId: result.paymentId,
    outcome: result.applied,
  })
  return { status: 200, outcome: isNew ? result.applied : 'repeated' }
}

/** Asks what the webhook was about. Without an answer it has to come again. */
async function askAbout(
  ctx: PaymentContext,
  provider: Provider,
  { about, reference, chargeId: told }: Extract<WebhookReading, { kind: 'ask' }>,
): Promise<Applied | 'silent' | undefined> {
  const refund = about === 'refund' && isId(reference) ? await findRefund(ctx.db.sql, reference) : undefined
  const id = about === 'refund' ? refund?.paymentId : reference
  const payment = id !== undefined && isId(id) ? await findPayment(ctx.db.sql, id) : undefined
  if (payment?.provider !== provider.name) return undefined
  if (refund) {
    const found = await provider.findRefund({ key: refund.id, chargeId: payment.providerChargeId })
    if (found.kind !== 'answered') return 'silent'
    return found.answer ? await applyToRefund(ctx, provider.name, found.answer) : undefined
  }
  const { providerChargeId, amountMinor, currency } = payment
  const chargeId = providerChargeId ?? told
  const found = await provider.findCharge({ key: '', chargeId, reference, amountMinor, currency })
  if (found.kind !== 'answered') return 'silent'
  return found.answer ? await applyToPayment(ctx, provider.name, found.answer) : undefined
}

/** Nothing when it is about a payment or refund that we do not know. */
async function apply(ctx: PaymentContext, provider: string, event: Event): Promise<Applied | undefined> {
  const { charge, refund } = event
  if (refund) return await applyToRefund(ctx, provider, refund)
  if (charge) return await applyToPayment(ctx, provider, charge)
  return undefined
}

async function applyToPayment(
  ctx: PaymentContext,
  provider: string,
  charge: ProviderCharge,
): Promise<Applied | undefined> {
  const payment = isId(charge.reference) ? await findPayment(ctx.db.sql, charge.reference) : undefined
  if (payment?.provider !== provider) return undefined
  const { applied } = await applyCharge(ctx, payment, charge)
  return { paymentId: payment.id, applied }
}

async function applyToRefund(
  ctx: PaymentContext,
  provider: string,
  said: ProviderRefund,
): Promise<Applied | undefined> {
  const refund = isId(said.reference) ? await findRefund(ctx.db.sql, said.reference) : undefined
  const payment = refund && (await findPayment(ctx.db.sql, refund.paymentId))
  if (!refund || payment?.provider !== provider) return undefined
  const { applied } = await applyRefund(ctx, payment, refund, said)
  return { paymentId: payment.id, applied }
}
