import { createHmac } from 'node:crypto'
import { setTimeout as delay } from 'node:timers/promises'
import { askUntilTold } from './after-sale.ts'
import { type Answer, ask } from './ask.ts'
import type { Purchase } from './history.ts'
import { address, type Shopper, settle } from './shopper.ts'

/** Staff make an offer at a price of their own and mail it; its customer pays by the link, and pays once. */
export async function buyByLink(shopper: Shopper, purchase: Purchase): Promise<void> {
  const offer = await askUntilTold(shopper, `/drafts/${purchase.key}`, {
    method: 'PUT',
    body: {
      version: 0,
      email: 'chaos@example.test',
      shippingAddress: address,
      lines: [
        { sku: purchase.sku, quantity: purchase.quantity, unitPrice: { amount: 777, currency: 'EUR' } },
      ],
    },
    yes: 200,
  })
  const total = offer.body.totals?.total
  if (offer.outcome !== 'done' || total === undefined) return
  const sent = await askUntilTold(shopper, `/drafts/${purchase.key}/send`, { body: {}, yes: 200 })
  if (sent.outcome !== 'done') return
  const body = {
    id: purchase.key,
    // As it stands in the mail.
    draftToken: createHmac('sha256', shopper.orderTokenSecret)
      .update(`draft-token ${purchase.key}`)
      .digest('base64url'),
    paymentMethod: { type: 'card', token: 'tok_visa' },
    expectedTotal: { amount: total.amount, currency: 'EUR' },
  }
  while (shopper.mayInsist()) {
    purchase.requests += 1
    const answer = await ask(`${shopper.gatewayUrl}/trpc/draft.place`, {
      body,
      timeoutMs: shopper.random.next() < 0.1 ? 30 : 9000,
    })
    if (answer && settle(purchase, asRest(answer))) return
    await delay(shopper.random.between(50, 400))
  }
}

const statuses: Readonly<Record<string, number>> = {
  placed: 201,
  payment_declined: 402,
  out_of_stock: 409,
  price_changed: 409,
}

/** The same answer as by REST. */
function asRest({ status, body }: Answer): Answer {
  const result = body.result?.data
  if (status !== 200 || result === undefined) return { status: status === 200 ? 500 : status, body: {} }
  const code = statuses[result.status] ?? 500
  return { status: code, body: code === 201 ? (result.order ?? {}) : { code: result.status } }
}
