import { newId } from '@souk/kernel/id'
import { person } from '@souk/testing/service-harness'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type InventoryHarness, mainLocation, startInventoryHarness } from './harness.ts'
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

const { at, deactivate, place } = shelvesOf(() => shop)

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
        { sku: a, quantity: 5, received: 3, returned: 0, lost: 0, missing: 2 },
        { sku: b, quantity: 2, received: 2, returned: 0, lost: 0, missing: 0 },
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

describe('pieces that left and did not arrive', () => {
  async function sent(quantity: number) {
    const sku = await shop.sku(10)
    const { id: to } = await place()
    const lines = [{ sku, quantity }]
    const { id } = await shop.staff.transfer.create.mutate({
      fromLocationId: mainLocation,
      toLocationId: to,
      lines,
    })
    return { id, sku, to }
  }
  const movesOf = async (sku: string) =>
    (await shop.staff.stock.movements.query({ sku })).items
      .map(({ kind, onHandDelta, onHandAfter, reason }) => [kind, onHandDelta, onHandAfter, reason])
      .reverse()
      .slice(1)
  const invalid = { code: 'INVALID_STATE' }

  it('come back to where they came from, a part now and the rest later, and the others arrive', async () => {
    const { id, sku, to } = await sent(6)
    const back = async (quantity: number) =>
      await shop.staff.transfer.return.mutate({ id, lines: [{ sku, quantity }], note: 'wrong box' })
    expect(await back(1)).toMatchObject({ status: 'dispatched', lines: [{ returned: 1, missing: 5 }] })
    expect(await back(2)).toMatchObject({ status: 'dispatched', lines: [{ returned: 3, missing: 3 }] })
    expect([await at(sku, mainLocation), await at(sku, to)]).toEqual([7, 0])
    await expect(back(4)).rejects.toMatchObject({
      ...invalid,
      details: { errors: [{ path: 'lines.0.quantity', message: 'Only 3 are missing' }] },
    })
    expect(await shop.staff.transfer.receive.mutate({ id })).toMatchObject({
      status: 'received',
      lines: [{ quantity: 6, received: 3, returned: 3, lost: 0, missing: 0 }],
    })
    expect([await at(sku, mainLocation), await at(sku, to)]).toEqual([7, 3])
    expect(await movesOf(sku)).toEqual([
      ['transfer_out', -6, 4, null],
      ['transfer_in', 1, 5, 'came back: wrong box'],
      ['transfer_in', 2, 7, 'came back: wrong box'],
      ['transfer_in', 3, 3, null],
    ])
  })

  it('all come back: the transfer is cancelled and its places are free to close', async () => {
    const { id, sku, to } = await sent(4)
    await expect(deactivate(to)).rejects.toMatchObject(invalid)
    const cancelled = await shop.staff.transfer.return.mutate({ id })
    expect(cancelled).toMatchObject({ status: 'cancelled', receivedAt: null, lines: [{ returned: 4 }] })
    expect(cancelled.cancelledAt).not.toBeNull()
    expect(await shop.level(sku)).toMatchObject({ onHand: 10, available: 10 })
    for (const verb of ['return', 'writeOff', 'receive'] as const) {
      await expect(shop.staff.transfer[verb].mutate({ id }), verb).rejects.toMatchObject(invalid)
    }
    await deactivate(to)
    const { items } = await shop.staff.transfer.list.query({ status: 'cancelled' })
    expect(items.map((each) => each.id)).toContain(id)
    await expect(
      shop.service.sql(`update transfer set status = 'dispatched', cancelled_at = null where id = '${id}'`),
    ).rejects.toThrow('stays so')
  })

  it('are given up: written off where they came from, and never below nothing', async () => {
    const { id, sku } = await sent(10)
    expect(await at(sku, mainLocation)).toBe(0)
    const lost = await shop.staff.transfer.writeOff.mutate({ id, lines: [{ sku, quantity: 3 }] })
    expect(lost).toMatchObject({ status: 'dispatched', lines: [{ lost: 3, missing: 7 }] })
    expect(await shop.staff.transfer.writeOff.mutate({ id })).toMatchObject({
      status: 'cancelled',
      lines: [{ lost: 10, missing: 0 }],
    })
    expect(await shop.level(sku)).toMatchObject({ onHand: 0, available: 0 })
    expect(await movesOf(sku)).toEqual([
      ['transfer_out', -10, 0, null],
      ['transfer_in', 3, 3, 'lost in transfer'],
      ['write_off', -3, 0, 'lost in transfer'],
      ['transfer_in', 7, 7, 'lost in transfer'],
      ['write_off', -7, 0, 'lost in transfer'],
    ])
  })

  it('were missing when the others arrived and turn up later where they came from', async () => {
    const { id, sku, to } = await sent(5)
    await shop.staff.transfer.receive.mutate({ id, lines: [{ sku, received: 2 }] })
    await expect(shop.staff.transfer.writeOff.mutate({ id })).rejects.toMatchObject(invalid)
    const found = await shop.staff.transfer.return.mutate({ id, lines: [{ sku, quantity: 2 }] })
    expect(found).toMatchObject({ status: 'received', lines: [{ received: 2, returned: 2, missing: 1 }] })
    expect([await at(sku, mainLocation), await at(sku, to)]).toEqual([7, 2])
    expect((await movesOf(sku)).at(-1)).toEqual(['adjustment', 2, 7, 'missing in transfer, came back'])
    await expect(
      shop.staff.transfer.return.mutate({ id, lines: [{ sku, quantity: 2 }] }),
    ).rejects.toMatchObject(invalid)
  })

  it('are settled once when several people say so at one moment, whatever they say', async () => {
    const { id, sku, to } = await sent(8)
    const lines = [{ sku, quantity: 2 }]
    const answers = await Promise.allSettled([
      ...Array.from({ length: 4 }, async () => await shop.staff.transfer.return.mutate({ id, lines })),
      ...Array.from({ length: 4 }, async () => await shop.staff.transfer.writeOff.mutate({ id, lines })),
      shop.staff.transfer.receive.mutate({ id }),
    ])
    const { status, lines: after } = await shop.staff.transfer.get.query({ id })
    const [line] = after
    const received = line?.received ?? 0
    expect((line?.returned ?? 0) + (line?.lost ?? 0) + received).toBe(8)
    expect(status).toBe(answers.at(-1)?.status === 'fulfilled' ? 'received' : 'cancelled')
    expect([await at(sku, mainLocation), await at(sku, to)]).toEqual([2 + (line?.returned ?? 0), received])
  })

  it('are settled once by one command, however often it is sent', async () => {
    const { id, sku } = await sent(5)
    const keyed = shop.service.as(person('staff'), { idempotencyKey: newId() })
    const command = { id, lines: [{ sku, quantity: 2 }] }
    const first = await keyed.transfer.return.mutate(command)
    expect(await keyed.transfer.return.mutate(command)).toEqual(first)
    expect(await at(sku, mainLocation)).toBe(7)
  })

  it('must have been sent', async () => {
    const { id } = await sent(2)
    const lines = [{ sku: await shop.sku(1), quantity: 1 }]
    for (const verb of ['return', 'writeOff'] as const) {
      await expect(shop.staff.transfer[verb].mutate({ id, lines })).rejects.toMatchObject({
        code: 'INVALID_INPUT',
        details: { errors: [{ path: 'lines.0.sku' }] },
      })
    }
  })
})
