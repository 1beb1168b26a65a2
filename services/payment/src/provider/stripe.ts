import type Stripe from 'stripe'
import { hostedPageToken } from '../contract.ts'
import type { ChargeRequest, FindCharge, Outcome, Provider, ProviderCharge } from './provider.ts'
import { askStripe, declinedIntent, isMissing, refusalOf } from './stripe-call.ts'
import { chargeOfIntent, chargeOfSession, listedIntent, refundOf } from './stripe-charge.ts'
import { readStripeWebhook } from './stripe-webhook.ts'

export type StripeOptions = {
  secretKey: string
  webhookSecrets: readonly string[]
  timeoutMs: number
  apiUrl?: string | undefined
}

const longestLifeMs = 8 * 24 * 3_600_000
const withHold = { expand: ['latest_charge'] }
/** Stripe wants at least half an hour; this leaves time to send a request again that was lost. */
const pageLivesMs = 45 * 60_000

/**
 * Cards by Stripe. Shoppers type them on Stripe's own page (a Checkout Session); a client that has a
 * PaymentMethod or token of Stripe's is charged by a PaymentIntent, and sent on for 3-D Secure.
 */
export function stripeProvider(options: StripeOptions): Provider {
  const connect = lazyStripe(options)

  async function createIntent(request: ChargeRequest, token: string): Promise<ProviderCharge> {
    const stripe = await connect()
    const { amountMinor: amount, currency, key, reference, returnUrl } = request
    const by: Partial<Stripe.PaymentIntentCreateParams> = token.startsWith('tok_')
      ? { payment_method_data: { type: 'card', card: { token } } as never }
      : { payment_method: token }
    const intent = await stripe.paymentIntents.create(
      {
        amount,
        currency: currency.toLowerCase(),
        capture_method: request.isCaptured ? 'automatic' : 'manual',
        confirm: true,
        allowed_payment_method_types: ['card'],
        return_url: returnUrl,
        metadata: { reference },
        ...by,
        ...withHold,
      },
      { idempotencyKey: key },
    )
    return chargeOfIntent(intent)
  }

  async function createPage(request: ChargeRequest): Promise<ProviderCharge> {
    const stripe = await connect()
    const { amountMinor, currency, key, reference, returnUrl } = request
    const session = await stripe.checkout.sessions.create(
      {
        mode: 'payment',
        allowed_payment_method_types: ['card'],
        line_items: [
          {
            quantity: 1,
            price_data: {
              currency: currency.toLowerCase(),
              unit_amount: amountMinor,
              product_data: { name: 'Your order' },
            },
          },
        ],
        client_reference_id: reference,
        metadata: { reference },
        payment_intent_data: {
          capture_method: request.isCaptured ? 'automatic' : 'manual',
          metadata: { reference, via: 'checkout' },
        },
        success_url: returnUrl,
        cancel_url: returnUrl,
        // From the key's own time: sent again, the request has to be the same.
        expires_at: Math.floor((timeOfId(key) + pageLivesMs) / 1000),
      },
      { idempotencyKey: key },
    )
    return chargeOfSession(session)
  }

  const getSession = async (id: string): Promise<Stripe.Checkout.Session> =>
    await (await connect()).checkout.sessions.retrieve(id, { expand: ['payment_intent.latest_charge'] })

  /** The intent behind a charge; nothing while its page is not paid on. */
  async function intentIdOf(chargeId: string): Promise<string | undefined> {
    if (!isPage(chargeId)) return chargeId
    const intent = (await getSession(chargeId)).payment_intent
    return typeof intent === 'object' ? intent?.id : (intent ?? undefined)
  }

  async function readCharge(chargeId: string): Promise<ProviderCharge> {
    if (isPage(chargeId)) return chargeOfSession(await getSession(chargeId))
    const stripe = await connect()
    return await asOurs(await stripe.paymentIntents.retrieve(chargeId, withHold))
  }

  /** What was paid on a page is known by the page's id. */
  async function asOurs(intent: Stripe.PaymentIntent): Promise<ProviderCharge> {
    if (intent.metadata.via !== 'checkout') return chargeOfIntent(intent)
    const stripe = await connect()
    const { data } = await stripe.checkout.sessions.list({ payment_intent: intent.id, limit: 1 })
    return chargeOfIntent(intent, data[0]?.id ?? intent.id)
  }

  async function search(reference: string): Promise<ProviderCharge | null> {
    const stripe = await connect()
    const query = `metadata['reference']:'${reference}'`
    const { data } = await stripe.paymentIntents.search({ query, limit: 1, expand: ['data.latest_charge'] })
    return data[0] ? await asOurs(data[0]) : null
  }

  return {
    name: 'stripe',
    account: 'provider',
    canCaptureInParts: false,
    cardEntry: 'hosted_page',
    canHold: (type) => type === 'card',
    charge: async (request) => {
      if (request.method.type !== 'card')
        return { kind: 'refused', code: 'unsupported_method', message: 'Stripe takes cards here.' }
      const { token } = request.method
      try {
        const isHosted = token === hostedPageToken
        return answered(isHosted ? await createPage(request) : await createIntent(request, token))
      } catch (error) {
        const intent = declinedIntent(error)
        return intent ? answered(chargeOfIntent(intent)) : refusalOf(error)
      }
    },
    findCharge: async ({ chargeId, reference }: FindCharge) => {
      try {
        return answered(chargeId === null ? await search(reference) : await readCharge(chargeId))
      } catch (error) {
        return isMissing(error) ? answered(null) : refusalOf(error)
      }
    },
    capture: async ({ charge, captureMinor, key }) =>
      await askStripe(async () => {
        const stripe = await connect()
        const id = (await intentIdOf(charge.chargeId)) ?? charge.chargeId
        const taken = await stripe.paymentIntents.capture(
          id,
          { amount_to_capture: captureMinor },
          { idempotencyKey: key },
        )
        return chargeOfIntent(taken, charge.chargeId)
      }),
    void: async ({ charge, key }) =>
      await askStripe(async () => {
        const stripe = await connect()
        const id = await intentIdOf(charge.chargeId)
        if (
          id === undefined ||
          (isPage(charge.chargeId) && (await getSession(charge.chargeId)).status === 'open')
        ) {
          const closed = await stripe.checkout.sessions.expire(charge.chargeId, {}, { idempotencyKey: key })
          return { ...chargeOfSession(closed), status: 'voided', failure: null } as const
        }
        const released = await stripe.paymentIntents.cancel(id, {}, { idempotencyKey: key })
        return chargeOfIntent(released, charge.chargeId)
      }),
    refund: async ({ key, chargeId, reference, amountMinor }) =>
      await askStripe(async () => {
        const stripe = await connect()
        const intent = (await intentIdOf(chargeId)) ?? chargeId
        const refund = await stripe.refunds.create(
          { payment_intent: intent, amount: amountMinor, metadata: { reference, charge: chargeId } },
          { idempotencyKey: key },
        )
        return refundOf(refund)
      }),
    findRefund: async ({ key, chargeId }) =>
      await askStripe(async () => {
        const intent = chargeId === null ? undefined : await intentIdOf(chargeId)
        if (intent === undefined) return null
        const stripe = await connect()
        for await (const refund of stripe.refunds.list({ payment_intent: intent, limit: 100 }))
          if (refund.metadata?.reference === key) return refundOf(refund)
        return null
      }),
    listCharges: async ({ since, after }) =>
      await askStripe(async () => {
        const stripe = await connect()
        // Stripe lists by when a charge was made; it can change for as long as it may be held.
        const gte = Math.floor((since.getTime() - longestLifeMs) / 1000)
        const page = await stripe.paymentIntents.list({
          created: { gte },
          limit: 100,
          expand: ['data.latest_charge'],
          ...(after === null ? {} : { starting_after: after }),
        })
        return {
          items: page.data.map(listedIntent),
          next: page.has_more ? (page.data.at(-1)?.id ?? null) : null,
        }
      }),
    readWebhook: async (request) =>
      readStripeWebhook((await connect()).webhooks, options.webhookSecrets, request),
  }
}

const isPage = (chargeId: string) => chargeId.startsWith('cs_')
const answered = <Answer>(answer: Answer): Outcome<Answer> => ({ kind: 'answered', answer })

/** Our ids begin with the milliseconds at which they were made. */
function timeOfId(id: string): number {
  return Number.parseInt(id.replaceAll('-', '').slice(0, 12), 16)
}

/** The SDK is large, and loaded only in a shop that uses it. We retry by ourselves, with the books in view. */
function lazyStripe({ secretKey, timeoutMs, apiUrl }: StripeOptions): () => Promise<Stripe> {
  let client: Promise<Stripe> | undefined
  return async () => {
    client ??= import('stripe').then(({ default: Sdk }) => {
      const config = { maxNetworkRetries: 0, timeout: timeoutMs, telemetry: false }
      if (apiUrl === undefined) return new Sdk(secretKey, config)
      const { hostname, port, protocol } = new URL(apiUrl)
      const isPlain = protocol === 'http:'
      return new Sdk(secretKey, {
        ...config,
        host: hostname,
        protocol: isPlain ? 'http' : 'https',
        port: port || (isPlain ? 80 : 443),
      })
    })
    return await client
  }
}
