import { runAudit } from '@souk/audit/run-audit'
import { openSources } from '@souk/audit/sources'
import { type Dying, faultPoints } from '@souk/chaos/fault-points'
import { localUrl } from '@souk/host/settings'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { staffToken } from '../src/buyer.ts'
import { journeysOf } from '../src/journeys.ts'
import { startShop, type TestShop } from '../src/shop.ts'
import { until } from '../src/until.ts'

let shop: TestShop
let token: string
beforeAll(async () => {
  shop = await startShop({
    environment: { SOUK_DEMO: '1', FAULT_POINTS: '1' },
    told: { order: { PLACING_LEASE_SECONDS: '1.5' } },
  })
  token = await staffToken(shop)
})
afterAll(async () => await shop?.stop())

async function arm(service: Dying, point: string): Promise<void> {
  const response = await until(
    `${service} is up again`,
    async () => await fetch(`${localUrl(shop.settings, service)}/faults/${point}`, { method: 'POST' }),
  )
  expect(response.status).toBe(200)
}

/** Relay and consumer are the same code in every process: each of their points is met in one or two. */
const isShared = (point: string) => point.startsWith('relay.') || point.startsWith('consumer.')
const sharedIn: Readonly<Record<string, readonly string[]>> = {
  order: ['relay.before_xadd', 'relay.after_xadd'],
  inventory: ['consumer.before_ack'],
  payment: ['relay.after_xadd', 'consumer.before_ack'],
  notification: ['consumer.before_ack'],
}
const crashes = Object.entries(faultPoints)
  .map(([service, points]) => ({
    service: service as Dying,
    points: points.filter((point) => !isShared(point) || sharedIn[service]?.includes(point)),
  }))
  .filter(({ points }) => points.length > 0)

/** What passes a point, when a purchase does not. */
const passedBy: Readonly<Record<string, keyof ReturnType<typeof journeysOf>>> = {
  'order order.edited': 'edit',
  'order order.rest_cancelled': 'cancelledRest',
  'order edit.refund_asked': 'edit',
  'order return.refund_decided': 'comeBack',
  'order return.refund_asked': 'comeBack',
  'order followup.prepared': 'addition',
  'order followup.held': 'addition',
  'order followup.ordered': 'addition',
  'order followup.over': 'addition',
  'order followup.dropped': 'refusedAddition',
  'order followup.released': 'refusedAddition',
  'order return.exchange_held': 'exchangeHeld',
  'order return.received': 'exchangeReceived',
  'order return.declined': 'exchangeDeclined',
  'order exchange.held': 'exchangeTakenBack',
  'order exchange.changed': 'exchangeTakenBack',
  'order relay.before_xadd': 'changeOfMind',
  'payment refund.reserved': 'giveBack',
  'payment refund.sent': 'giveBack',
  'payment refund.passed_on': 'givenBackToOrigin',
  'payment consumer.before_ack': 'changeOfMind',
}

test('each named point is met', () => {
  const met = new Set<string>(crashes.flatMap(({ points }) => points))
  expect(
    Object.values(faultPoints)
      .flat()
      .filter((point) => !met.has(point)),
  ).toEqual([])
})

describe('F1 a crash at every named point', () => {
  // Side by side, one at a time for each process: journeys meet the crashes of all of them.
  test.concurrent.each(crashes)(
    'of $service loses nothing and does nothing twice',
    async ({ service, points }) => {
      const journeys = journeysOf(shop, token)
      for (const point of points) {
        const before = shop.deaths(service)
        const journey = journeys[passedBy[`${service} ${point}`] ?? 'purchase']
        await journey(async () => await arm(service, point))
        await until(`${service} died at ${point}`, () => shop.deaths(service) > before, 30_000)
      }
    },
    400_000,
  )
})

describe('after all of that', () => {
  test('every invariant stands', async () => {
    await shop.ready()
    const sources = await openSources(shop.databaseUrls, shop.redisUrl, { graceSeconds: 0 })
    try {
      const results = await runAudit(sources, { retries: 60 })
      expect(results.filter(({ offences }) => offences.length > 0)).toEqual([])
      expect(results.find(({ id }) => id === 'I12')?.looked).toBeGreaterThanOrEqual(15)
    } finally {
      await sources.close()
    }
  })
})
