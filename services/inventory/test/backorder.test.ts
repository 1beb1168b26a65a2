import { newId } from '@souk/kernel/id'
import { until } from '@souk/testing/until'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { undoOrder } from '../src/stock/undo-order.ts'
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

async function skuWith(onHand: number, backorderLimit: number): Promise<string> {
  const sku = await shop.sku(onHand)
  await shop.staff.stock.configure.mutate({ sku, backorderLimit })
  return sku
}
async function reserve(sku: string, quantity: number, orderId = newId()) {
  const lines = [{ sku, quantity }]
  return { orderId, ...(await shop.order.stock.reserve.mutate({ orderId, lines, ttlSeconds: 600 })) }
}
const commit = async (orderId: string) => (await shop.order.stock.commit.mutate({ orderId })).status
async function sold(sku: string, quantity: number): Promise<string> {
  const { orderId, status } = await reserve(sku, quantity)
  expect(status).toBe('reserved')
  expect(await commit(orderId)).toBe('committed')
  return orderId
}
const receive = async (sku: string, quantity: number, locationId = mainLocation) =>
  await shop.staff.receipt.create.mutate({ locationId, lines: [{ sku, quantity }] })
const waitingOf = async (orderId: string) =>
  (await shop.order.stock.reservation.query({ orderId }))?.backorders.reduce(
    (sum, { waiting }) => sum + waiting,
    0,
  )

describe('promising more than is there', () => {
  it('is refused while nobody allows it', async () => {
    expect(await reserve(await shop.sku(2), 3)).toMatchObject({ status: 'out_of_stock' })
  })

  it('goes as far as the limit and not one piece further', async () => {
    const sku = await skuWith(2, 3)
    expect(await shop.level(sku)).toMatchObject({ available: 2, backorderable: 3, backorderLimit: 3 })
    expect(await reserve(sku, 6)).toMatchObject({
      status: 'out_of_stock',
      lines: [{ sku, requested: 6, available: 5 }],
    })
    const { orderId, status } = await reserve(sku, 4)
    expect(status).toBe('reserved')
    expect(await shop.level(sku)).toMatchObject({
      onHand: 2,
      reserved: 2,
      available: 0,
      backordered: 2,
      backorderable: 1,
    })
    expect(await shop.order.stock.reservation.query({ orderId })).toMatchObject({
      lines: [{ sku, quantity: 2, locationId: mainLocation }],
      backorders: [{ sku, quantity: 2, waiting: 2 }],
    })
    expect(await reserve(sku, 2)).toMatchObject({ status: 'out_of_stock' })
    expect(await reserve(sku, 1)).toMatchObject({ status: 'reserved' })
    expect(await reserve(sku, 1)).toMatchObject({ status: 'out_of_stock' })
  })

  it('stays within the limit when a hundred ask at once, over two instances', async () => {
    const sku = await skuWith(10, 15)
    const other = await shop.startAnother()
    const results = await Promise.all(
      Array.from({ length: 100 }, async (_, index) => {
        const client = index % 2 === 0 ? shop.order : other.order
        return await client.stock.reserve.mutate({
          orderId: newId(),
          lines: [{ sku, quantity: 1 }],
          ttlSeconds: 600,
        })
      }),
    )
    expect(results.filter(({ status }) => status === 'reserved')).toHaveLength(25)
    expect(await shop.level(sku)).toMatchObject({
      onHand: 10,
      reserved: 10,
      backordered: 15,
      backorderable: 0,
    })
  })

  it('is told to whoever listens', async () => {
    const sku = await skuWith(0, 7)
    await reserve(sku, 2)
    const events = await shop.service.sql<{ payload: object }>(
      `select payload from outbox where aggregate_id = $1 order by aggregate_version`,
      [sku],
    )
    expect(events.map(({ payload }) => payload)).toEqual([
      { sku, onHand: 0, reserved: 0, available: 0, backorderable: 7, expectedOn: null },
      { sku, onHand: 0, reserved: 0, available: 0, backorderable: 5, expectedOn: null },
    ])
  })

  it('breaks nothing that was promised when the limit is lowered', async () => {
    const sku = await skuWith(0, 5)
    const orderId = await sold(sku, 5)
    await shop.staff.stock.configure.mutate({ sku, backorderLimit: 0 })
    expect(await shop.level(sku)).toMatchObject({ backordered: 5, backorderable: 0 })
    expect(await reserve(sku, 1)).toMatchObject({ status: 'out_of_stock' })
    await receive(sku, 5)
    await until('the promise is kept', async () => (await waitingOf(orderId)) === 0)
  })

  it('ends with the reservation: released or expired, the room is free again', async () => {
    const sku = await skuWith(1, 4)
    const [released, expired] = [await reserve(sku, 3), await reserve(sku, 2)]
    await shop.order.stock.release.mutate({ orderId: released.orderId, reason: 'test' })
    await shop.overdue(expired.orderId)
    await until('the other has expired', async () => (await shop.level(sku)).backordered === 0)
    expect(await shop.level(sku)).toMatchObject({ onHand: 1, reserved: 0, available: 1, backorderable: 4 })
    expect(await commit(released.orderId)).toBe('gone')
  })
})

describe('keeping promises', () => {
  it('goes by age: what arrives is sold to the oldest order first', async () => {
    const sku = await skuWith(0, 20)
    const orders = [await sold(sku, 3), await sold(sku, 2), await sold(sku, 4)]
    await receive(sku, 4)
    await until('the first is complete', async () => (await waitingOf(orders[0] ?? '')) === 0)
    await until('four have left', async () => (await shop.level(sku)).onHand === 0)
    expect(await Promise.all(orders.map(waitingOf))).toEqual([0, 1, 4])
    expect(await shop.level(sku)).toMatchObject({ onHand: 0, reserved: 0, backordered: 5 })
    await receive(sku, 100)
    await until('all are complete', async () => (await shop.level(sku)).backordered === 0)
    expect(await shop.level(sku)).toMatchObject({ onHand: 95, reserved: 0, available: 95 })
    const { items } = await shop.staff.stock.movements.query({ orderId: orders[1] ?? '' })
    expect(
      items.map(({ kind, onHandDelta, backorderedDelta }) => [kind, onHandDelta, backorderedDelta]),
    ).toEqual([
      ['backorder_fill', -1, -1],
      ['backorder_fill', -1, -1],
      ['backorder', 0, 2],
    ])
  })

  it('lets no younger order overtake with what has just arrived', async () => {
    const sku = await skuWith(0, 5)
    const first = await sold(sku, 5)
    await shop.db.transaction(async (tx) => {
      // Nobody can be served before this ends; the younger order is made in the very same moment.
      await tx.query('select 1 from reservation where order_id = $1 for update', [first])
      await receive(sku, 6)
      expect(await shop.level(sku)).toMatchObject({ onHand: 6, backordered: 5, available: 1 })
      expect(await reserve(sku, 7)).toMatchObject({ status: 'out_of_stock' })
      expect(await reserve(sku, 2)).toMatchObject({ status: 'reserved' })
    })
    await until('the first is complete', async () => (await waitingOf(first)) === 0)
    expect(await shop.level(sku)).toMatchObject({ onHand: 1, reserved: 1, backordered: 1 })
  })

  it('waits for the payment: an order that is not paid yet holds its place and takes nothing', async () => {
    const sku = await skuWith(0, 5)
    const { orderId } = await reserve(sku, 3)
    await receive(sku, 3)
    expect(await shop.level(sku)).toMatchObject({ onHand: 3, backordered: 3, available: 0 })
    expect(await commit(orderId)).toBe('committed')
    await until('it is complete', async () => (await waitingOf(orderId)) === 0)
    expect(await shop.level(sku)).toMatchObject({ onHand: 0, backordered: 0 })
  })

  it('comes to an end when the order is cancelled: what left comes back, what did not is not owed', async () => {
    const sku = await skuWith(1, 5)
    const orderId = await sold(sku, 5)
    await receive(sku, 2)
    await until('two more have left', async () => (await waitingOf(orderId)) === 2)
    const undo = { orderId, eventId: newId(), eventName: 'order.cancelled', reason: 'order cancelled' }
    await shop.db.transaction(async (tx) => await undoOrder({ lowStockThreshold }, tx, undo))
    await shop.db.transaction(async (tx) => await undoOrder({ lowStockThreshold }, tx, undo))
    expect(await shop.level(sku)).toMatchObject({ onHand: 3, reserved: 0, backordered: 0, backorderable: 5 })
    expect(await commit(orderId)).toBe('gone')
  })

  it('survives orders, cancellations and deliveries all at once', async () => {
    const sku = await skuWith(5, 30)
    await Promise.all(
      Array.from({ length: 40 }, async (_, index) => {
        const { orderId, status } = await reserve(sku, 1 + (index % 3))
        if (index % 4 === 0) await receive(sku, 2)
        if (status !== 'reserved') return
        if (index % 5 !== 0) await commit(orderId)
        const undo = { orderId, eventId: newId(), eventName: 'order.cancelled', reason: 'test' }
        if (index % 3 === 0) {
          await shop.db.transaction(async (tx) => await undoOrder({ lowStockThreshold }, tx, undo))
        }
      }),
    )
    await expectSoundLedger(shop.service)
    await receive(sku, 200)
    await until('nobody waits but who has not paid', async () => {
      const [row] = await shop.service.sql<{ count: number }>(
        `select count(*)::int as count from backorder join reservation r on r.id = reservation_id
         where sku = $1 and waiting > 0 and status = 'committed'`,
        [sku],
      )
      return row?.count === 0
    })
  })

  it('is held by the database: a promise never grows and never becomes less than none', async () => {
    const sku = await skuWith(0, 3)
    const { orderId } = await reserve(sku, 2)
    const ofOrder = `where reservation_id = (select id from reservation where order_id = '${orderId}')`
    for (const change of ['waiting = waiting + 1', 'waiting = -1', 'quantity = 9']) {
      await expect(shop.service.sql(`update backorder set ${change} ${ofOrder}`)).rejects.toThrow(
        /only shrinks|backorder_waiting/,
      )
    }
  })
})

describe('thresholds', () => {
  const lowEventsOf = async (sku: string) =>
    (
      await shop.service.sql<{ payload: object }>(
        `select payload from outbox where name = 'stock.low' and aggregate_id = $1 order by aggregate_version`,
        [sku],
      )
    ).map(({ payload }) => payload)
  const take = async (sku: string, quantity: number) =>
    await shop.staff.stock.adjust.mutate({ sku, delta: -quantity, reason: 'counted' })

  it('are set per SKU, and each crossing is told once', async () => {
    const sku = await shop.sku(30)
    expect(await shop.level(sku)).toMatchObject({ lowThreshold: null, isLow: false })
    await shop.staff.stock.configure.mutate({ sku, lowThreshold: 20 })
    await take(sku, 10)
    await take(sku, 5)
    expect(await lowEventsOf(sku)).toEqual([{ sku, available: 20, threshold: 20 }])
    expect(await shop.level(sku)).toMatchObject({ lowThreshold: 20, isLow: true })
    await receive(sku, 10)
    await take(sku, 6)
    expect(await lowEventsOf(sku)).toHaveLength(2)
  })

  it('of null mean the shop’s own again, and of 0 that only nothing is low', async () => {
    const sku = await shop.sku(30)
    await shop.staff.stock.configure.mutate({ sku, lowThreshold: 0 })
    await take(sku, 29)
    expect(await lowEventsOf(sku)).toEqual([])
    await take(sku, 1)
    expect(await lowEventsOf(sku)).toEqual([{ sku, available: 0, threshold: 0 }])
    await shop.staff.stock.configure.mutate({ sku, lowThreshold: null })
    await receive(sku, lowStockThreshold)
    expect(await shop.level(sku)).toMatchObject({ lowThreshold: null, isLow: true })
  })

  it('find the SKUs that are low, sold out or promised, each by its own measure', async () => {
    const prefix = `F-${newId().slice(-8)}`
    const low = await shop.sku(8, `${prefix}-LOW`)
    await shop.sku(8, `${prefix}-FINE`)
    await shop.sku(0, `${prefix}-OUT`)
    await shop.staff.stock.configure.mutate({ sku: low, lowThreshold: 10 })
    const found = async (state: 'low' | 'sold_out' | 'backordered') =>
      (await shop.staff.stock.list.query({ q: prefix, state })).items.map(({ sku }) => sku)
    expect(await found('low')).toEqual([`${prefix}-LOW`, `${prefix}-OUT`])
    expect(await found('sold_out')).toEqual([`${prefix}-OUT`])
    await shop.staff.stock.configure.mutate({ sku: `${prefix}-OUT`, backorderLimit: 3 })
    await reserve(`${prefix}-OUT`, 1)
    expect(await found('backordered')).toEqual([`${prefix}-OUT`])
  })

  it('of a SKU that nobody knows are not found', async () => {
    await expect(shop.staff.stock.configure.mutate({ sku: 'NOBODY', lowThreshold: 1 })).rejects.toMatchObject(
      { code: 'NOT_FOUND' },
    )
  })
})
