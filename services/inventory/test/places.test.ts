import { newId } from '@souk/kernel/id'
import { person } from '@souk/testing/service-harness'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { undoOrder } from '../src/stock/undo-order.ts'
import { type InventoryHarness, lowStockThreshold, mainLocation, startInventoryHarness } from './harness.ts'
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

const { at, deactivate, place, receive } = shelvesOf(() => shop)

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
