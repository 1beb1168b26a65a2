import { setTimeout as delay } from 'node:timers/promises'
import { newId } from '@souk/kernel/id'
import { told } from './after-sale.ts'
import { type Answer, ask } from './ask.ts'
import type { Outcome, Purchase } from './history.ts'
import type { Random } from './random.ts'

/** How a purchase is paid: its name in the history and what the checkout sends. */
type Method = { name: string; input: Record<string, string> }

const card = (token: string): Method => ({ name: token, input: { type: 'card', token } })
const upi = (vpa: string): Method => ({ name: vpa, input: { type: 'upi', vpa } })

export const methods: readonly Method[] = [
  ...Array.from({ length: 10 }, () => card('tok_visa')),
  card('tok_declined'),
  card('tok_declined'),
  card('tok_timeout_after_charge'),
  card('tok_error_before_charge'),
  card('tok_error_after_charge'),
  card('tok_drop_after_charge'),
  card('tok_webhook_first'),
  card('tok_webhook_twice'),
  card('tok_webhook_late'),
  card('tok_slow'),
  card('tok_3ds'),
  card('tok_3ds'),
  upi('success@souk'),
  upi('success@souk'),
  upi('failure@souk'),
  upi('pending@souk'),
  { name: 'cod', input: { type: 'cod' } },
  { name: 'cod', input: { type: 'cod' } },
]

export const address = {
  name: 'Chaos Client',
  line1: 'Storm Street 1',
  city: 'Bremen',
  postalCode: '28195',
  country: 'DE',
}
/** Refusals that are final for a key; everything else is tried again with the same key. */
const finalStatuses = new Set([400, 402, 409, 422])

export function orderBody(purchase: Purchase, method: Method) {
  return {
    items: [{ sku: purchase.sku, quantity: purchase.quantity }],
    email: 'chaos@example.test',
    shippingAddress: address,
    paymentMethod: method.input,
    ...purchase.codes,
  }
}

/** Notes an answer. True when it is final for the purchase. */
export function settle(purchase: Purchase, { status, body }: Answer): boolean {
  if (status === 201 && body.id !== undefined) {
    purchase.outcome = 'ordered'
    purchase.orderId = body.id
    purchase.orderToken = body.accessToken
    purchase.paymentId = body.payment?.id
    purchase.totalMinor = body.totals?.total.amount ?? 0
    purchase.toldStatus = body.status ?? ''
    return true
  }
  if (!finalStatuses.has(status) || body.code === 'idempotency_in_flight' || body.code === 'conflict')
    return false
  purchase.outcome = 'refused'
  purchase.code = body.code ?? String(status)
  return true
}

export type Shopper = {
  gatewayUrl: string
  staffToken: string
  /** Makes the keys that customers have from their mails. */
  orderTokenSecret: string
  random: Random
  /** Until when a client goes on asking for an answer. */
  mayInsist(): boolean
}

/** Asks with one key until there is a final answer: gives up waiting, sends twice, goes away in between. */
export async function insist(
  shopper: Shopper,
  purchase: Purchase,
  method: Method,
): Promise<Answer | undefined> {
  const { random } = shopper
  const body = orderBody(purchase, method)
  while (shopper.mayInsist()) {
    const timeoutMs = random.next() < 0.1 ? random.between(1, 60) : 9000
    const copies = random.next() < 0.1 ? random.between(2, 6) : 1
    purchase.requests += copies
    const answers = await Promise.all(
      Array.from(
        { length: copies },
        async () =>
          await ask(`${shopper.gatewayUrl}/api/v1/orders`, {
            body,
            headers: { 'idempotency-key': purchase.key },
            timeoutMs,
          }),
      ),
    )
    for (const answer of answers) if (answer && settle(purchase, answer)) return answer
    await delay(random.between(20, 400))
  }
  return undefined
}

/** What a customer does on the provider's page: approve, decline or walk away. */
export async function answerProvider(shopper: Shopper, url: string): Promise<void> {
  const choice = shopper.random.next()
  if (choice < 0.25) return
  await delay(shopper.random.between(0, 600))
  await ask(`${url}/${choice < 0.8 ? 'approve' : 'decline'}`, { timeoutMs: 3000 })
}

export async function cancel(shopper: Shopper, purchase: Purchase): Promise<void> {
  const answer = await ask(`${shopper.gatewayUrl}/api/v1/orders/${purchase.orderId}/cancel`, {
    body: {},
    headers: { 'x-order-token': purchase.orderToken ?? '', 'idempotency-key': newId() },
    timeoutMs: 9000,
  })
  purchase.cancel = told(answer, 200)
}

/** Staff give a part back, and ask again with the same key while they are not told. */
export async function refund(shopper: Shopper, purchase: Purchase): Promise<void> {
  if (purchase.paymentId === undefined) return
  const amountMinor = shopper.random.between(1, Math.max(1, Math.floor(purchase.totalMinor / 3)))
  const key = newId()
  const noted = { amountMinor, outcome: 'unknown' as Outcome }
  purchase.refunds.push(noted)
  for (let attempt = 0; attempt < 5 && noted.outcome === 'unknown'; attempt += 1) {
    const answer = await ask(`${shopper.gatewayUrl}/api/v1/payments/${purchase.paymentId}/refunds`, {
      body: { amount: { amount: amountMinor, currency: 'EUR' }, reason: 'A chaos refund' },
      headers: { authorization: `Bearer ${shopper.staffToken}`, 'idempotency-key': key },
      timeoutMs: shopper.random.next() < 0.2 ? 30 : 9000,
    })
    noted.outcome = told(answer, 201)
    if (noted.outcome === 'unknown') await delay(200)
  }
}
