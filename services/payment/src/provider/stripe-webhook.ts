import type Stripe from 'stripe'
import { z } from 'zod'
import type { WebhookReading, WebhookRequest } from './provider.ts'
import { stripeFailure } from './stripe-call.ts'

const toleranceSeconds = 300
const Changed = z.object({
  id: z.string().min(1).max(100),
  object: z.enum(['payment_intent', 'checkout.session', 'refund']),
  metadata: z.object({ reference: z.string().max(100) }),
})

/**
 * Stripe's own check of the signature over the raw bytes, with any of the active secrets. What changed is
 * not read from the webhook: it says only what to ask for, so order and repetition do not matter.
 */
export function readStripeWebhook(
  webhooks: Stripe['webhooks'],
  secrets: readonly string[],
  { headers, rawBody, now }: WebhookRequest,
): WebhookReading {
  const header = headers['stripe-signature']
  if (typeof header !== 'string' || header.length > 1000)
    return { kind: 'refused', status: 400, reason: 'no_signature' }
  let reason = 'wrong_signature'
  for (const secret of secrets) {
    try {
      const event = webhooks.constructEvent(
        Buffer.from(rawBody),
        header,
        secret,
        toleranceSeconds,
        undefined,
        now.getTime(),
      )
      return readEvent(event)
    } catch (error) {
      const { type, message } = stripeFailure(error)
      if (type !== 'StripeSignatureVerificationError')
        return { kind: 'refused', status: 400, reason: 'unreadable' }
      if (message.includes('Timestamp')) reason = 'too_old'
      if (message.includes('Unable to extract') || message.includes('No signatures found with'))
        return { kind: 'refused', status: 400, reason: 'no_signature' }
    }
  }
  return { kind: 'refused', status: reason === 'too_old' ? 400 : 401, reason }
}

function readEvent(event: Stripe.Event): WebhookReading {
  const changed = Changed.safeParse(event.data?.object)
  if (!changed.success) return { kind: 'ignored' }
  const { id, object, metadata } = changed.data
  return {
    kind: 'ask',
    id: event.id,
    type: event.type,
    about: object === 'refund' ? 'refund' : 'charge',
    reference: metadata.reference,
    chargeId: id,
  }
}
