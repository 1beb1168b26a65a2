import { Currency } from '@souk/kernel/money'
import { z } from 'zod'
import { httpCaller } from './http-call.ts'
import type {
  ListedCharge,
  Outcome,
  Provider,
  ProviderCharge,
  ProviderRefund,
  WebhookReading,
} from './provider.ts'
import { verifySignature } from './webhook-signature.ts'

const Failure = z.object({ code: z.string().max(100), message: z.string().max(500) })
const Charge = z
  .object({
    id: z.string().min(1).max(100),
    reference: z.string().max(120),
    status: z.enum(['requires_action', 'authorized', 'captured', 'declined', 'expired', 'voided']),
    amount: z.int().min(1),
    capturedAmount: z.int().min(0),
    currency: Currency,
    action: z
      .object({
        type: z.enum(['redirect', 'approve']),
        url: z.url({ protocol: /^https?$/ }),
        expiresAt: z.iso.datetime(),
      })
      .nullable(),
    failure: Failure.nullable(),
    expiresAt: z.iso.datetime().nullable(),
  })
  .transform(
    ({ amount, capturedAmount, ...rest }): ProviderCharge => ({
      ...rest,
      amountMinor: amount,
      capturedMinor: capturedAmount,
    }),
  )
const Refund = z
  .object({
    id: z.string().min(1).max(100),
    charge: z.string().max(100),
    reference: z.string().max(120),
    amount: z.int().min(1),
    currency: Currency,
    status: z.enum(['pending', 'succeeded', 'failed']),
    failure: Failure.nullable(),
  })
  .transform(
    ({ charge, amount, failure, ...rest }): ProviderRefund => ({
      ...rest,
      chargeId: charge,
      amountMinor: amount,
      message: failure?.message ?? null,
    }),
  )
const Listed = z.object({
  items: z.array(
    z
      .object({
        id: z.string().min(1).max(100),
        reference: z.string().max(120),
        amount: z.int().min(1),
        capturedAmount: z.int().min(0),
        refundedAmount: z.int().min(0),
        currency: z.string().max(3),
        updatedAt: z.iso.datetime(),
      })
      .transform(
        ({ id, reference, currency, ...rest }): ListedCharge => ({
          id,
          reference,
          currency,
          amountMinor: rest.amount,
          capturedMinor: rest.capturedAmount,
          refundedMinor: rest.refundedAmount,
          changedAt: new Date(rest.updatedAt),
        }),
      ),
  ),
  nextCursor: z.string().nullable(),
})
const listOf = <Item extends z.ZodType>(item: Item) => z.object({ items: z.array(item).max(1) })
const Choice = z.object({ code: z.string().max(40), name: z.string().min(1).max(80) })
const Choices = z.object({ banks: z.array(Choice).max(500), wallets: z.array(Choice).max(500) })
const Event = z.object({
  id: z.string().min(1).max(100),
  type: z.string().max(100),
  data: z.object({ charge: Charge.optional(), refund: Refund.optional() }),
})

export type SandboxOptions = {
  url: string
  apiKey: string
  webhookSecrets: readonly string[]
  timeoutMs: number
}

/** The provider of development and tests, spoken to as a real one is. */
export function sandboxProvider(options: SandboxOptions): Provider {
  const origin = new URL(options.url).origin
  const call = httpCaller({ origin, apiKey: options.apiKey, timeoutMs: options.timeoutMs })
  return {
    name: 'sandbox',
    account: 'provider',
    canCaptureInParts: true,
    canHold: (type) => type === 'card',
    cardEntry: 'fields',
    listChoices: async () => await call({ method: 'GET', path: '/v1/methods' }, Choices),
    charge: async ({ key, reference, amountMinor, currency, method, isCaptured, returnUrl }) =>
      await call(
        {
          method: 'POST',
          path: '/v1/charges',
          key,
          body: { amount: amountMinor, currency, method, capture: isCaptured, reference, returnUrl },
        },
        Charge,
      ),
    findCharge: async ({ chargeId, key }) =>
      chargeId === null
        ? first(await call({ method: 'GET', path: `/v1/charges?idempotencyKey=${key}` }, listOf(Charge)))
        : await call({ method: 'GET', path: `/v1/charges/${encodeURIComponent(chargeId)}` }, Charge),
    capture: async ({ charge, captureMinor, isFinal, key }) =>
      await call(
        {
          method: 'POST',
          path: pathOf(charge.chargeId, 'capture'),
          key,
          body: { amount: captureMinor, final: isFinal },
        },
        Charge,
      ),
    void: async ({ charge, key }) =>
      await call({ method: 'POST', path: pathOf(charge.chargeId, 'void'), key, body: {} }, Charge),
    refund: async ({ key, chargeId, reference, amountMinor }) =>
      await call(
        {
          method: 'POST',
          path: '/v1/refunds',
          key,
          body: { charge: chargeId, amount: amountMinor, reference },
        },
        Refund,
      ),
    findRefund: async ({ key }) =>
      first(await call({ method: 'GET', path: `/v1/refunds?idempotencyKey=${key}` }, listOf(Refund))),
    listCharges: async ({ since, after }) => {
      const query = new URLSearchParams({ updatedSince: since.toISOString(), limit: '500' })
      if (after !== null) query.set('after', after)
      const page = await call({ method: 'GET', path: `/v1/charges?${query}` }, Listed)
      if (page.kind !== 'answered') return page
      const { items, nextCursor } = page.answer
      return { kind: 'answered', answer: { items, next: nextCursor } }
    },
    readWebhook: ({ headers, rawBody, now }) => {
      const verdict = verifySignature({
        header: headers['souk-signature'],
        rawBody,
        secrets: options.webhookSecrets,
        now,
      })
      return verdict ?? readEvent(rawBody)
    },
  }
}

function pathOf(chargeId: string, verb: string): string {
  return `/v1/charges/${encodeURIComponent(chargeId)}/${verb}`
}

function first<Item>(outcome: Outcome<{ items: Item[] }>): Outcome<Item | null> {
  return outcome.kind === 'answered' ? { kind: 'answered', answer: outcome.answer.items[0] ?? null } : outcome
}

function readEvent(rawBody: Uint8Array): WebhookReading {
  const parsed = Event.safeParse(parseJson(rawBody))
  if (!parsed.success) return { kind: 'refused', status: 400, reason: 'unreadable' }
  const { id, type, data } = parsed.data
  return { kind: 'event', id, type, charge: data.charge ?? null, refund: data.refund ?? null }
}

function parseJson(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes))
  } catch {
    return undefined
  }
}
