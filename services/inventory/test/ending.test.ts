import { newId } from '@souk/kernel/id'
import { until } from '@souk/testing/until'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { sellReservations } from '../src/stock/end-store.ts'
import { type InventoryHarness, startInventoryHarness } from './harness.ts'
import { expectSoundLedger } from './sound-ledger.ts'

let shop: InventoryHarness
beforeAll(async () => {
  shop = await startInventoryHarness()
})
afterAll(async () => {
  await expectSoundLedger(shop.service)
  await shop.stop()
})

async function held(sku: string, quantity = 1, ttlSeconds = 600): Promise<string> {
  const orderId = newId()
  const result = await shop.order.stock.reserve.mutate({ orderId, lines: [{ sku, quantity }], ttlSeconds })
  expect(result.status).toBe('reserved')
  return orderId
}
const commit = async (orderId: string) => (await shop.order.stock.commit.mutate({ orderId })).status
const release = async (orderId: string) =>
  (await shop.order.stock.release.mutate({ orderId, reason: 'payment declined' })).status
const statusOf = async (orderId: string) => (await shop.order.stock.reservation.query({ orderId }))?.status
const expired = async (orderId: string) =>
  await until('the reservation has expired', async () => (await statusOf(orderId)) === 'expired')

describe('committing', () => {
  it('takes the units off the shelf, once', async () => {
    const sku = await shop.sku(10)
    const orderId = await held(sku, 4)
    expect(await commit(orderId)).toBe('committed')
    expect(await commit(orderId)).toBe('committed')
    expect(await shop.level(sku)).toMatchObject({ onHand: 6, reserved: 0, available: 6 })
    expect(await statusOf(orderId)).toBe('committed')
  })

  it('happens once when it is asked for forty times in one moment', async () => {
    const sku = await shop.sku(10)
    const orderId = await held(sku, 4)
    const other = await shop.startAnother()
    const answers = await Promise.all(
      Array.from({ length: 40 }, async (_, index) => {
        const client = index % 2 === 0 ? shop.order : other.order
        return (await client.stock.commit.mutate({ orderId })).status
      }),
    )
    expect(new Set(answers)).toEqual(new Set(['committed']))
    expect(await shop.level(sku)).toMatchObject({ onHand: 6, reserved: 0 })
  })

  it('answers gone for an order that holds nothing any more, or never did', async () => {
    const sku = await shop.sku(10)
    const orderId = await held(sku, 4)
    await release(orderId)
    expect(await commit(orderId)).toBe('gone')
    expect(await commit(newId())).toBe('gone')
    expect(await shop.level(sku)).toMatchObject({ onHand: 10, reserved: 0 })
  })
})

describe('releasing', () => {
  it('frees the units, once, and keeps the reason in the ledger', async () => {
    const sku = await shop.sku(10)
    const orderId = await held(sku, 4)
    expect(await release(orderId)).toBe('released')
    expect(await release(orderId)).toBe('released')
    expect(await shop.level(sku)).toMatchObject({ onHand: 10, reserved: 0, available: 10 })
    const { items } = await shop.staff.stock.movements.query({ orderId })
    expect(items.map(({ kind, reason, actor }) => [kind, reason, actor])).toEqual([
      ['release', 'payment declined', 'service:order'],
      ['reservation', null, 'service:order'],
    ])
  })

  it('leaves sold units sold', async () => {
    const sku = await shop.sku(10)
    const orderId = await held(sku, 4)
    await commit(orderId)
    expect(await release(orderId)).toBe('committed')
    expect(await shop.level(sku)).toMatchObject({ onHand: 6, reserved: 0 })
  })

  it('answers every time that nothing was reserved, and refuses a reservation that comes late', async () => {
    const sku = await shop.sku(10)
    const orderId = newId()
    expect(await release(orderId)).toBe('nothing_reserved')
    expect(await release(orderId)).toBe('nothing_reserved')
    const late = await shop.order.stock.reserve.mutate({
      orderId,
      lines: [{ sku, quantity: 1 }],
      ttlSeconds: 600,
    })
    expect(late).toEqual({ status: 'ended', as: 'released' })
    expect(await shop.level(sku)).toMatchObject({ reserved: 0 })
  })

  it('and committing at the same moment end in one of the two, never in both', async () => {
    const sku = await shop.sku(100)
    const other = await shop.startAnother()
    const outcomes = await Promise.all(
      Array.from({ length: 40 }, async (_, index) => {
        const orderId = await held(sku)
        const tasks = [
          async () => (await other.order.stock.commit.mutate({ orderId })).status,
          async () => await release(orderId),
        ]
        if (index % 2 === 0) tasks.reverse()
        const answers = await Promise.all(tasks.map(async (task) => await task()))
        return answers.sort().join(' and ')
      }),
    )
    // Sold: both say committed. Released: the commit finds it gone.
    expect(
      outcomes.every((outcome) => ['committed and committed', 'gone and released'].includes(outcome)),
    ).toBe(true)
    const sold = outcomes.filter((outcome) => outcome === 'committed and committed').length
    expect(await shop.level(sku)).toMatchObject({ onHand: 100 - sold, reserved: 0 })
  })
})

describe('expiry', () => {
  it('gives the units back soon after the time has passed, and says so', async () => {
    const sku = await shop.sku(10)
    const orderId = await held(sku, 4, 1)
    await expired(orderId)
    expect(await shop.level(sku)).toMatchObject({ onHand: 10, reserved: 0, available: 10 })
    const events = await shop.service.sql<{ payload: { orderId: string; reservationId: string } }>(
      `select payload from outbox where name = 'stock.reservation_expired' and payload->>'orderId' = $1`,
      [orderId],
    )
    const reservation = await shop.order.stock.reservation.query({ orderId })
    expect(events).toEqual([{ payload: { orderId, reservationId: reservation?.id } }])
    expect(await commit(orderId)).toBe('gone')
    expect(await release(orderId)).toBe('released')
  })

  it('sweeps many at once, over two instances, each of them once', async () => {
    const sku = await shop.sku(500)
    await shop.startAnother()
    const orderIds = await Promise.all(Array.from({ length: 250 }, async () => await held(sku)))
    await shop.service.sql(
      `update reservation set expires_at = now() - interval '1 second' where order_id = any($1)`,
      [orderIds],
    )
    await until('nothing is reserved', async () => (await shop.level(sku)).reserved === 0)
    const [told] = await shop.service.sql<{ count: number }>(
      `select count(*)::int as count from outbox
       where name = 'stock.reservation_expired' and payload->>'orderId' = any($1)`,
      [orderIds],
    )
    expect(told?.count).toBe(250)
  })

  it('and payment at the same moment: what was given back is never sold', async () => {
    const sku = await shop.sku(100_000)
    const answers = new Map<string, string>()
    const seen = (answer: string) => [...answers.values()].filter((value) => value === answer).length
    const deadline = Date.now() + 10_000
    const buyUntilBothHappened = async () => {
      while ((seen('committed') < 20 || seen('gone') < 20) && Date.now() < deadline) {
        const orderId = await held(sku)
        await shop.overdue(orderId)
        answers.set(orderId, await commit(orderId))
      }
    }
    await Promise.all(Array.from({ length: 30 }, buyUntilBothHappened))
    expect(seen('committed')).toBeGreaterThan(0)
    expect(seen('gone')).toBeGreaterThan(0)
    for (const [orderId, answer] of answers) {
      expect(await statusOf(orderId)).toBe(answer === 'committed' ? 'committed' : 'expired')
    }
    expect(await shop.level(sku)).toMatchObject({ onHand: 100_000 - seen('committed'), reserved: 0 })
  })

  it('is decided by the row: what is overdue but still held can be sold', async () => {
    const sku = await shop.sku(10)
    const orderId = await held(sku)
    const options = { actor: 'test', reason: null, lowStockThreshold: 0 }
    const sold = await shop.db.transaction(async (tx) => {
      // The row is ours until the end, so no sweep comes between the two.
      await tx.query(`update reservation set expires_at = now() - interval '1 hour' where order_id = $1`, [
        orderId,
      ])
      return await sellReservations(tx, [orderId], options)
    })
    expect(sold.get(orderId)?.before).toBe('active')
    expect(await statusOf(orderId)).toBe('committed')
    expect(await shop.level(sku)).toMatchObject({ onHand: 9, reserved: 0 })
  })
})
