import { setTimeout as delay } from 'node:timers/promises'
import { newId } from '@souk/kernel/id'
import { type Answer, ask } from './ask.ts'
import type { Outcome, Purchase, Refund, Step } from './history.ts'
import type { Shopper } from './shopper.ts'

type Told = { outcome: Outcome; body: Answer['body'] }
type Asked = {
  method?: 'POST' | 'PATCH' | 'PUT'
  body: object
  /** The status that means yes. */
  yes: number
  orderToken?: string | undefined
}

/** Refusals that are final for a key; the others say that it is not decided. */
const undecided = new Set(['idempotency_in_flight', 'conflict'])

export function told(answer: Answer | undefined, yes: number): Outcome {
  if (answer?.status === yes) return 'done'
  const isRefused = answer !== undefined && [400, 404, 409, 422].includes(answer.status)
  return isRefused && !undecided.has(answer.body.code ?? '') ? 'refused' : 'unknown'
}

/** Asks with one key until it is told yes or no, or gives up: now and then too soon, or twice at once. */
export async function askUntilTold(shopper: Shopper, path: string, asked: Asked): Promise<Told> {
  const { random } = shopper
  const headers: Record<string, string> = {
    'idempotency-key': newId(),
    ...(asked.orderToken === undefined
      ? { authorization: `Bearer ${shopper.staffToken}` }
      : { 'x-order-token': asked.orderToken }),
  }
  for (let attempt = 0; attempt < 12 && shopper.mayInsist(); attempt += 1) {
    const timeoutMs = random.next() < 0.15 ? random.between(5, 60) : 9000
    const copies = random.next() < 0.1 ? 2 : 1
    const answers = await Promise.all(
      Array.from(
        { length: copies },
        async () =>
          await ask(`${shopper.gatewayUrl}/api/v1${path}`, {
            method: asked.method ?? 'POST',
            body: asked.body,
            headers,
            timeoutMs,
          }),
      ),
    )
    for (const answer of answers) {
      const outcome = told(answer, asked.yes)
      if (outcome !== 'unknown') return { outcome, body: answer?.body ?? {} }
    }
    await delay(random.between(50, 500))
  }
  return { outcome: 'unknown', body: {} }
}

/** Staff take a piece out before anything has left, or put another product in its place. */
export async function edit(shopper: Shopper, purchase: Purchase, otherSku?: string): Promise<void> {
  if (purchase.quantity < 2) return
  const step: Step = { kind: otherSku === undefined ? 'edit' : 'swap', pieces: 1, outcome: 'unknown' }
  const back: Refund = { amountMinor: purchase.totalMinor, outcome: 'unknown' }
  purchase.steps.push(step)
  // Of what is paid on delivery nothing has been taken yet.
  if (purchase.method !== 'cod') purchase.refunds.push(back)
  const { outcome, body } = await askUntilTold(shopper, `/orders/${purchase.orderId}/edits`, {
    body: {
      items: [{ sku: purchase.sku, quantity: purchase.quantity - 1 }],
      ...(otherSku === undefined ? {} : { add: [{ sku: otherSku, quantity: 1 }] }),
    },
    yes: 201,
  })
  step.outcome = outcome
  if (outcome === 'refused') back.outcome = 'refused'
  if (outcome !== 'done') return
  step.totalMinor = body.totals?.total.amount ?? 0
  if (otherSku === undefined) {
    back.outcome = 'done'
    back.amountMinor = body.edits?.at(-1)?.refund.amount ?? 0
  }
}

async function send(shopper: Shopper, purchase: Purchase, pieces: number, isRest: boolean): Promise<boolean> {
  const step: Step = { kind: 'parcel', pieces, outcome: 'unknown' }
  purchase.steps.push(step)
  const { outcome } = await askUntilTold(shopper, `/orders/${purchase.orderId}/shipments`, {
    body: isRest ? {} : { lines: [{ sku: purchase.sku, quantity: pieces }] },
    yes: 201,
  })
  step.outcome = outcome
  return outcome === 'done'
}

/** In one parcel, or in two that go by themselves; answers whether all has arrived. */
export async function deliver(shopper: Shopper, purchase: Purchase): Promise<boolean> {
  if (purchase.quantity > 1 && shopper.random.next() < 0.6) {
    if (!(await send(shopper, purchase, 1, false))) return false
    if (!(await send(shopper, purchase, purchase.quantity - 1, true))) return false
  } else if (!(await send(shopper, purchase, purchase.quantity, true))) return false
  const { outcome } = await askUntilTold(shopper, `/orders/${purchase.orderId}/status`, {
    method: 'PATCH',
    body: { status: 'delivered' },
    yes: 200,
  })
  return outcome === 'done'
}

/** A piece comes back: asked for by the customer, let in and received by staff, and paid for or sent once more. */
export async function comeBack(shopper: Shopper, purchase: Purchase): Promise<void> {
  const { random } = shopper
  const isExchange = random.next() < 0.4
  const step: Step = { kind: 'return', pieces: 1, outcome: 'unknown' }
  purchase.steps.push(step)
  const line = { sku: purchase.sku, quantity: 1 }
  const request = await askUntilTold(shopper, `/orders/${purchase.orderId}/returns`, {
    body: {
      lines: [isExchange ? { ...line, exchangeFor: purchase.sku } : line],
      reason: 'changed_mind',
    },
    orderToken: purchase.orderToken ?? '',
    yes: 201,
  })
  step.outcome = request.outcome
  const id = request.body.returns?.at(-1)?.id
  if (request.outcome !== 'done' || id === undefined) return
  const path = `/returns/${id}`
  const sentAgain: Step = { kind: 'exchange', pieces: 1, outcome: 'unknown' }
  const back: Refund = { amountMinor: purchase.totalMinor, outcome: 'unknown' }
  // What an exchange leaves over goes back by itself.
  if (isExchange) {
    purchase.steps.push(sentAgain)
    purchase.refunds.push(back)
  }
  const approved = await askUntilTold(shopper, `${path}/approve`, { body: {}, yes: 200 })
  sentAgain.outcome = approved.outcome
  if (approved.outcome !== 'done') return
  const disposition = random.next() < 0.7 ? 'restock' : 'write_off'
  const received = { body: { lines: [{ ...line, disposition }] }, yes: 200 }
  if ((await askUntilTold(shopper, `${path}/receive`, received)).outcome !== 'done' || isExchange) return
  purchase.refunds.push(back)
  const paid = await askUntilTold(shopper, `${path}/refund`, { body: {}, yes: 200 })
  back.outcome = paid.outcome
  if (paid.outcome === 'done') back.amountMinor = paid.body.refund?.amount ?? 0
}
