import { randomUUID } from 'node:crypto'
import { percentile, send } from './api.ts'

export type LoadFigure = {
  name: string
  perSecond: number
  count: number
  p50Ms: number
  p99Ms: number
  outcomes: Record<string, number>
}

type Load = {
  name: string
  workers: number
  seconds: number
  once: (worker: number) => Promise<{ outcome: string; ms: number }>
}

/** Closed loop: each worker starts its next turn when the last is answered. The first second warms up and does not count. */
export async function measureLoad(load: Load): Promise<LoadFigure> {
  const times: number[] = []
  const outcomes: Record<string, number> = {}
  const countFrom = performance.now() + 1000
  const until = countFrom + load.seconds * 1000
  let countedUntil = countFrom
  await Promise.all(
    Array.from({ length: load.workers }, async (_, worker) => {
      while (performance.now() < until) {
        const { outcome, ms } = await load.once(worker)
        const now = performance.now()
        if (now < countFrom) continue
        countedUntil = Math.max(countedUntil, now)
        times.push(ms)
        outcomes[outcome] = (outcomes[outcome] ?? 0) + 1
      }
    }),
  )
  return {
    name: load.name,
    perSecond: (times.length / (countedUntil - countFrom)) * 1000,
    count: times.length,
    p50Ms: percentile(times, 0.5),
    p99Ms: percentile(times, 0.99),
    outcomes,
  }
}

/** All at one moment, then all again: a sale that opens. The time between the rounds does not count. */
export async function measureBursts(burst: {
  name: string
  buyers: number
  rounds: number
  once: () => Promise<{ outcome: string; ms: number }>
}): Promise<LoadFigure> {
  const times: number[] = []
  const outcomes: Record<string, number> = {}
  let busyMs = 0
  for (let round = 0; round < burst.rounds; round += 1) {
    const startedAt = performance.now()
    const answers = await Promise.all(Array.from({ length: burst.buyers }, burst.once))
    busyMs += performance.now() - startedAt
    for (const { outcome, ms } of answers) {
      times.push(ms)
      outcomes[outcome] = (outcomes[outcome] ?? 0) + 1
    }
  }
  return {
    name: burst.name,
    perSecond: (times.length / busyMs) * 1000,
    count: times.length,
    p50Ms: percentile(times, 0.5),
    p99Ms: percentile(times, 0.99),
    outcomes,
  }
}

const address = {
  name: 'Bench Buyer',
  line1: 'Long Road 1',
  city: 'Berlin',
  postalCode: '10115',
  country: 'DE',
}

/** A whole guest purchase by card: placed, reserved, paid, committed and confirmed when it is answered. */
export async function buy(gatewayUrl: string, sku: string): Promise<{ outcome: string; ms: number }> {
  const answer = await send('POST', `${gatewayUrl}/api/v1/orders`, {
    headers: { 'idempotency-key': randomUUID() },
    body: {
      items: [{ sku, quantity: 1 }],
      email: 'bench@example.test',
      shippingAddress: address,
      paymentMethod: { type: 'card', token: 'tok_visa' },
    },
  })
  const { status, code }: { status?: string | number; code?: string } = Object(answer.body)
  return { outcome: answer.status === 201 ? `201 ${status}` : `${answer.status} ${code}`, ms: answer.ms }
}

/** Adds one piece to a guest's cart over tRPC, as the storefront does. */
export async function addToCart(
  gatewayUrl: string,
  cartId: string,
  sku: string,
): Promise<{ outcome: string; ms: number }> {
  const answer = await send('POST', `${gatewayUrl}/trpc/cart.addItem`, {
    headers: { 'idempotency-key': randomUUID() },
    body: { cartId, sku, quantity: 1 },
  })
  return { outcome: String(answer.status), ms: answer.ms }
}
