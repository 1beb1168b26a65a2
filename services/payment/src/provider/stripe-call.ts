import type Stripe from 'stripe'
import type { Outcome } from './provider.ts'

type Failure = { type: string; statusCode?: number; code?: string; message: string }

/** Errors of the SDK carry these fields; a class of its own would load the SDK before it is needed. */
export function stripeFailure(error: unknown): Failure {
  const { type, rawType, statusCode, code, message } = error as Record<string, unknown>
  return {
    type: String(rawType ?? type ?? ''),
    message: String(message ?? ''),
    ...(typeof statusCode === 'number' ? { statusCode } : {}),
    ...(typeof code === 'string' ? { code } : {}),
  }
}

/** Another request with this key decides, or Stripe did not look at ours: the effect stays open. */
const undecided = new Set([401, 403, 409, 429])

/** One call to Stripe. Only its clear refusal is final; no answer, a 5xx or a disputed key leave the effect open. */
export async function askStripe<Answer>(call: () => Promise<Answer>): Promise<Outcome<Answer>> {
  try {
    return { kind: 'answered', answer: await call() }
  } catch (error) {
    return refusalOf(error)
  }
}

export function refusalOf(error: unknown): Outcome<never> {
  const failure = stripeFailure(error)
  const { statusCode: status } = failure
  const isFinal = status !== undefined && status >= 400 && status < 500 && !undecided.has(status)
  if (!isFinal || failure.type === 'idempotency_error') {
    const words = status === undefined ? 'did not answer' : `answered ${status}`
    return { kind: 'unknown', message: `Stripe ${words}.` }
  }
  return {
    kind: 'refused',
    code: (failure.code ?? failure.type).slice(0, 100),
    message: failure.message.slice(0, 500),
  }
}

/** A declined card is refused with the intent that it was tried on. */
export function declinedIntent(error: unknown): Stripe.PaymentIntent | undefined {
  const { payment_intent: intent } = error as { payment_intent?: Stripe.PaymentIntent }
  return stripeFailure(error).type === 'card_error' ? intent : undefined
}

export function isMissing(error: unknown): boolean {
  return stripeFailure(error).statusCode === 404
}
