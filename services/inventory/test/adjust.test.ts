import { newId } from '@souk/kernel/id'
import { person, serviceActor } from '@souk/testing/service-harness'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type InventoryHarness, lowStockThreshold, mainLocation, startInventoryHarness } from './harness.ts'
import { expectSoundLedger } from './sound-ledger.ts'

let shop: InventoryHarness
beforeAll(async () => {
  shop = await startInventoryHarness()
})
afterAll(async () => {
  await expectSoundLedger(shop.service)
  await shop.stop()
})

const eventsOf = async (sku: string) =>
  await shop.service.sql<{ name: string; payload: Record<string, unknown> }>(
    'select name, payload from outbox where aggregate_id = $1 order by aggregate_version',
    [sku],
  )

describe('adjusting', () => {
  it('changes the level and writes who did it and why', async () => {
    const sku = await shop.sku(10)
    const clerk = person('staff')
    const level = await shop.service
      .as(clerk)
      .stock.adjust.mutate({ sku, delta: -3, reason: 'damaged', locationId: mainLocation })
    expect(level).toMatchObject({ sku, onHand: 7, reserved: 0, available: 7 })
    expect(level).toEqual(await shop.level(sku))
    const { items } = await shop.staff.stock.movements.query({ sku, limit: 1 })
    expect(items).toEqual([
      {
        id: expect.any(String),
        sku,
        location: { id: mainLocation, code: 'main', name: 'Main warehouse' },
        kind: 'adjustment',
        onHandDelta: -3,
        reservedDelta: 0,
        backorderedDelta: 0,
        documentId: null,
        onHandAfter: 7,
        reservedAfter: 0,
        orderId: null,
        reason: 'damaged',
        actor: `user:${clerk.userId}`,
        createdAt: expect.stringMatching(/Z$/),
      },
    ])
  })

  it('calls goods that arrive a receipt and goods that come back a return', async () => {
    const sku = await shop.sku(1)
    await shop.staff.stock.adjust.mutate({ sku, delta: 5, reason: 'received' })
    await shop.staff.stock.adjust.mutate({ sku, delta: 1, reason: 'returned' })
    await shop.staff.stock.adjust.mutate({ sku, delta: 1, reason: 'found' })
    const { items } = await shop.staff.stock.movements.query({ sku, limit: 3 })
    expect(items.map(({ kind }) => kind)).toEqual(['adjustment', 'return', 'receipt'])
  })

  it('cannot take what is promised to orders, and says how many are free', async () => {
    const sku = await shop.sku(10)
    await shop.order.stock.reserve.mutate({
      orderId: newId(),
      lines: [{ sku, quantity: 8 }],
      ttlSeconds: 600,
    })
    await expect(shop.staff.stock.adjust.mutate({ sku, delta: -3, reason: 'lost' })).rejects.toMatchObject({
      code: 'INVALID_STATE',
      message: 'Only 2 can be taken away here. 8 more are reserved for orders.',
      details: { reason: 'invalid_state', free: 2 },
    })
    expect(await shop.level(sku)).toMatchObject({ onHand: 10, reserved: 8 })
    expect(await shop.staff.stock.adjust.mutate({ sku, delta: -2, reason: 'lost' })).toMatchObject({
      onHand: 8,
      available: 0,
    })
  })

  it('applies the same command once, however often it is sent', async () => {
    const sku = await shop.sku(10)
    const clerk = person('staff')
    const keyed = shop.service.as(clerk, { idempotencyKey: newId() })
    const first = await keyed.stock.adjust.mutate({ sku, delta: 5, reason: 'received' })
    const again = await Promise.allSettled(
      Array.from(
        { length: 10 },
        async () => await keyed.stock.adjust.mutate({ sku, delta: 5, reason: 'received' }),
      ),
    )
    for (const outcome of again) expect(outcome).toEqual({ status: 'fulfilled', value: first })
    await expect(keyed.stock.adjust.mutate({ sku, delta: 6, reason: 'received' })).rejects.toMatchObject({
      details: { reason: 'idempotency_conflict' },
    })
    const somebodyElse = shop.service.as(person('owner'), { idempotencyKey: newId() })
    expect(await somebodyElse.stock.adjust.mutate({ sku, delta: 5, reason: 'received' })).toMatchObject({
      onHand: 20,
    })
  })

  it('keeps every one of many changes that come at once', async () => {
    const sku = await shop.sku(100)
    const orders = Array.from({ length: 30 }, async () => {
      const lines = [{ sku, quantity: 1 }]
      return await shop.order.stock.reserve.mutate({ orderId: newId(), lines, ttlSeconds: 600 })
    })
    const changes = Array.from(
      { length: 30 },
      async (_, index) =>
        await shop.staff.stock.adjust.mutate({ sku, delta: index % 2 === 0 ? 3 : -1, reason: 'counted' }),
    )
    await Promise.all([...orders, ...changes])
    expect(await shop.level(sku)).toMatchObject({ onHand: 130, reserved: 30 })
  })

  it('opens a SKU at a location that had none of it', async () => {
    const sku = await shop.sku(1)
    const cellar = await shop.addLocation(400)
    await expect(
      shop.staff.stock.adjust.mutate({ sku, delta: -1, reason: 'lost', locationId: cellar }),
    ).rejects.toMatchObject({ code: 'INVALID_STATE' })
    const level = await shop.staff.stock.adjust.mutate({
      sku,
      delta: 4,
      reason: 'received',
      locationId: cellar,
    })
    expect(level).toMatchObject({ onHand: 5 })
    expect(level.locations.map(({ id, onHand }) => [id, onHand])).toEqual([
      [mainLocation, 1],
      [cellar, 4],
    ])
  })
})

describe('what others hear', () => {
  it('is each change of what can be sold, in order and without a gap; a sale of reserved units is none', async () => {
    const sku = await shop.sku(50)
    const orderId = newId()
    await shop.order.stock.reserve.mutate({ orderId, lines: [{ sku, quantity: 2 }], ttlSeconds: 600 })
    await shop.order.stock.commit.mutate({ orderId })
    await shop.order.stock.commit.mutate({ orderId })
    await shop.order.stock.release.mutate({ orderId, reason: 'late' })
    await shop.order.stock.reserve.mutate({
      orderId: newId(),
      lines: [{ sku, quantity: 1000 }],
      ttlSeconds: 600,
    })
    const payload = { sku, backorderable: 0 }
    expect(await eventsOf(sku)).toEqual([
      { name: 'stock.level_changed', payload: { ...payload, onHand: 50, reserved: 0, available: 50 } },
      { name: 'stock.level_changed', payload: { ...payload, onHand: 50, reserved: 2, available: 48 } },
    ])
  })

  it('is that few are left, each time the number falls to the threshold and not while it stays there', async () => {
    const sku = await shop.sku(lowStockThreshold + 2)
    const change = async (delta: number) =>
      await shop.staff.stock.adjust.mutate({ sku, delta, reason: 'counted' })
    await change(-1)
    expect(await lowEventsOf(sku)).toEqual([])
    await change(-1)
    await change(-1)
    await change(3)
    await change(-4)
    expect(await lowEventsOf(sku)).toEqual([
      { sku, available: lowStockThreshold, threshold: lowStockThreshold },
      { sku, available: lowStockThreshold - 2, threshold: lowStockThreshold },
    ])
  })

  it('comes from a reservation as well as from a sale at one moment', async () => {
    const sku = await shop.sku(lowStockThreshold + 20)
    await Promise.all(
      Array.from({ length: 20 }, async () => {
        const orderId = newId()
        await shop.order.stock.reserve.mutate({ orderId, lines: [{ sku, quantity: 1 }], ttlSeconds: 600 })
        await shop.order.stock.commit.mutate({ orderId })
      }),
    )
    expect(await lowEventsOf(sku)).toHaveLength(1)
  })

  const lowEventsOf = async (sku: string) =>
    (await eventsOf(sku)).filter(({ name }) => name === 'stock.low').map(({ payload }) => payload)
})

describe('reading', () => {
  it('leaves out what nobody knows when many are asked for, and refuses a single one', async () => {
    const sku = await shop.sku(3)
    const { items } = await shop.order.stock.levels.query({ skus: ['NOT-THERE', sku, sku] })
    expect(items.map((level) => level.sku)).toEqual([sku])
    await expect(shop.staff.stock.level.query({ sku: 'NOT-THERE' })).rejects.toMatchObject({
      code: 'NOT_FOUND',
    })
  })

  it('walks through all levels page by page, each of them once', async () => {
    const names = ['a_1', 'a%2', 'ü-3', 'a\\4', 'a-5'].map((name) => `PAGE-${name}-${newId().slice(-6)}`)
    for (const name of names) await shop.sku(1, name)
    const seen: string[] = []
    let cursor: string | undefined
    do {
      const page = await shop.staff.stock.list.query({ q: 'page-', limit: 2, cursor })
      seen.push(...page.items.map(({ sku }) => sku))
      cursor = page.nextCursor ?? undefined
    } while (cursor !== undefined)
    expect([...seen].sort()).toEqual([...names].sort())
    expect(new Set(seen).size).toBe(names.length)
    const percent = await shop.staff.stock.list.query({ q: 'a%2' })
    expect(percent.items.map(({ sku }) => sku)).toEqual(names.filter((name) => name.includes('a%2')))
  })

  it('finds what is running out', async () => {
    const prefix = `LOW-${newId().slice(-6)}`
    const [none, two, many] = [`${prefix}-0`, `${prefix}-2`, `${prefix}-9`]
    await Promise.all([shop.sku(0, none), shop.sku(2, two), shop.sku(9, many)])
    const { items } = await shop.staff.stock.list.query({ q: prefix, maxAvailable: 2 })
    expect(items.map(({ sku }) => sku)).toEqual([none, two])
  })

  it('shows movements newest first, page by page, of a SKU or of an order', async () => {
    const sku = await shop.sku(10)
    const orderId = newId()
    await shop.order.stock.reserve.mutate({ orderId, lines: [{ sku, quantity: 1 }], ttlSeconds: 600 })
    await shop.order.stock.commit.mutate({ orderId })
    const kinds: string[] = []
    let cursor: string | undefined
    do {
      const page = await shop.staff.stock.movements.query({ sku, limit: 1, cursor })
      kinds.push(...page.items.map(({ kind }) => kind))
      cursor = page.nextCursor ?? undefined
    } while (cursor !== undefined)
    expect(kinds).toEqual(['sale', 'reservation', 'receipt'])
    const ofOrder = await shop.staff.stock.movements.query({ orderId })
    expect(ofOrder.items.map(({ kind }) => kind)).toEqual(['sale', 'reservation'])
  })

  it('lists the locations in the order in which goods are taken from them', async () => {
    await shop.addLocation(900)
    const { items } = await shop.staff.location.list.query()
    expect(items[0]).toEqual({
      id: mainLocation,
      code: 'main',
      name: 'Main warehouse',
      priority: 100,
      isActive: true,
    })
    const priorities = items.map(({ priority }) => priority)
    expect(priorities).toEqual([...priorities].sort((a, b) => a - b))
  })
})

describe('the ledger in the database', () => {
  it('cannot be rewritten, cut short or emptied', async () => {
    const sku = await shop.sku(3)
    for (const sql of [
      `update movement set on_hand_delta = 99 where sku = '${sku}'`,
      `delete from movement where sku = '${sku}'`,
      'truncate movement',
      `update reservation_line set quantity = 99`,
    ]) {
      await shop.order.stock.reserve.mutate({
        orderId: newId(),
        lines: [{ sku, quantity: 1 }],
        ttlSeconds: 600,
      })
      await expect(shop.service.sql(sql), sql).rejects.toThrow('append-only')
    }
  })

  it('refuses levels below zero, more reserved than there, and a second end of a reservation', async () => {
    const sku = await shop.sku(3)
    const orderId = newId()
    await shop.order.stock.reserve.mutate({ orderId, lines: [{ sku, quantity: 1 }], ttlSeconds: 600 })
    await shop.order.stock.commit.mutate({ orderId })
    for (const sql of [
      `update stock_level set on_hand = -1 where sku = '${sku}'`,
      `update stock_level set reserved = -1 where sku = '${sku}'`,
      `update stock_level set reserved = on_hand + 1 where sku = '${sku}'`,
      `update reservation set status = 'released' where order_id = '${orderId}'`,
      `insert into movement (sku, location_id, kind, on_hand_delta, reserved_delta, on_hand_after, reserved_after,
                             reservation_id, order_id, actor)
       select sku, location_id, 'release', 0, reserved_delta, on_hand_after, reserved_after, reservation_id, order_id, 'x'
       from movement where order_id = '${orderId}' and kind = 'sale'`,
    ]) {
      await expect(shop.service.sql(sql), sql).rejects.toMatchObject({
        code: expect.stringMatching(/^235(05|14)$/),
      })
    }
  })
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
