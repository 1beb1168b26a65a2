import { newId } from '@souk/kernel/id'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type InventoryHarness, startInventoryHarness } from './harness.ts'
import { shelvesOf } from './shelves.ts'
import { expectSoundLedger } from './sound-ledger.ts'

let shop: InventoryHarness
beforeAll(async () => {
  shop = await startInventoryHarness()
})
afterAll(async () => {
  await expectSoundLedger(shop.service)
  await shop.stop()
})

const { at, place, receive } = shelvesOf(() => shop)

describe('counts', () => {
  const open = async (locationId: string) => await shop.staff.count.open.mutate({ locationId })

  it('make the books say what was found, where it was counted', async () => {
    const [a, b, c] = [await shop.sku(0), await shop.sku(0), await shop.sku(0)]
    const { id: locationId } = await place()
    await receive(locationId, a, 10)
    await receive(locationId, b, 5)
    const count = await open(locationId)
    await expect(open(locationId)).rejects.toMatchObject({ code: 'CONFLICT' })
    await expect(shop.staff.count.post.mutate({ id: count.id })).rejects.toMatchObject({
      code: 'INVALID_STATE',
    })
    await shop.staff.count.enter.mutate({ id: count.id, lines: [{ sku: a, counted: 7 }] })
    const lines = [
      { sku: a, counted: 8 },
      { sku: b, counted: 5 },
      { sku: c, counted: 2 },
    ]
    expect((await shop.staff.count.enter.mutate({ id: count.id, lines })).lines).toHaveLength(3)
    expect(await at(a, locationId)).toBe(10)
    const posted = await shop.staff.count.post.mutate({ id: count.id })
    expect(posted.status).toBe('posted')
    expect([await at(a, locationId), await at(b, locationId), await at(c, locationId)]).toEqual([8, 5, 2])
    await expect(shop.staff.count.post.mutate({ id: count.id })).rejects.toMatchObject({
      code: 'INVALID_STATE',
    })
    const { items } = await shop.staff.stock.movements.query({ sku: a })
    expect(items[0]).toMatchObject({
      kind: 'adjustment',
      onHandDelta: -2,
      reason: 'counted',
      documentId: count.id,
    })
    await open(locationId)
  })

  it('leave alone what moved after the figure was entered', async () => {
    const sku = await shop.sku(0)
    const { id: locationId } = await place()
    await receive(locationId, sku, 10)
    const count = await open(locationId)
    await shop.staff.count.enter.mutate({ id: count.id, lines: [{ sku, counted: 9 }] })
    const orderId = newId()
    await shop.order.stock.reserve.mutate({ orderId, lines: [{ sku, quantity: 3 }], ttlSeconds: 600 })
    await shop.order.stock.commit.mutate({ orderId })
    await receive(locationId, sku, 20)
    await shop.staff.count.post.mutate({ id: count.id })
    // Ten, one of them missing, three sold, twenty more.
    expect(await at(sku, locationId)).toBe(26)
  })

  it('cannot count away what orders hold; nothing is posted then', async () => {
    const [a, b] = [await shop.sku(0), await shop.sku(0)]
    const { id: locationId } = await place()
    await receive(locationId, a, 5)
    await receive(locationId, b, 5)
    await shop.order.stock.reserve.mutate({
      orderId: newId(),
      lines: [{ sku: a, quantity: 4 }],
      ttlSeconds: 600,
    })
    const count = await open(locationId)
    const lines = [
      { sku: a, counted: 3 },
      { sku: b, counted: 1 },
    ]
    await shop.staff.count.enter.mutate({ id: count.id, lines })
    await expect(shop.staff.count.post.mutate({ id: count.id })).rejects.toMatchObject({
      code: 'INVALID_STATE',
    })
    expect([await at(a, locationId), await at(b, locationId)]).toEqual([5, 5])
    expect(await shop.staff.count.cancel.mutate({ id: count.id })).toMatchObject({ status: 'cancelled' })
    await expect(
      shop.staff.count.enter.mutate({ id: count.id, lines: [{ sku: a, counted: 5 }] }),
    ).rejects.toMatchObject({ code: 'INVALID_STATE' })
    const { items } = await shop.staff.count.list.query({ status: 'cancelled' })
    expect(items.map(({ id }) => id)).toContain(count.id)
  })

  it('and sales at the same moment leave every sale sold and every difference applied', async () => {
    const sku = await shop.sku(0)
    const { id: locationId } = await place()
    await receive(locationId, sku, 100)
    const count = await open(locationId)
    const sell = async () => {
      const orderId = newId()
      await shop.order.stock.reserve.mutate({ orderId, lines: [{ sku, quantity: 1 }], ttlSeconds: 600 })
      await shop.order.stock.commit.mutate({ orderId })
    }
    const counting = async () => {
      const level = await at(sku, locationId)
      const entered = await shop.staff.count.enter.mutate({
        id: count.id,
        lines: [{ sku, counted: level - 2 }],
      })
      const [line] = entered.lines
      await shop.staff.count.post.mutate({ id: count.id })
      return (line?.counted ?? 0) - (line?.expected ?? 0)
    }
    const [difference] = await Promise.all([counting(), ...Array.from({ length: 20 }, sell)])
    expect(await at(sku, locationId)).toBe(100 - 20 + difference)
  })
})
