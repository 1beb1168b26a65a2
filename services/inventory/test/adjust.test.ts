import { newId } from '@souk/kernel/id'
import { person } from '@souk/testing/service-harness'
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
