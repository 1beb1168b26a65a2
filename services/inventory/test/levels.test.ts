import { newId } from '@souk/kernel/id'
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
    const payload = { sku, backorderable: 0, expectedOn: null }
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
