import { newId } from '@souk/kernel/id'
import { person } from '@souk/testing/service-harness'
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

const place = async () => {
  const code = `p-${newId().slice(-10)}`
  return await shop.staff.location.create.mutate({ code, name: `Place ${code}` })
}
const at = async (sku: string, id: string) =>
  (await shop.level(sku)).locations.find((location) => location.id === id)?.onHand ?? 0
const receive = async (locationId: string, sku: string, quantity: number) =>
  await shop.staff.receipt.create.mutate({ locationId, lines: [{ sku, quantity }] })
const deactivate = async (id: string) => await shop.staff.location.update.mutate({ id, isActive: false })

describe('locations', () => {
  it('are made by staff behind all others, and a code stands for one place', async () => {
    const first = await place()
    const second = await place()
    expect(second.priority).toBeGreaterThan(first.priority)
    await expect(shop.staff.location.create.mutate({ code: first.code, name: 'Twin' })).rejects.toMatchObject(
      { code: 'CONFLICT', details: { errors: [{ path: 'code' }] } },
    )
    const customer = shop.service.as(person('customer'))
    await expect(customer.location.create.mutate({ code: 'mine', name: 'Mine' })).rejects.toMatchObject({
      code: 'FORBIDDEN',
    })
  })

  it('keep their goods when they are renamed', async () => {
    const sku = await shop.sku(0)
    const { id } = await place()
    await receive(id, sku, 4)
    const renamed = await shop.staff.location.update.mutate({ id, name: 'Back room' })
    expect(renamed).toMatchObject({ id, name: 'Back room', isActive: true })
    expect((await shop.level(sku)).locations).toContainEqual(
      expect.objectContaining({ id, name: 'Back room', onHand: 4 }),
    )
  })

  it('are emptied in the order that staff gave them', async () => {
    const sku = await shop.sku(5)
    const { id } = await place()
    await receive(id, sku, 5)
    const before = (await shop.staff.location.list.query()).items.map((location) => location.id)
    const order = [id, ...before.filter((other) => other !== id)]
    const after = await shop.staff.location.reorder.mutate({ ids: order })
    expect(after.items.map((location) => location.id)).toEqual(order)
    const orderId = newId()
    await shop.order.stock.reserve.mutate({ orderId, lines: [{ sku, quantity: 7 }], ttlSeconds: 600 })
    const reservation = await shop.order.stock.reservation.query({ orderId })
    expect(reservation?.lines).toEqual(
      expect.arrayContaining([
        { sku, quantity: 5, locationId: id },
        { sku, quantity: 2, locationId: mainLocation },
      ]),
    )
    await shop.order.stock.commit.mutate({ orderId })
    const { items } = await shop.staff.stock.movements.query({ orderId })
    // Each part is explained by itself, where it happened.
    expect(
      items.map(({ kind, location, onHandDelta }) => `${kind} ${location.id} ${onHandDelta}`).sort(),
    ).toEqual(
      [
        `reservation ${id} 0`,
        `reservation ${mainLocation} 0`,
        `sale ${id} -5`,
        `sale ${mainLocation} -2`,
      ].sort(),
    )
    await shop.staff.location.reorder.mutate({ ids: before })
    for (const ids of [[id], [...before, newId()], [...before.slice(1), before.at(-1) ?? '']]) {
      await expect(shop.staff.location.reorder.mutate({ ids })).rejects.toMatchObject({
        code: 'INVALID_INPUT',
      })
    }
  })

  it('can be deactivated only when empty, and take nothing from then on', async () => {
    const sku = await shop.sku(0)
    const { id } = await place()
    await receive(id, sku, 1)
    await expect(deactivate(id)).rejects.toMatchObject({ code: 'INVALID_STATE', details: { pieces: 1 } })
    await shop.staff.stock.adjust.mutate({ sku, delta: -1, reason: 'lost', locationId: id })
    expect(await deactivate(id)).toMatchObject({ isActive: false })
    expect(await deactivate(id)).toMatchObject({ isActive: false })
    await expect(receive(id, sku, 1)).rejects.toMatchObject({ code: 'INVALID_STATE' })
    await expect(
      shop.staff.stock.adjust.mutate({ sku, delta: 1, reason: 'found', locationId: id }),
    ).rejects.toMatchObject({ code: 'INVALID_STATE' })
    expect((await shop.level(sku)).locations.map((location) => location.id)).not.toContain(id)
    expect(await shop.staff.location.update.mutate({ id, isActive: true })).toMatchObject({ isActive: true })
    await receive(id, sku, 1)
    expect(await at(sku, id)).toBe(1)
  })

  it('and goods that arrive at the moment of closing: either the goods are there or the place is closed', async () => {
    const sku = await shop.sku(0)
    await Promise.all(
      Array.from({ length: 12 }, async () => {
        const { id } = await place()
        const [arrived, closed] = await Promise.allSettled([receive(id, sku, 1), deactivate(id)])
        expect([arrived.status, closed.status].sort()).toEqual(['fulfilled', 'rejected'])
      }),
    )
  })

  it('are never all closed', async () => {
    const { items } = await shop.staff.location.list.query()
    const [row] = await shop.service.sql<{ count: number }>(
      'select count(*)::int as count from location where deactivated_at is null',
    )
    expect(items.filter(({ isActive }) => isActive)).toHaveLength(row?.count ?? 0)
    const results = await Promise.allSettled(items.map(async ({ id }) => await deactivate(id)))
    expect(results.some(({ status }) => status === 'rejected')).toBe(true)
    const after = (await shop.staff.location.list.query()).items
    expect(after.some(({ isActive }) => isActive)).toBe(true)
    for (const { id, isActive } of items) await shop.staff.location.update.mutate({ id, isActive })
  })

  it('that are closed get nothing back: a cancelled order’s pieces go to the first open place', async () => {
    const sku = await shop.sku(0)
    const { id } = await place()
    await receive(id, sku, 2)
    const orderId = newId()
    await shop.order.stock.reserve.mutate({ orderId, lines: [{ sku, quantity: 2 }], ttlSeconds: 600 })
    await shop.order.stock.commit.mutate({ orderId })
    await deactivate(id)
    const undo = { orderId, eventId: newId(), eventName: 'order.cancelled', reason: 'test' }
    await shop.db.transaction(async (tx) => await undoOrder({ lowStockThreshold }, tx, undo))
    const first = (await shop.staff.location.list.query()).items.find(({ isActive }) => isActive)
    expect(await at(sku, first?.id ?? '')).toBe(2)
  })
})

describe('receipts', () => {
  it('put a whole delivery on the shelves once, however often it is sent', async () => {
    const [a, b] = [await shop.sku(1), await shop.sku(0)]
    const { id } = await place()
    const staff = shop.service.as(person('staff'), { idempotencyKey: newId() })
    const input = {
      locationId: id,
      reference: 'Delivery note 7',
      lines: [
        { sku: b, quantity: 3 },
        { sku: a, quantity: 2 },
      ],
    }
    const first = await staff.receipt.create.mutate(input)
    expect(await staff.receipt.create.mutate(input)).toEqual(first)
    expect([await at(a, id), await at(b, id)]).toEqual([2, 3])
    const { items } = await shop.staff.stock.movements.query({ sku: a, locationId: id })
    expect(items).toMatchObject([
      { kind: 'receipt', onHandDelta: 2, documentId: first.id, reason: 'Delivery note 7' },
    ])
    const listed = await shop.staff.receipt.list.query({ limit: 1 })
    expect(listed.items).toEqual([first])
    const next = await shop.staff.receipt.list.query({ limit: 1, cursor: listed.nextCursor ?? undefined })
    expect(next.items).not.toEqual([first])
  })

  it('with a line that nobody knows are refused whole', async () => {
    const sku = await shop.sku(1)
    const lines = [
      { sku, quantity: 3 },
      { sku: 'NOBODY', quantity: 2 },
    ]
    await expect(shop.staff.receipt.create.mutate({ locationId: mainLocation, lines })).rejects.toMatchObject(
      {
        code: 'NOT_FOUND',
        details: { errors: [{ path: 'lines.1.sku' }] },
      },
    )
    expect(await shop.level(sku)).toMatchObject({ onHand: 1 })
  })
})

describe('transfers', () => {
  it('take the pieces off one shelf and put them on another, in one step when they are there at once', async () => {
    const sku = await shop.sku(10)
    const { id } = await place()
    const staff = shop.service.as(person('staff'), { idempotencyKey: newId() })
    const input = {
      fromLocationId: mainLocation,
      toLocationId: id,
      lines: [{ sku, quantity: 4 }],
      isReceived: true,
    }
    const first = await staff.transfer.create.mutate(input)
    expect(await staff.transfer.create.mutate(input)).toEqual(first)
    expect(first).toMatchObject({ status: 'received', lines: [{ sku, quantity: 4, received: 4 }] })
    expect([await at(sku, mainLocation), await at(sku, id)]).toEqual([6, 4])
    expect(await shop.level(sku)).toMatchObject({ onHand: 10, available: 10 })
  })

  it('are on the way between, and what is missing on arrival is a movement of its own', async () => {
    const [a, b] = [await shop.sku(10), await shop.sku(10)]
    const { id: to } = await place()
    const lines = [
      { sku: a, quantity: 5 },
      { sku: b, quantity: 2 },
    ]
    const sent = await shop.staff.transfer.create.mutate({
      fromLocationId: mainLocation,
      toLocationId: to,
      lines,
    })
    expect(sent).toMatchObject({ status: 'dispatched', receivedAt: null })
    expect(await shop.level(a)).toMatchObject({ onHand: 5, available: 5 })
    await expect(deactivate(to)).rejects.toMatchObject({ code: 'INVALID_STATE' })
    const arrived = await shop.staff.transfer.receive.mutate({
      id: sent.id,
      lines: [{ sku: a, received: 3 }],
    })
    expect(arrived).toMatchObject({
      status: 'received',
      lines: expect.arrayContaining([
        { sku: a, quantity: 5, received: 3 },
        { sku: b, quantity: 2, received: 2 },
      ]),
    })
    expect([await at(a, to), await at(b, to)]).toEqual([3, 2])
    const { items } = await shop.staff.stock.movements.query({ sku: a })
    expect(items.slice(0, 3).map(({ kind, onHandDelta }) => [kind, onHandDelta])).toEqual([
      ['adjustment', -2],
      ['transfer_in', 5],
      ['transfer_out', -5],
    ])
    await expect(shop.staff.transfer.receive.mutate({ id: sent.id })).rejects.toMatchObject({
      code: 'INVALID_STATE',
    })
    expect(await shop.staff.transfer.get.query({ id: sent.id })).toEqual(arrived)
  })

  it('are received once when two people say so at one moment', async () => {
    const sku = await shop.sku(10)
    const { id: to } = await place()
    const sent = await shop.staff.transfer.create.mutate({
      fromLocationId: mainLocation,
      toLocationId: to,
      lines: [{ sku, quantity: 4 }],
    })
    const answers = await Promise.allSettled(
      Array.from({ length: 6 }, async () => await shop.staff.transfer.receive.mutate({ id: sent.id })),
    )
    expect(answers.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
    expect(await at(sku, to)).toBe(4)
  })

  it('cannot take what orders hold, also when both come at once', async () => {
    const sku = await shop.sku(10)
    const { id: to } = await place()
    const send = async (quantity: number) =>
      await shop.staff.transfer.create.mutate({
        fromLocationId: mainLocation,
        toLocationId: to,
        lines: [{ sku, quantity }],
      })
    const outcomes = await Promise.all([
      ...Array.from({ length: 8 }, async () => {
        const lines = [{ sku, quantity: 1 }]
        const { status } = await shop.order.stock.reserve.mutate({ orderId: newId(), lines, ttlSeconds: 600 })
        return status
      }),
      ...Array.from(
        { length: 8 },
        async () =>
          await send(1).then(
            () => 'sent',
            () => 'refused',
          ),
      ),
    ])
    const taken = outcomes.filter((outcome) => outcome === 'reserved' || outcome === 'sent')
    expect(taken).toHaveLength(10)
    expect(await shop.level(sku)).toMatchObject({ available: 0 })
    await expect(send(1)).rejects.toMatchObject({
      code: 'INVALID_STATE',
      details: { errors: [{ path: 'lines.0.quantity' }] },
    })
  })
})

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
