import { newId } from '@souk/kernel/id'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type InventoryHarness, mainLocation, startInventoryHarness } from './harness.ts'
import { expectSoundLedger } from './sound-ledger.ts'

let shop: InventoryHarness
beforeAll(async () => {
  shop = await startInventoryHarness()
})
afterAll(async () => {
  await expectSoundLedger(shop.service)
  await shop.stop()
})

const reserve = async (lines: { sku: string; quantity: number }[], orderId = newId()) =>
  await shop.order.stock.reserve.mutate({ orderId, lines, ttlSeconds: 600 })
const one = (sku: string) => [{ sku, quantity: 1 }]

describe('reserving', () => {
  it('holds the units until the given time by the clock of the database', async () => {
    const sku = await shop.sku(10)
    const orderId = newId()
    const [before] = await shop.service.sql<{ now: Date }>('select now()')
    const result = await reserve([{ sku, quantity: 3 }], orderId)
    expect(result.status).toBe('reserved')
    const expiresAt = result.status === 'reserved' ? Date.parse(result.expiresAt) : 0
    expect(expiresAt - Number(before?.now)).toBeGreaterThanOrEqual(600_000)
    expect(expiresAt - Number(before?.now)).toBeLessThan(610_000)
    expect(await shop.level(sku)).toMatchObject({ onHand: 10, reserved: 3, available: 7 })
    expect(await shop.order.stock.reservation.query({ orderId })).toMatchObject({
      orderId,
      status: 'active',
      lines: [{ sku, quantity: 3, locationId: mainLocation }],
    })
  })

  it('takes nothing when one line is short, and says which and how many there are', async () => {
    const [plenty, few] = [await shop.sku(10), await shop.sku(2)]
    const orderId = newId()
    const lines = [
      { sku: plenty, quantity: 4 },
      { sku: few, quantity: 3 },
    ]
    expect(await reserve(lines, orderId)).toEqual({
      status: 'out_of_stock',
      lines: [{ sku: few, requested: 3, available: 2 }],
    })
    expect(await shop.level(plenty)).toMatchObject({ reserved: 0 })
    expect(await shop.level(few)).toMatchObject({ reserved: 0 })
    expect(await shop.order.stock.reservation.query({ orderId })).toBeNull()
  })

  it('counts a SKU that nobody knows as none', async () => {
    expect(await reserve(one('NO-SUCH-SKU'))).toEqual({
      status: 'out_of_stock',
      lines: [{ sku: 'NO-SUCH-SKU', requested: 1, available: 0 }],
    })
  })

  it('adds up lines of one SKU before it looks at the shelf', async () => {
    const sku = await shop.sku(3)
    const twice = [
      { sku, quantity: 2 },
      { sku, quantity: 2 },
    ]
    expect(await reserve(twice)).toMatchObject({
      status: 'out_of_stock',
      lines: [{ requested: 4, available: 3 }],
    })
    const fits = [
      { sku, quantity: 2 },
      { sku, quantity: 1 },
    ]
    expect(await reserve(fits)).toMatchObject({ status: 'reserved' })
    expect(await shop.level(sku)).toMatchObject({ reserved: 3, available: 0 })
  })

  it('takes from the first location and only what is missing from the next ones', async () => {
    const sku = await shop.sku(3)
    const [third, second] = [await shop.addLocation(300), await shop.addLocation(200)]
    await shop.staff.stock.adjust.mutate({ sku, delta: 5, reason: 'received', locationId: third })
    await shop.staff.stock.adjust.mutate({ sku, delta: 2, reason: 'received', locationId: second })
    const orderId = newId()
    expect(await reserve([{ sku, quantity: 6 }], orderId)).toMatchObject({ status: 'reserved' })
    const reservation = await shop.order.stock.reservation.query({ orderId })
    expect(reservation?.lines).toHaveLength(3)
    expect(reservation?.lines).toEqual(
      expect.arrayContaining([
        { sku, quantity: 3, locationId: mainLocation },
        { sku, quantity: 2, locationId: second },
        { sku, quantity: 1, locationId: third },
      ]),
    )
    expect(await reserve([{ sku, quantity: 5 }])).toMatchObject({
      status: 'out_of_stock',
      lines: [{ requested: 5, available: 4 }],
    })
    expect(await reserve([{ sku, quantity: 4 }])).toMatchObject({ status: 'reserved' })
    expect((await shop.level(sku)).locations.map(({ available }) => available)).toEqual([0, 0, 0])
  })

  it('answers a repeat for the same order as the first time, and takes nothing more', async () => {
    const [a, b] = [await shop.sku(10), await shop.sku(10)]
    const orderId = newId()
    const first = await reserve([...one(a), { sku: b, quantity: 2 }], orderId)
    const again = await reserve([{ sku: b, quantity: 1 }, ...one(a), ...one(b)], orderId)
    expect(again).toEqual(first)
    expect(await shop.level(b)).toMatchObject({ reserved: 2 })
  })

  it('refuses other lines for an order that has a reservation', async () => {
    const sku = await shop.sku(10)
    const orderId = newId()
    await reserve(one(sku), orderId)
    await expect(reserve([{ sku, quantity: 2 }], orderId)).rejects.toMatchObject({
      code: 'CONFLICT',
      details: { reason: 'idempotency_conflict' },
    })
    expect(await shop.level(sku)).toMatchObject({ reserved: 1 })
  })

  it('does not begin anew for an order whose reservation is over', async () => {
    const sku = await shop.sku(10)
    const [sold, released, refused] = [newId(), newId(), newId()]
    await reserve(one(sku), sold)
    await shop.order.stock.commit.mutate({ orderId: sold })
    await reserve(one(sku), released)
    await shop.order.stock.release.mutate({ orderId: released, reason: 'payment declined' })
    await shop.order.stock.release.mutate({ orderId: refused, reason: 'payment declined' })
    expect(await reserve(one(sku), sold)).toEqual({ status: 'ended', as: 'committed' })
    expect(await reserve(one(sku), released)).toEqual({ status: 'ended', as: 'released' })
    expect(await reserve(one(sku), refused)).toEqual({ status: 'ended', as: 'released' })
    expect(await shop.level(sku)).toMatchObject({ onHand: 9, reserved: 0 })
  })

  it('may be asked again after it was refused for want of stock', async () => {
    const sku = await shop.sku(0)
    const orderId = newId()
    expect(await reserve(one(sku), orderId)).toMatchObject({ status: 'out_of_stock' })
    await shop.staff.stock.adjust.mutate({ sku, delta: 1, reason: 'received' })
    expect(await reserve(one(sku), orderId)).toMatchObject({ status: 'reserved' })
  })
})

describe('many buyers at once', () => {
  it('F21 the last unit, 100 buyers at once: exactly one gets it, 99 are told it is sold out', async () => {
    const sku = await shop.sku(1)
    const results = await Promise.all(Array.from({ length: 100 }, async () => await reserve(one(sku))))
    expect(results.filter(({ status }) => status === 'reserved')).toHaveLength(1)
    expect(results.filter(({ status }) => status === 'out_of_stock')).toHaveLength(99)
    expect(await shop.level(sku)).toMatchObject({ onHand: 1, reserved: 1, available: 0 })
  })

  it('gives twenty units to exactly twenty of sixty, over two instances', async () => {
    const sku = await shop.sku(20)
    const other = await shop.startAnother()
    const clients = [shop.order, other.order]
    const results = await Promise.all(
      Array.from({ length: 60 }, async (_, index) => {
        const client = clients[index % 2] ?? shop.order
        return await client.stock.reserve.mutate({ orderId: newId(), lines: one(sku), ttlSeconds: 600 })
      }),
    )
    expect(results.filter(({ status }) => status === 'reserved')).toHaveLength(20)
    expect(results.filter(({ status }) => status === 'out_of_stock')).toHaveLength(40)
    expect(await shop.level(sku)).toMatchObject({ onHand: 20, reserved: 20, available: 0 })
  })

  it('F20 two hundred buyers of one product at once: nobody is turned away and nobody waits for long', async () => {
    const sku = await shop.sku(1000)
    const other = await shop.startAnother()
    const clients = [shop.order, other.order]
    const began = Date.now()
    const results = await Promise.all(
      Array.from({ length: 200 }, async (_, index) => {
        const client = clients[index % 2] ?? shop.order
        return await client.stock.reserve.mutate({ orderId: newId(), lines: one(sku), ttlSeconds: 600 })
      }),
    )
    expect(results.every(({ status }) => status === 'reserved')).toBe(true)
    expect(Date.now() - began).toBeLessThan(10_000)
    expect(await shop.level(sku)).toMatchObject({ onHand: 1000, reserved: 200, available: 800 })
  })

  it('F19 deadlock: orders with A,B and B,A never wait in a circle', async () => {
    const [a, b, c] = [await shop.sku(1000), await shop.sku(1000), await shop.sku(1000)]
    const other = await shop.startAnother()
    const orders = [
      [a, b, c],
      [c, b, a],
      [b, a],
      [c, a],
    ]
    const before = await deadlocks()
    const results = await Promise.all(
      Array.from({ length: 120 }, async (_, index) => {
        const lines = (orders[index % orders.length] ?? []).map((sku) => ({ sku, quantity: 1 }))
        const client = index % 3 === 0 ? other.order : shop.order
        const orderId = newId()
        const result = await client.stock.reserve.mutate({ orderId, lines, ttlSeconds: 600 })
        if (index % 2 === 0) await client.stock.commit.mutate({ orderId })
        else await client.stock.release.mutate({ orderId, reason: 'test' })
        return result
      }),
    )
    expect(results.every(({ status }) => status === 'reserved')).toBe(true)
    expect(await deadlocks()).toBe(before)
    expect(await shop.level(a)).toMatchObject({ reserved: 0, onHand: 940 })
  })

  it('makes one reservation of one order that is asked for fifty times in one moment', async () => {
    const sku = await shop.sku(100)
    const other = await shop.startAnother()
    const orderId = newId()
    const results = await Promise.all(
      Array.from({ length: 50 }, async (_, index) => {
        const client = index % 2 === 0 ? other.order : shop.order
        return await client.stock.reserve.mutate({ orderId, lines: one(sku), ttlSeconds: 600 })
      }),
    )
    expect(new Set(results.map((result) => JSON.stringify(result))).size).toBe(1)
    expect(await shop.level(sku)).toMatchObject({ reserved: 1 })
  })

  it('serves orders of several lines in the order they came, each wholly or not at all', async () => {
    const [a, b] = [await shop.sku(7), await shop.sku(5)]
    const results = await Promise.all(
      Array.from(
        { length: 40 },
        async () =>
          await reserve([
            { sku: a, quantity: 2 },
            { sku: b, quantity: 1 },
          ]),
      ),
    )
    expect(results.filter(({ status }) => status === 'reserved')).toHaveLength(3)
    expect(await shop.level(a)).toMatchObject({ reserved: 6, available: 1 })
    expect(await shop.level(b)).toMatchObject({ reserved: 3, available: 2 })
  })

  it('answers everyone when they queue for longer than the database lets a lock wait', async () => {
    const sku = await shop.sku(300)
    const results = await Promise.all(Array.from({ length: 600 }, async () => await reserve(one(sku))))
    expect(results.filter(({ status }) => status === 'reserved')).toHaveLength(300)
    expect(results.filter(({ status }) => status === 'out_of_stock')).toHaveLength(300)
  })
})

async function deadlocks(): Promise<number> {
  const [row] = await shop.service.sql<{ deadlocks: string }>(
    'select deadlocks from pg_stat_database where datname = current_database()',
  )
  return Number(row?.deadlocks)
}
