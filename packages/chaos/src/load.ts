import { setTimeout as delay } from 'node:timers/promises'
import { newId } from '@souk/kernel/id'
import { comeBack, deliver, edit } from './after-sale.ts'
import { prepare } from './ask.ts'
import { buyByLink } from './draft-order.ts'
import { newPurchase, type Purchase } from './history.ts'
import type { Random } from './random.ts'
import {
  answerProvider,
  cancel,
  insist,
  methods,
  orderBody,
  refund,
  type Shopper,
  settle,
} from './shopper.ts'
import type { Goods } from './stock-up.ts'
import { type StockPaper, workInStock } from './stock-work.ts'

export type Load = {
  history: Purchase[]
  /** So many purchases in one moment: every connection is open before the first byte is sent. */
  burst(count: number, sku: string): Promise<void>
  /** One purchase asked for so many times in one moment. Answers what the answers contradict each other in. */
  sameKey(count: number, sku: string): Promise<string[]>
  skus: readonly string[]
  /** Of which there are ten pieces, and which only bursts want. */
  scarceSku: string
  papers: readonly StockPaper[]
  finished: Promise<void>
}

/**
 * Clients that behave as clients do: they buy, pay in every way, send a command twice at once, give up
 * waiting and ask again with the same key, cancel, change their orders, bring goods back, and have money
 * given back; beside them staff send parcels and move and count the goods. They stop beginning
 * purchases when `signal` fires, and then insist on an answer for each one begun for `insistMs` more.
 */
export function startLoad(options: {
  gatewayUrl: string
  orderTokenSecret: string
  goods: Goods
  clients: number
  random: Random
  signal: AbortSignal
  insistMs: number
}): Load {
  const { random, signal, goods } = options
  const { skus } = goods
  const papers: StockPaper[] = []
  const history: Purchase[] = []
  let stopInsistingAtMs = Number.POSITIVE_INFINITY
  signal.addEventListener('abort', () => {
    stopInsistingAtMs = Date.now() + options.insistMs
  })
  const shopper: Shopper = {
    gatewayUrl: options.gatewayUrl,
    staffToken: goods.staffToken,
    orderTokenSecret: options.orderTokenSecret,
    random,
    mayInsist: () => Date.now() < stopInsistingAtMs,
  }

  async function client(): Promise<void> {
    while (!signal.aborted) {
      const method = random.pick(methods)
      const isByLink = random.next() < 0.04
      const purchase = newPurchase({
        key: newId(),
        sku: random.pick(skus),
        quantity: random.between(1, 3),
        method: isByLink ? 'draft' : method.name,
        codes: isByLink ? {} : someCodes(),
      })
      history.push(purchase)
      if (isByLink) {
        await buyByLink(shopper, purchase)
        continue
      }
      const answer = await insist(shopper, purchase, method)
      const url = answer?.body.payment?.action?.url
      if (purchase.outcome === 'ordered' && url !== undefined) await answerProvider(shopper, url)
      if (purchase.outcome === 'ordered') await afterwards(purchase)
      await delay(random.between(0, 40))
    }
  }

  /** A gift card that may be empty by now, a promotion that may be used up, or nothing. */
  function someCodes(): Purchase['codes'] {
    const choice = random.next()
    if (choice < 0.08) return { giftCardCode: random.pick(goods.giftCardCodes) }
    return choice < 0.16 ? { promotionCode: random.pick(goods.promotionCodes) } : {}
  }

  async function afterwards(purchase: Purchase): Promise<void> {
    const choice = random.next()
    if (choice < 0.12) return await cancel(shopper, purchase)
    if (purchase.toldStatus !== 'confirmed') return
    if (choice < 0.2) await refund(shopper, purchase)
    else if (choice < 0.32) await edit(shopper, purchase)
    else if (choice < 0.38) await edit(shopper, purchase, random.pick(skus))
    else if (choice < 0.6 || purchase.method === 'cod') {
      const isDelivered = await deliver(shopper, purchase)
      if (isDelivered && random.next() < 0.6) await comeBack(shopper, purchase)
    }
  }

  const method = { name: 'tok_visa', input: { type: 'card', token: 'tok_visa' } }
  const ready = async (purchase: Purchase) =>
    await prepare(`${options.gatewayUrl}/api/v1/orders`, {
      body: orderBody(purchase, method),
      headers: { 'idempotency-key': purchase.key },
      timeoutMs: 9000,
    })

  async function sameKey(count: number, sku: string): Promise<string[]> {
    const purchase = newPurchase({ key: newId(), sku, quantity: 1, method: method.name })
    history.push(purchase)
    const all = await Promise.all(Array.from({ length: count }, async () => await ready(purchase)))
    purchase.requests += count
    const answers = await Promise.all(all.map(async (prepared) => await prepared?.send()))
    const ids = new Set<string>()
    for (const answer of answers) if (answer && settle(purchase, answer)) ids.add(answer.body.id ?? 'none')
    if (ids.size === 0) await insist(shopper, purchase, method)
    return ids.size > 1 ? [`Purchase ${purchase.key} was told of ${[...ids].join(' and ')}`] : []
  }

  async function burst(count: number, sku: string): Promise<void> {
    const purchases = Array.from({ length: count }, () =>
      newPurchase({ key: newId(), sku, quantity: 1, method: method.name }),
    )
    const all = await Promise.all(
      purchases.map(async (purchase) => ({
        purchase,
        prepared: await ready(purchase),
      })),
    )
    await Promise.all(
      all.map(async ({ purchase, prepared }) => {
        history.push(purchase)
        purchase.requests += 1
        const answer = await prepared?.send()
        if (answer && settle(purchase, answer)) return
        await insist(shopper, purchase, method)
      }),
    )
  }

  const finished = Promise.all([
    ...Array.from({ length: options.clients }, client),
    workInStock(shopper, { skus, locationIds: goods.locationIds, signal, papers }),
  ]).then(() => undefined)
  return { history, papers, burst, sameKey, skus, scarceSku: goods.scarceSku, finished }
}
