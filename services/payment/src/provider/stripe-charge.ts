import type Stripe from 'stripe'
import type { ListedCharge, ProviderCharge, ProviderRefund } from './provider.ts'

/** Stripe's own time for a hold, where it does not name one. */
const holdMs = 7 * 24 * 3_600_000

/** A PaymentIntent as a charge of ours. `id` is the intent's, or that of the page it was paid on. */
export function chargeOfIntent(intent: Stripe.PaymentIntent, id: string = intent.id): ProviderCharge {
  const status = statusOf(intent)
  return {
    id,
    reference: intent.metadata.reference ?? '',
    status,
    amountMinor: intent.amount,
    capturedMinor: status === 'captured' ? intent.amount_received : 0,
    currency: intent.currency.toUpperCase(),
    action: status === 'requires_action' ? actionOf(intent) : null,
    failure: status === 'declined' || status === 'expired' ? failureOf(intent) : null,
    expiresAt: status === 'authorized' ? holdEndOf(intent) : null,
  }
}

function statusOf(intent: Stripe.PaymentIntent): ProviderCharge['status'] {
  switch (intent.status) {
    case 'succeeded':
      return 'captured'
    case 'requires_capture':
      return 'authorized'
    case 'canceled':
      return intent.cancellation_reason === 'automatic' ? 'expired' : 'voided'
    case 'requires_payment_method':
      return intent.last_payment_error ? 'declined' : 'requires_action'
    default:
      return 'requires_action'
  }
}

function actionOf(intent: Stripe.PaymentIntent): ProviderCharge['action'] {
  const url = intent.next_action?.redirect_to_url?.url
  return url ? { type: 'redirect', url, expiresAt: null } : null
}

function failureOf(intent: Stripe.PaymentIntent): ProviderCharge['failure'] {
  const error = intent.last_payment_error
  if (!error) return { code: 'expired', message: 'The payment was not completed in time.' }
  return {
    code: (error.decline_code ?? error.code ?? 'card_declined').slice(0, 100),
    message: (error.message ?? 'The card was declined.').slice(0, 500),
  }
}

function holdEndOf(intent: Stripe.PaymentIntent): string {
  const { latest_charge: charge } = intent
  const details = charge !== null && typeof charge === 'object' ? charge.payment_method_details : null
  const seconds = details?.card?.capture_before
  return new Date(seconds ? seconds * 1000 : intent.created * 1000 + holdMs).toISOString()
}

/** A page on which the customer pays. Once it is complete, what was paid on it counts. */
export function chargeOfSession(session: Stripe.Checkout.Session): ProviderCharge {
  const intent = session.payment_intent
  if (session.status === 'complete' && intent !== null && typeof intent === 'object')
    return chargeOfIntent(intent, session.id)
  const isOpen = session.status !== 'expired'
  return {
    id: session.id,
    reference: session.metadata?.reference ?? '',
    status: isOpen ? 'requires_action' : 'expired',
    amountMinor: session.amount_total ?? 0,
    capturedMinor: 0,
    currency: (session.currency ?? '').toUpperCase(),
    action:
      isOpen && session.url
        ? {
            type: 'redirect',
            url: session.url,
            expiresAt: new Date(session.expires_at * 1000).toISOString(),
          }
        : null,
    failure: isOpen ? null : { code: 'expired', message: 'The payment was not completed in time.' },
    expiresAt: null,
  }
}

export function refundOf(refund: Stripe.Refund): ProviderRefund {
  const hasFailed = refund.status === 'failed' || refund.status === 'canceled'
  return {
    id: refund.id,
    chargeId: refund.metadata?.charge ?? '',
    reference: refund.metadata?.reference ?? '',
    amountMinor: refund.amount,
    currency: refund.currency.toUpperCase(),
    status: hasFailed ? 'failed' : refund.status === 'succeeded' ? 'succeeded' : 'pending',
    message: refund.failure_reason ?? null,
  }
}

export function listedIntent(intent: Stripe.PaymentIntent): ListedCharge {
  const { latest_charge: charge } = intent
  return {
    id: intent.id,
    reference: intent.metadata.reference ?? '',
    amountMinor: intent.amount,
    capturedMinor: intent.status === 'succeeded' ? intent.amount_received : 0,
    refundedMinor: charge !== null && typeof charge === 'object' ? charge.amount_refunded : 0,
    currency: intent.currency.toUpperCase(),
    changedAt: new Date(intent.created * 1000),
  }
}
