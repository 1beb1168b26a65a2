import { AppError } from '@souk/kernel/errors'
import { newId } from '@souk/kernel/id'
import { nobody, person } from '@souk/testing/service-harness'
import { until } from '@souk/testing/until'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { type OrderHarness, orderFor, startOrderHarness } from './harness.ts'

let shop: OrderHarness
beforeAll(async () => {
  shop = await startOrderHarness()
})
afterEach(() => {
  shop.neighbours.afterCommit = () => {}
})
afterAll(async () => await shop.stop())

const staff = () => shop.service.as(person('staff'))
const seen = async (id: string) => await staff().order.get.query({ id })
const later = async (id: string) =>
  (await seen(id)).items.map(({ sku, shipsLater, expectedOn }) => [sku, shipsLater, expectedOn])
const eventsOf = async (id: string, name: string) =>
  await shop.service.sql<{ payload: { lines: { sku: string; quantity: number }[] } }>(
    'select payload from outbox where aggregate_id = $1 and name = $2 order by seq',
    [id, name],
  )

/** A SKU of which so many are there and three more may be promised. */
function scarce(stock: number, expectedOn?: string): string {
  const sku = shop.sku({ stock })
  shop.neighbours.backorders.set(sku, 3)
  if (expectedOn) shop.neighbours.expected.set(sku, expectedOn)
  return sku
}
async function place(...items: { sku: string; quantity: number }[]) {
  const placed = await shop.service.as(nobody).order.place.mutate(orderFor(items[0]?.sku ?? '', { items }))
  if (placed.status !== 'placed') throw new Error(placed.status)
  return placed.order
}
const arrived = async (orderId: string, sku: string, quantity: number, isComplete: boolean) =>
  await shop.publish('inventory', {
    name: 'stock.promise_kept',
    aggregateId: newId(),
    data: { orderId, reservationId: newId(), sku, quantity, isComplete },
  })

describe('pieces that are sold before they are there', () => {
  test('ship later on the order, in the quote and in the event of the mail, with the day if it is known', async () => {
    const [mug, bowl] = [scarce(1, '2999-12-24'), shop.sku()]
    const items = [
      { sku: mug, quantity: 3 },
      { sku: bowl, quantity: 1 },
    ]
    const quote = await shop.service.as(nobody).checkout.quote.query({ items })
    expect(quote.items).toMatchObject([
      { sku: mug, shipsLater: 2, expectedOn: '2999-12-24' },
      { sku: bowl, shipsLater: 0, expectedOn: null },
    ])
    const order = await place(...items)
    expect(order.items).toMatchObject([
      { sku: mug, shipsLater: 2, expectedOn: '2999-12-24' },
      { sku: bowl, shipsLater: 0, expectedOn: null },
    ])
    const [confirmed] = await eventsOf(order.id, 'order.confirmed')
    expect(confirmed?.payload.lines[0]).toMatchObject({ sku: mug, shipsLater: 2, expectedOn: '2999-12-24' })
    expect(confirmed?.payload.lines[1]).not.toHaveProperty('shipsLater')
  })

  test('name no day that is over', async () => {
    const order = await place({ sku: scarce(0, '2020-01-31'), quantity: 1 })
    expect(order.items).toMatchObject([{ shipsLater: 1, expectedOn: null }])
  })

  test('are told when all of them have come, once', async () => {
    const [mug, bowl] = [scarce(1), scarce(0)]
    const { id } = await place({ sku: mug, quantity: 3 }, { sku: bowl, quantity: 1 })
    await arrived(id, mug, 1, false)
    await until('one more mug is here', async () => (await seen(id)).items[0]?.shipsLater === 1)
    expect(await eventsOf(id, 'order.promise_kept')).toEqual([])
    await arrived(id, bowl, 1, false)
    await arrived(id, mug, 1, true)
    const [kept] = await until('it is told', async () => {
      const events = await eventsOf(id, 'order.promise_kept')
      return events.length > 0 ? events : undefined
    })
    expect(kept?.payload.lines.map(({ sku, quantity }) => [sku, quantity])).toEqual([
      [mug, 2],
      [bowl, 1],
    ])
    expect(await later(id)).toEqual([
      [mug, 0, null],
      [bowl, 0, null],
    ])
    expect(await eventsOf(id, 'order.promise_kept')).toHaveLength(1)
    const notes = (await seen(id)).timeline.filter(({ type }) => type === 'arrived')
    expect(notes).toHaveLength(3)
  })

  test('that come before the order is confirmed are counted, and its confirmation says no more of them', async () => {
    const sku = scarce(0)
    shop.neighbours.afterCommit = () => {
      throw new AppError('UNAVAILABLE', 'The answer is lost')
    }
    const { id, status } = await place({ sku, quantity: 1 })
    expect(status).toBe('pending')
    await arrived(id, sku, 1, true)
    await until('it is counted', async () => {
      const [line] = await shop.service.sql<{ arrived_quantity: number }>(
        'select arrived_quantity from order_line where order_id = $1',
        [id],
      )
      return line?.arrived_quantity === 1
    })
    shop.neighbours.afterCommit = () => {}
    await until('it is confirmed', async () => (await seen(id)).status === 'confirmed')
    expect(await later(id)).toEqual([[sku, 0, null]])
    const [confirmed] = await eventsOf(id, 'order.confirmed')
    expect(confirmed?.payload.lines[0]).not.toHaveProperty('shipsLater')
    expect(await eventsOf(id, 'order.promise_kept')).toEqual([])
  })

  test('show another day as soon as staff expect them then', async () => {
    const sku = scarce(0, '2999-12-01')
    const { id } = await place({ sku, quantity: 1 })
    const done = await place({ sku, quantity: 1 })
    await arrived(done.id, sku, 1, true)
    await until('the other has come', async () => (await seen(done.id)).items[0]?.shipsLater === 0)
    await shop.publish('inventory', {
      name: 'stock.delivery_expected',
      aggregateId: newId(),
      data: { sku, expectedOn: '2999-12-24' },
    })
    await until('the day is new', async () => (await seen(id)).items[0]?.expectedOn === '2999-12-24')
    expect(await later(done.id)).toEqual([[sku, 0, null]])
  })

  test('are the first that an edit takes out', async () => {
    const sku = scarce(2)
    const { id } = await place({ sku, quantity: 5 })
    expect(await later(id)).toEqual([[sku, 3, null]])
    const leave = async (quantity: number) =>
      await staff().order.edit.mutate({ id, editId: newId(), items: [{ sku, quantity }] })
    await leave(3)
    expect(await later(id)).toEqual([[sku, 1, null]])
    await arrived(id, sku, 1, true)
    await until('it has come', async () => (await seen(id)).items[0]?.shipsLater === 0)
    const [kept] = await eventsOf(id, 'order.promise_kept')
    expect(kept?.payload.lines).toMatchObject([{ sku, quantity: 1 }])
  })

  test('are waited for no more when the order is cancelled, and nothing is told then', async () => {
    const sku = scarce(0)
    const { id } = await place({ sku, quantity: 1 })
    await staff().order.cancel.mutate({ id })
    expect(await later(id)).toEqual([[sku, 0, null]])
    await arrived(id, sku, 1, true)
    const { id: next } = await place({ sku: scarce(0), quantity: 1 })
    await arrived(next, (await seen(next)).items[0]?.sku ?? '', 1, true)
    await until(
      'what came after it was heard',
      async () => (await eventsOf(next, 'order.promise_kept')).length === 1,
    )
    expect(await eventsOf(id, 'order.promise_kept')).toEqual([])
  })
})
