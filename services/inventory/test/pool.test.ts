import { startService } from '@souk/runtime/start-service'
import { person, startTestService, type TestService } from '@souk/testing/service-harness'
import { until } from '@souk/testing/until'
import pg from 'pg'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { InventoryRouter } from '../src/router.ts'
import { inventoryService } from '../src/service.ts'

let service: TestService<InventoryRouter>
beforeAll(async () => {
  service = await startTestService<InventoryRouter>(
    'inventory',
    async (env) =>
      await startService(inventoryService({ ...env, LOW_STOCK_THRESHOLD: 5, HOLD_LIMIT_SECONDS: 1800 })),
    { DATABASE_POOL: 2 },
  )
})
afterAll(async () => await service.stop())

test('F17 when every connection is taken, nobody waits for ever: callers hear within seconds, health is told, and all is well afterwards', async () => {
  const staff = service.as(person('staff'))
  const read = async () => (await staff.location.list.query()).items.length
  expect(await read()).toBeGreaterThan(0)
  const blocker = new pg.Client({ connectionString: service.env.DATABASE_URL })
  await blocker.connect()
  try {
    await blocker.query('begin')
    await blocker.query('lock table location in access exclusive mode')
    const began = Date.now()
    const outcomes = Promise.allSettled(Array.from({ length: 60 }, read))
    const health = await fetch(`${service.running.url}/healthz`, { signal: AbortSignal.timeout(2000) })
    expect(health.status).toBe(200)
    const refused = (await outcomes).map((outcome) =>
      outcome.status === 'rejected' ? outcome.reason.code : 'answered',
    )
    expect(new Set(refused)).toEqual(new Set(['UNAVAILABLE']))
    expect(Date.now() - began).toBeLessThan(15_000)
  } finally {
    await blocker.query('rollback')
    await blocker.end()
  }
  expect(await until('it reads again', read)).toBeGreaterThan(0)
})
