import { newId } from '@souk/kernel/id'
import { money } from '@souk/kernel/money'
import { nobody, person } from '@souk/testing/service-harness'
import { until } from '@souk/testing/until'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { orderEdges } from '../src/contract.ts'
import { type OrderHarness, orderFor, startOrderHarness } from './harness.ts'

let shop: OrderHarness
beforeAll(async () => {
  shop = await startOrderHarness()
})
afterAll(async () => await shop.stop())

async function confirmedOrder(customer = person()) {
  const result = await shop.service.as(customer).order.place.mutate(orderFor(shop.sku()))
  if (result.status !== 'placed') throw new Error(result.status)
  return { order: result.order, customer }
}

describe('an order after it was placed', () => {
  test('the database knows the same steps as the contract', async () => {
    const rows = await shop.service.sql<{ step: string }>(
      `select from_status || '>' || to_status as step from order_edge`,
    )
    const legal = orderEdges.flatMap(({ from, to }) =>
      from.filter((each) => each !== to).map((each) => `${each}>${to}`),
    )
    expect(rows.map(({ step }) => step).sort()).toEqual([...new Set(legal)].sort())
  })

  test('the database refuses a step that is not in the table, and a change of history', async () => {
    const { order } = await confirmedOrder()
    await expect(
      shop.service.sql(`update orders set status = 'delivered' where id = $1`, [order.id]),
    ).rejects.toThrow('cannot go from confirmed')
    await expect(
      shop.service.sql('delete from order_history where order_id = $1', [order.id]),
    ).rejects.toThrow('append-only')
  })

  test('staff process, ship and deliver it; each step is in the timeline and announced', async () => {
    const { order, customer } = await confirmedOrder()
    const staff = shop.service.as(person('staff'))
    await staff.order.changeStatus.mutate({ id: order.id, status: 'processing' })
    await staff.order.changeStatus.mutate({
      id: order.id,
      status: 'shipped',
      carrier: 'DHL',
      trackingNumber: 'JD01',
    })
    const delivered = await staff.order.changeStatus.mutate({ id: order.id, status: 'delivered' })
    expect(delivered.timeline.map(({ type }) => type)).toEqual([
      'placed',
      'confirmed',
      'processing',
      'shipped',
      'delivered',
    ])
    expect(delivered.shipments).toMatchObject([{ carrier: 'DHL', trackingNumber: 'JD01' }])
    const mine = await shop.service.as(customer).order.mine.query({})
    expect(mine.items).toMatchObject([{ id: order.id, status: 'delivered', itemCount: 1 }])
    const names = await shop.service.sql<{ name: string }>(
      'select name from outbox where aggregate_id = $1 order by seq',
      [order.id],
    )
    expect(names.map(({ name }) => name)).toEqual([
      'order.placed',
      'order.confirmed',
      'order.processing',
      'order.shipped',
      'order.delivered',
    ])
  })

  test('an illegal step is refused and changes nothing', async () => {
    const { order } = await confirmedOrder()
    const staff = shop.service.as(person('staff'))
    for (const status of ['delivered', 'pending', 'confirmed', 'failed'] as const) {
      await expect(staff.order.changeStatus.mutate({ id: order.id, status })).rejects.toMatchObject({
        code: 'INVALID_STATE',
      })
    }
    expect((await staff.order.get.query({ id: order.id })).timeline).toHaveLength(2)
  })

  test('its customer cancels it; a second time gives the same order; nobody else can', async () => {
    const { order, customer } = await confirmedOrder()
    await expect(shop.service.as(person()).order.cancel.mutate({ id: order.id })).rejects.toMatchObject({
      code: 'NOT_FOUND',
    })
    await expect(shop.service.as(nobody).order.cancel.mutate({ id: order.id })).rejects.toMatchObject({
      code: 'NOT_FOUND',
    })
    const first = await shop.service
      .as(customer)
      .order.cancel.mutate({ id: order.id, reason: 'Changed my mind' })
    const second = await shop.service.as(customer).order.cancel.mutate({ id: order.id })
    expect([first.status, second.status]).toEqual(['cancelled', 'cancelled'])
    expect(second.timeline.filter(({ type }) => type === 'cancelled')).toHaveLength(1)
    const events = await shop.service.sql<{ payload: { wasConfirmed: boolean; paymentId: string } }>(
      `select payload from outbox where aggregate_id = $1 and name = 'order.cancelled'`,
      [order.id],
    )
    expect(events).toMatchObject([{ payload: { wasConfirmed: true, paymentId: order.payment?.id } }])
  })

  test('a shipped order cannot be cancelled', async () => {
    const { order, customer } = await confirmedOrder()
    await shop.service.as(person('staff')).order.changeStatus.mutate({ id: order.id, status: 'shipped' })
    await expect(shop.service.as(customer).order.cancel.mutate({ id: order.id })).rejects.toMatchObject({
      code: 'INVALID_STATE',
      message: 'An order that is shipped cannot become cancelled.',
    })
  })

  test('shipping and cancelling at once end in one of the two', async () => {
    const { order, customer } = await confirmedOrder()
    const outcomes = await Promise.allSettled([
      shop.service.as(customer).order.cancel.mutate({ id: order.id }),
      shop.service.as(person('staff')).order.changeStatus.mutate({ id: order.id, status: 'shipped' }),
    ])
    expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
  })

  test('goods come back in part, then wholly, and never more than were sold', async () => {
    const sku = shop.sku()
    const placed = await shop.service
      .as(person())
      .order.place.mutate(orderFor(sku, { items: [{ sku, quantity: 3 }] }))
    if (placed.status !== 'placed') throw new Error(placed.status)
    const { id } = placed.order
    const staff = shop.service.as(person('staff'))
    await staff.order.changeStatus.mutate({ id, status: 'shipped' })
    await staff.order.changeStatus.mutate({ id, status: 'delivered' })
    const bring = async (quantity: number) =>
      await staff.order.changeStatus.mutate({ id, status: 'partially_returned', lines: [{ sku, quantity }] })
    expect((await bring(1)).status).toBe('partially_returned')
    await expect(bring(3)).rejects.toMatchObject({
      code: 'INVALID_INPUT',
      message: `Only 2 of ${sku} can still come back.`,
    })
    await expect(staff.order.changeStatus.mutate({ id, status: 'partially_returned' })).rejects.toMatchObject(
      { code: 'INVALID_INPUT' },
    )
    const done = await staff.order.changeStatus.mutate({ id, status: 'returned' })
    expect(done).toMatchObject({
      status: 'returned',
      timeline: expect.arrayContaining([expect.objectContaining({ note: `2 × ${sku}` })]),
    })
    await expect(bring(1)).rejects.toMatchObject({ code: 'INVALID_INPUT' })
    const events = await shop.service.sql<{ payload: object }>(
      `select payload from outbox where aggregate_id = $1 and name = 'order.returned' order by seq`,
      [id],
    )
    expect(events.map(({ payload }) => payload)).toMatchObject([
      { lines: [{ sku, quantity: 1 }], isPartial: true },
      { lines: [{ sku, quantity: 2 }], isPartial: false },
    ])
  })

  test('customers cannot change a status', async () => {
    const { order, customer } = await confirmedOrder()
    const attempt = shop.service.as(customer).order.changeStatus.mutate({ id: order.id, status: 'shipped' })
    await expect(attempt).rejects.toMatchObject({ code: 'FORBIDDEN' })
    await expect(
      shop.service.as(nobody).order.changeStatus.mutate({ id: order.id, status: 'shipped' }),
    ).rejects.toMatchObject({ code: 'UNAUTHENTICATED' })
  })

  test('refunds are shown with their running total, and one told twice counts once', async () => {
    const { order } = await confirmedOrder()
    const data = {
      paymentId: order.payment?.id ?? '',
      orderId: order.id,
      refundId: newId(),
      amountMinor: 500,
      refundedTotalMinor: 500,
      currency: 'EUR',
      reason: 'Scratched',
    }
    await shop.publish('payment', { name: 'payment.refunded', aggregateId: data.paymentId, data })
    await shop.publish('payment', { name: 'payment.refunded', aggregateId: data.paymentId, data })
    const staff = shop.service.as(person('staff'))
    const refunded = await until('the refund is shown', async () => {
      const now = await staff.order.get.query({ id: order.id })
      return now.refunded.amount > 0 && now
    })
    expect(refunded.refunded).toEqual(money(500))
    expect(refunded.timeline.filter(({ type }) => type === 'refunded')).toMatchObject([
      { note: '€5.00: Scratched' },
    ])
  })

  test('lists page without loss or repeat, and search finds by number', async () => {
    const customer = person()
    for (let index = 0; index < 5; index += 1) await confirmedOrder(customer)
    const seen: string[] = []
    let cursor: string | undefined
    do {
      const page = await shop.service
        .as(customer)
        .order.mine.query({ limit: 2, ...(cursor === undefined ? {} : { cursor }) })
      seen.push(...page.items.map(({ id }) => id))
      cursor = page.nextCursor ?? undefined
    } while (cursor !== undefined)
    expect(new Set(seen).size).toBe(5)
    expect(seen).toHaveLength(5)
    const staff = shop.service.as(person('staff'))
    const order = await staff.order.get.query({ id: seen[0] ?? '' })
    expect((await staff.order.list.query({ q: order.number })).items.map(({ id }) => id)).toEqual([order.id])
    await expect(staff.order.list.query({ cursor: 'nonsense' })).rejects.toMatchObject({
      code: 'INVALID_INPUT',
    })
  })

  test('the report adds up what was sold today', async () => {
    const { order } = await confirmedOrder()
    const report = await shop.service.as(person('staff')).report.sales.query({ days: 7 })
    expect(report.days).toHaveLength(7)
    expect(report.days.at(-1)?.orders).toBeGreaterThanOrEqual(1)
    expect(report.totals.revenueMinor).toBeGreaterThanOrEqual(order.totals.total.amount)
    expect(report.days.reduce((sum, day) => sum + day.revenueMinor, 0)).toBe(report.totals.revenueMinor)
  })
})
