import { isId } from '@souk/kernel/id'
import { counter } from '@souk/service/metrics'
import type { PaymentContext } from '../context.ts'
import { applyCharge } from '../payment/apply-charge.ts'
import { findPayment } from '../payment/payment-store.ts'
import type { ProviderCharge, ProviderRefund, WebhookReading, WebhookRequest } from '../provider/provider.ts'
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
  const reading = ctx.providers.named(providerName)?.readWebhook?.({ ...request, now: ctx.clock.now() })
  if (!reading) return { status: 404, outcome: 'unknown_provider' }
  if (reading.kind === 'refused') return { status: reading.status, outcome: reading.reason }
  const result = await apply(ctx, providerName, reading)
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
