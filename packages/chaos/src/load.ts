import { setTimeout as delay } from 'node:timers/promises'
import { newId } from '@souk/kernel/id'
import { prepare } from './ask.ts'
import { newPurchase, type Purchase } from './history.ts'
import type { Random } from './random.ts'
import {
  answerProvider,
  cancel,
  fulfil,
  insist,
  methods,
  orderBody,
  refund,
  type Shopper,
  settle,
} from './shopper.ts'

export type Load = {
  history: Purchase[]
  /** So many purchases in one moment: every connection is open before the first byte is sent. */
  burst(count: number, sku: string): Promise<void>
  skus: readonly string[]
  finished: Promise<void>
}

/**
 * Clients that behave as clients do: they buy, pay in every way, send a command twice at once, give up
 * waiting and ask again with the same key, cancel, and have money given back. They stop beginning
 * purchases when `signal` fires, and then insist on an answer for each one begun for `insistMs` more.
 */
export function startLoad(options: {
  gatewayUrl: string
  staffToken: string
  skus: readonly string[]
  clients: number
  random: Random
  signal: AbortSignal
  insistMs: number
}): Load {
  const { random, signal, skus } = options
  const history: Purchase[] = []
  let stopInsistingAtMs = Number.POSITIVE_INFINITY
  signal.addEventListener('abort', () => {
    stopInsistingAtMs = Date.now() + options.insistMs
  })
  const shopper: Shopper = {
    gatewayUrl: options.gatewayUrl,
    staffToken: options.staffToken,
    random,
    mayInsist: () => Date.now() < stopInsistingAtMs,
  }

  async function client(): Promise<void> {
    while (!signal.aborted) {
      const method = random.pick(methods)
      const purchase = newPurchase({
        key: newId(),
        sku: random.pick(skus),
        quantity: random.between(1, 3),
        method: method.name,
      })
      history.push(purchase)
      const answer = await insist(shopper, purchase, method)
      const url = answer?.body.payment?.action?.url
      if (purchase.outcome === 'ordered' && url !== undefined) await answerProvider(shopper, url)
      if (purchase.outcome === 'ordered') await afterwards(purchase)
      await delay(random.between(0, 40))
    }
  }

  async function afterwards(purchase: Purchase): Promise<void> {
    const choice = random.next()
    if (choice < 0.12) await cancel(shopper, purchase)
    else if (choice < 0.22 && purchase.toldStatus === 'confirmed') await refund(shopper, purchase)
    else if (choice < 0.5 && purchase.method === 'cod') await fulfil(shopper, purchase)
    else if (choice < 0.6) await fulfil(shopper, purchase)
  }

  async function burst(count: number, sku: string): Promise<void> {
    const method = { name: 'tok_visa', input: { type: 'card', token: 'tok_visa' } }
    const purchases = Array.from({ length: count }, () =>
      newPurchase({ key: newId(), sku, quantity: 1, method: method.name }),
    )
    const ready = await Promise.all(
      purchases.map(async (purchase) => ({
        purchase,
        prepared: await prepare(`${options.gatewayUrl}/api/v1/orders`, {
          body: orderBody(purchase, method),
          headers: { 'idempotency-key': purchase.key },
          timeoutMs: 9000,
        }),
      })),
    )
    await Promise.all(
      ready.map(async ({ purchase, prepared }) => {
        history.push(purchase)
        purchase.requests += 1
        const answer = await prepared?.send()
        if (answer && settle(purchase, answer)) return
        await insist(shopper, purchase, method)
      }),
    )
  }

  const finished = Promise.all(Array.from({ length: options.clients }, client)).then(() => undefined)
  return { history, burst, skus, finished }
}
