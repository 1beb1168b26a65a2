import { newId } from '@souk/kernel/id'
import { person, serviceActor } from '@souk/testing/service-harness'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type InventoryHarness, startInventoryHarness } from './harness.ts'
import { expectSoundLedger } from './sound-ledger.ts'

let shop: InventoryHarness
beforeAll(async () => {
  shop = await startInventoryHarness()
})
afterAll(async () => {
  await expectSoundLedger(shop.service)
  await shop.stop()
})

describe('who may ask', () => {
  const orderId = newId()
  const calls: Record<string, { call: (as: Client) => Promise<unknown>; by: string[] }> = {
    'stock.level': {
      call: async (as) => await as.stock.level.query({ sku: 'X' }),
      by: ['staff', 'owner', 'service order', 'service gateway'],
    },
    'stock.levels': {
      call: async (as) => await as.stock.levels.query({ skus: ['X'] }),
      by: ['staff', 'owner', 'service order', 'service gateway'],
    },
    'stock.list': { call: async (as) => await as.stock.list.query({}), by: ['staff', 'owner'] },
    'stock.adjust': {
      call: async (as) => await as.stock.adjust.mutate({ sku: 'X', delta: 1, reason: 'found' }),
      by: ['staff', 'owner'],
    },
    'stock.reserve': {
      call: async (as) =>
        await as.stock.reserve.mutate({ orderId, lines: [{ sku: 'X', quantity: 1 }], ttlSeconds: 1 }),
      by: ['service order'],
    },
    'stock.release': {
      call: async (as) => await as.stock.release.mutate({ orderId, reason: 'x' }),
      by: ['service order'],
    },
    'stock.commit': {
      call: async (as) => await as.stock.commit.mutate({ orderId }),
      by: ['service order'],
    },
    'stock.reservation': {
      call: async (as) => await as.stock.reservation.query({ orderId }),
      by: ['staff', 'owner', 'service order'],
    },
    'stock.movements': { call: async (as) => await as.stock.movements.query({}), by: ['staff', 'owner'] },
    'location.list': { call: async (as) => await as.location.list.query(), by: ['staff', 'owner'] },
    'operations.overview': {
      call: async (as) => await as.operations.overview.query(),
      by: ['staff', 'owner'],
    },
    'operations.deadLetters': {
      call: async (as) => await as.operations.deadLetters.query(),
      by: ['staff', 'owner'],
    },
    'operations.replay': {
      call: async (as) => await as.operations.replay.mutate({ id: newId() }),
      by: ['staff', 'owner'],
    },
  }
  type Client = InventoryHarness['staff']
  const callers = {
    nobody: { kind: 'anonymous' } as const,
    customer: person('customer'),
    staff: person('staff'),
    owner: person('owner'),
    'service order': serviceActor('order'),
    'service gateway': serviceActor('gateway'),
    'service payment': serviceActor('payment'),
  }

  it.each(Object.entries(calls))('%s is for the right callers only', async (_name, { call, by }) => {
    for (const [caller, principal] of Object.entries(callers)) {
      const answer = await call(shop.service.as(principal)).then(
        () => 'allowed',
        (error: { code?: string }) => error.code,
      )
      const refusal = caller === 'nobody' ? 'UNAUTHENTICATED' : 'FORBIDDEN'
      if (by.includes(caller)) expect(['allowed', 'NOT_FOUND'], caller).toContain(answer)
      else expect(answer, caller).toBe(refusal)
    }
  })
})
