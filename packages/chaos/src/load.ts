import { setTimeout as delay } from 'node:timers/promises'
import { newId } from '@souk/kernel/id'
import type { Purchase } from './history.ts'
import type { Random } from './random.ts'

type Answer = { status: number; body: { id?: string; accessToken?: string; code?: string } }

export type Load = { history: Purchase[]; finished: Promise<void> }

const tokens = [
  'tok_visa',
  'tok_visa',
  'tok_visa',
  'tok_visa',
  'tok_visa',
  'tok_declined',
  'tok_timeout_after_charge',
] as const
const address = {
  name: 'Chaos Client',
  line1: 'Storm Street 1',
  city: 'Bremen',
  postalCode: '28195',
  country: 'DE',
}
/** Refusals that are final for a key; everything else is tried again with the same key. */
const finalStatuses = new Set([400, 402, 409, 422])

/**
 * Clients that behave as clients do: they buy one thing or several, send a command twice at once, give up
 * waiting and ask again with the same key, and sometimes cancel. They stop beginning purchases when
 * `signal` fires, and then insist on an answer for each one begun until `deadlineMs` after it.
 */
export function startLoad(options: {
  gatewayUrl: string
  skus: readonly string[]
  clients: number
  random: Random
  signal: AbortSignal
  insistMs: number
}): Load {
  const { random, signal, skus, gatewayUrl } = options
  const history: Purchase[] = []
  let stopInsistingAtMs = Number.POSITIVE_INFINITY
  signal.addEventListener('abort', () => {
    stopInsistingAtMs = Date.now() + options.insistMs
  })

  async function client(): Promise<void> {
    while (!signal.aborted) {
      const sku = random.pick(skus)
      const purchase: Purchase = {
        key: newId(),
        sku,
        quantity: random.between(1, 3),
        outcome: 'unknown',
        code: '',
        orderId: undefined,
        orderToken: undefined,
        wasCancelled: false,
        requests: 0,
      }
      history.push(purchase)
      await insist(purchase, random.pick(tokens))
      if (purchase.outcome === 'ordered' && random.next() < 0.15) await cancel(purchase)
      await delay(random.between(0, 40))
    }
  }

  async function insist(purchase: Purchase, token: string): Promise<void> {
    const body = {
      items: [{ sku: purchase.sku, quantity: purchase.quantity }],
      email: 'chaos@example.test',
      shippingAddress: address,
      paymentMethod: { type: 'card', token },
    }
    while (Date.now() < stopInsistingAtMs) {
      const patienceMs = random.next() < 0.1 ? random.between(1, 60) : 9000
      const copies = random.next() < 0.1 ? 2 : 1
      purchase.requests += copies
      const answers = await Promise.all(
        Array.from(
          { length: copies },
          async () =>
            await post(`${gatewayUrl}/api/v1/orders`, body, { 'idempotency-key': purchase.key }, patienceMs),
        ),
      )
      for (const answer of answers) if (answer && settle(purchase, answer)) return
      await delay(random.between(20, 400))
    }
  }

  async function cancel(purchase: Purchase): Promise<void> {
    const url = `${gatewayUrl}/api/v1/orders/${purchase.orderId}/cancel`
    const answer = await post(
      url,
      {},
      { 'x-order-token': purchase.orderToken ?? '', 'idempotency-key': newId() },
      9000,
    )
    purchase.wasCancelled = answer?.status === 200
  }

  const finished = Promise.all(Array.from({ length: options.clients }, client)).then(() => undefined)
  return { history, finished }
}

/** True when this answer is final for the purchase. */
function settle(purchase: Purchase, { status, body }: Answer): boolean {
  if (status === 201 && body.id !== undefined) {
    purchase.outcome = 'ordered'
    purchase.orderId = body.id
    purchase.orderToken = body.accessToken
    return true
  }
  if (!finalStatuses.has(status) || body.code === 'idempotency_in_flight' || body.code === 'conflict')
    return false
  purchase.outcome = 'refused'
  purchase.code = body.code ?? String(status)
  return true
}

/** Nothing when there was no answer in time: the client does not know. */
async function post(
  url: string,
  body: unknown,
  headers: Record<string, string>,
  timeoutMs: number,
): Promise<Answer | undefined> {
  try {
    const response = await fetch(url, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...headers },
      body: JSON.stringify(body),
      signal: AbortSignal.timeout(timeoutMs),
    })
    const text = await response.text()
    return { status: response.status, body: text === '' ? {} : JSON.parse(text) }
  } catch {
    return undefined
  }
}
