import { newId } from '@souk/kernel/id'
import { until } from '@souk/testing/until'
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

async function scarce(onHand: number, expectedOn?: string): Promise<string> {
  const sku = await shop.sku(onHand)
  await shop.staff.stock.configure.mutate({ sku, backorderLimit: 9, expectedOn })
  return sku
}
async function reserved(lines: { sku: string; quantity: number }[]): Promise<string> {
  const orderId = newId()
  const { status } = await shop.order.stock.reserve.mutate({ orderId, lines, ttlSeconds: 600 })
  expect(status).toBe('reserved')
  return orderId
}
const commit = async (orderId: string) => await shop.order.stock.commit.mutate({ orderId })
const receive = async (sku: string, quantity: number) =>
  await shop.staff.receipt.create.mutate({ locationId: mainLocation, lines: [{ sku, quantity }] })
const keptOf = async (orderId: string) =>
  await shop.service.sql<{ sku: string; quantity: number; isComplete: boolean; version: number }>(
    `select payload ->> 'sku' as sku, (payload -> 'quantity')::int as quantity,
            (payload -> 'isComplete')::bool as "isComplete", aggregate_version::int as version
     from outbox where name = 'stock.promise_kept' and payload ->> 'orderId' = $1 order by seq`,
    [orderId],
  )
const eventsOf = async (sku: string) =>
  await shop.service.sql<{ name: string; version: number; payload: object }>(
    `select name, aggregate_version::int as version, payload from outbox where aggregate_id = $1
     order by aggregate_version`,
    [sku],
  )

describe('a sale beyond stock', () => {
  it('answers what was promised and for when, and a repeat answers the same', async () => {
    const [mug, bowl] = [await scarce(1, '2999-12-24'), await shop.sku(5)]
    const orderId = await reserved([
      { sku: mug, quantity: 3 },
      { sku: bowl, quantity: 1 },
    ])
    const answer = {
      status: 'committed',
      promised: [{ sku: mug, quantity: 2, expectedOn: '2999-12-24' }],
    }
    expect(await commit(orderId)).toEqual(answer)
    await receive(mug, 1)
    await until('one has come', async () => (await keptOf(orderId)).length === 1)
    expect(await commit(orderId)).toEqual(answer)
  })
})

describe('a promise that is kept', () => {
  it('is told per arrival, and the last one says that the order is complete', async () => {
    const [mug, bowl] = [await scarce(0), await scarce(0)]
    const orderId = await reserved([
      { sku: mug, quantity: 3 },
      { sku: bowl, quantity: 1 },
    ])
    await commit(orderId)
    await receive(mug, 2)
    await until('two mugs have come', async () => (await keptOf(orderId)).length === 1)
    await receive(bowl, 4)
    await until('the bowl has come', async () => (await keptOf(orderId)).length === 2)
    await receive(mug, 1)
    await until('all have come', async () => (await keptOf(orderId)).length === 3)
    expect(await keptOf(orderId)).toEqual([
      { sku: mug, quantity: 2, isComplete: false, version: 1 },
      { sku: bowl, quantity: 1, isComplete: false, version: 2 },
      { sku: mug, quantity: 1, isComplete: true, version: 3 },
    ])
  })

  it('is told to each of those who shared a delivery, and to nobody who still waits', async () => {
    const sku = await scarce(0)
    const orders = [
      await reserved([{ sku, quantity: 2 }]),
      await reserved([{ sku, quantity: 1 }]),
      await reserved([{ sku, quantity: 3 }]),
    ]
    for (const orderId of orders) await commit(orderId)
    await receive(sku, 3)
    const [first = '', second = '', third = ''] = orders
    await until('the second has come', async () => (await keptOf(second)).length === 1)
    expect(await keptOf(first)).toMatchObject([{ quantity: 2, isComplete: true }])
    expect(await keptOf(second)).toMatchObject([{ quantity: 1, isComplete: true }])
    expect(await keptOf(third)).toEqual([])
  })

  it('that comes from two places is one arrival', async () => {
    const sku = await scarce(0)
    const elsewhere = await shop.addLocation(newPriority())
    const orderId = await reserved([{ sku, quantity: 5 }])
    // Both deliveries are there before the order is paid, so one round hands out both.
    await receive(sku, 2)
    await shop.staff.receipt.create.mutate({ locationId: elsewhere, lines: [{ sku, quantity: 3 }] })
    await commit(orderId)
    await until('all have come', async () => (await keptOf(orderId)).length > 0)
    expect(await keptOf(orderId)).toMatchObject([{ quantity: 5, isComplete: true }])
  })
})

describe('the day of the next delivery', () => {
  it('is told to buyers with the level, and to orders only when it changes', async () => {
    const sku = await shop.sku(2)
    expect(await shop.level(sku)).toMatchObject({ expectedOn: null })
    await shop.staff.stock.configure.mutate({ sku, expectedOn: '2999-12-24' })
    await shop.staff.stock.configure.mutate({ sku, backorderLimit: 3 })
    await shop.staff.stock.configure.mutate({ sku, expectedOn: '2999-12-24', lowThreshold: 1 })
    expect(await shop.level(sku)).toMatchObject({ expectedOn: '2999-12-24', backorderLimit: 3 })
    await shop.staff.stock.configure.mutate({ sku, expectedOn: null })
    expect(await shop.level(sku)).toMatchObject({ expectedOn: null, backorderLimit: 3 })
    const told = (await eventsOf(sku)).slice(-6)
    expect(told.map(({ name }) => name)).toEqual([
      'stock.level_changed',
      'stock.delivery_expected',
      'stock.level_changed',
      'stock.level_changed',
      'stock.level_changed',
      'stock.delivery_expected',
    ])
    expect(told.map(({ version }) => version - (told[0]?.version ?? 0))).toEqual([0, 1, 2, 3, 4, 5])
    expect(told[0]?.payload).toMatchObject({ expectedOn: '2999-12-24' })
    expect(told[5]?.payload).toEqual({ sku, expectedOn: null })
  })

  it('goes along with every later change of the level', async () => {
    const sku = await scarce(2, '2999-12-24')
    await receive(sku, 1)
    expect((await eventsOf(sku)).at(-1)?.payload).toMatchObject({ available: 3, expectedOn: '2999-12-24' })
  })

  it.each(['2999-13-01', '24.12.2999', '2999-12-24T00:00:00Z', ''])('cannot be %j', async (expectedOn) => {
    const sku = await shop.sku(1)
    await expect(shop.staff.stock.configure.mutate({ sku, expectedOn })).rejects.toMatchObject({
      code: 'INVALID_INPUT',
    })
  })
})

let priority = 100
const newPriority = () => {
  priority += 1
  return priority
}
