import { newId } from '@souk/kernel/id'
import { until } from '@souk/testing/until'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { sweepExpired } from '../src/stock/sweep-expired.ts'
import { undoOrder } from '../src/stock/undo-order.ts'
import {
  holdLimitSeconds,
  type InventoryHarness,
  lowStockThreshold,
  startInventoryHarness,
} from './harness.ts'
import { expectSoundLedger } from './sound-ledger.ts'

let shop: InventoryHarness
beforeAll(async () => {
  shop = await startInventoryHarness()
})
afterAll(async () => {
  await expectSoundLedger(shop.service)
  await shop.stop()
})

async function held(sku: string, ttlSeconds = 600) {
  const orderId = newId()
  const result = await shop.order.stock.reserve.mutate({ orderId, lines: [{ sku, quantity: 1 }], ttlSeconds })
  if (result.status !== 'reserved') throw new Error(`The reservation is ${result.status}`)
  return { orderId, expiresAt: Date.parse(result.expiresAt) }
}
const extend = async (orderId: string, ttlSeconds = 600) =>
  await shop.order.stock.extend.mutate({ orderId, ttlSeconds })
const commit = async (orderId: string) => (await shop.order.stock.commit.mutate({ orderId })).status
const reservationOf = async (orderId: string) => await shop.order.stock.reservation.query({ orderId })
const sweep = async () => await sweepExpired({ db: shop.db, bus: { wake: () => {} }, lowStockThreshold })

describe('extending', () => {
  it('holds the units longer than was asked at first, and the sweep keeps to it', async () => {
    const sku = await shop.sku(3)
    const { orderId, expiresAt } = await held(sku, 600)
    const extended = await extend(orderId, 900)
    if (extended.status !== 'extended') throw new Error('The reservation is gone')
    expect(Date.parse(extended.expiresAt)).toBeGreaterThanOrEqual(expiresAt + 290_000)
    expect((await reservationOf(orderId))?.expiresAt).toBe(extended.expiresAt)
    await shop.db.transaction(async (tx) => {
      // Overdue and extended in one moment: the sweep sees only the end of it.
      await tx.query(`update reservation set expires_at = now() - interval '1 s' where order_id = $1`, [
        orderId,
      ])
      await tx.query(`update reservation set expires_at = now() + interval '1 h' where order_id = $1`, [
        orderId,
      ])
    })
    await sweep()
    expect(await reservationOf(orderId)).toMatchObject({ status: 'active' })
  })

  it('never makes a hold shorter, and never longer in total than the shop allows', async () => {
    const { orderId, expiresAt } = await held(await shop.sku(3), 1200)
    expect(await extend(orderId, 1)).toEqual({
      status: 'extended',
      expiresAt: new Date(expiresAt).toISOString(),
    })
    const longest = await extend(orderId, 86_400)
    const reservation = await reservationOf(orderId)
    const createdAt = Date.parse(reservation?.createdAt ?? '')
    expect(longest).toEqual({
      status: 'extended',
      expiresAt: new Date(createdAt + holdLimitSeconds * 1000).toISOString(),
    })
    expect(await extend(orderId, 86_400)).toEqual(longest)
  })

  it('answers gone for what was released, has expired, was sold or never was', async () => {
    const sku = await shop.sku(9)
    const [released, expired, sold] = [await held(sku), await held(sku), await held(sku)]
    await shop.order.stock.release.mutate({ orderId: released.orderId, reason: 'test' })
    await shop.overdue(expired.orderId)
    await sweep()
    await commit(sold.orderId)
    for (const orderId of [released.orderId, expired.orderId, sold.orderId, newId()]) {
      expect(await extend(orderId)).toEqual({ status: 'gone' })
    }
    expect(await shop.level(sku)).toMatchObject({ onHand: 8, reserved: 0 })
  })

  it('and expiry at one moment: who is told that the hold goes on can still buy', async () => {
    const sku = await shop.sku(1000)
    const outcomes = await Promise.all(
      Array.from({ length: 60 }, async () => {
        const { orderId } = await held(sku)
        await shop.overdue(orderId)
        const [answer] = await Promise.all([extend(orderId), sweep()])
        return { extended: answer.status, sale: await commit(orderId) }
      }),
    )
    for (const { extended, sale } of outcomes) {
      expect(sale).toBe(extended === 'extended' ? 'committed' : 'gone')
    }
  })
})

describe("F33 a reservation's expiry races with the payment", () => {
  it('either sold or given back, never both, over many rounds', async () => {
    const sku = await shop.sku(10_000)
    const answers = new Map<string, string>()
    const seen = (answer: string) => [...answers.values()].filter((value) => value === answer).length
    const round = async () => {
      const orders = await Promise.all(Array.from({ length: 50 }, async () => await held(sku, 1)))
      const last = Math.max(...orders.map(({ expiresAt }) => expiresAt))
      await until('their second is almost over', () => Date.now() >= last - 30)
      await Promise.all([
        ...orders.map(async ({ orderId }) => {
          answers.set(orderId, await commit(orderId))
        }),
        ...Array.from({ length: 6 }, sweep),
      ])
      await sweep()
    }
    const deadline = Date.now() + 15_000
    for (let rounds = 0; rounds < 3 || seen('committed') === 0 || seen('gone') === 0; rounds += 1) {
      if (Date.now() > deadline) break
      // Half of the rounds are a little late, so that both come first somewhere.
      await Promise.all([round(), round()])
      const late = await Promise.all(Array.from({ length: 20 }, async () => await held(sku)))
      await Promise.all(late.map(async ({ orderId }) => await shop.overdue(orderId)))
      await Promise.all([
        sweep(),
        ...late.map(async ({ orderId }) => {
          answers.set(orderId, await commit(orderId))
        }),
      ])
    }
    expect(seen('committed')).toBeGreaterThan(0)
    expect(seen('gone')).toBeGreaterThan(0)
    const rows = await shop.service.sql<{ order_id: string; status: string; endings: string }>(
      `select order_id, status, (select string_agg(kind, ' ' order by seq) from movement
         where reservation_id = reservation.id and kind <> 'reservation') as endings
       from reservation where order_id = any($1)`,
      [[...answers.keys()]],
    )
    expect(rows).toHaveLength(answers.size)
    for (const { order_id: orderId, status, endings } of rows) {
      const expected = answers.get(orderId) === 'committed' ? 'committed sale' : 'expired release'
      expect(`${status} ${endings}`).toBe(expected)
    }
    expect(await shop.level(sku)).toMatchObject({ onHand: 10_000 - seen('committed'), reserved: 0 })
  }, 40_000)
})

describe('a sale asked for late', () => {
  it('finds the units gone when the order was cancelled and they are back on the shelf', async () => {
    const sku = await shop.sku(5)
    const { orderId } = await held(sku)
    expect(await commit(orderId)).toBe('committed')
    const undo = { orderId, eventId: newId(), eventName: 'order.cancelled', reason: 'order cancelled' }
    await shop.db.transaction(async (tx) => await undoOrder({ lowStockThreshold }, tx, undo))
    expect(await shop.level(sku)).toMatchObject({ onHand: 5, reserved: 0 })
    expect(await commit(orderId)).toBe('gone')
    expect(await extend(orderId)).toEqual({ status: 'gone' })
    expect(
      await shop.order.stock.reserve.mutate({ orderId, lines: [{ sku, quantity: 1 }], ttlSeconds: 60 }),
    ).toEqual({ status: 'ended', as: 'restocked' })
    expect(await reservationOf(orderId)).toMatchObject({ status: 'restocked' })
    expect(await shop.level(sku)).toMatchObject({ onHand: 5, reserved: 0 })
  })

  it('and the cancellation at one moment agree about where the units are', async () => {
    const sku = await shop.sku(100)
    const answers = await Promise.all(
      Array.from({ length: 30 }, async () => {
        const { orderId } = await held(sku)
        const undo = { orderId, eventId: newId(), eventName: 'order.cancelled', reason: 'test' }
        await Promise.all([
          commit(orderId),
          shop.db.transaction(async (tx) => await undoOrder({ lowStockThreshold }, tx, undo)),
        ])
        return await commit(orderId)
      }),
    )
    expect(new Set(answers)).toEqual(new Set(['gone']))
    expect(await shop.level(sku)).toMatchObject({ onHand: 100, reserved: 0 })
  })
})
