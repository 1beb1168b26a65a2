import { newId } from '@souk/kernel/id'
import { money } from '@souk/kernel/money'
import { person } from '@souk/testing/service-harness'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { endReturnTime, type OrderHarness, orderFor, startOrderHarness } from './harness.ts'

let shop: OrderHarness
beforeAll(async () => {
  shop = await startOrderHarness()
})
afterAll(async () => await shop.stop())

const clerk = person('staff')
const staff = () => shop.service.as(clerk)

/** Three mugs at 19.00 and a bowl at 31.00; two mugs have arrived, and nothing else has left. */
async function partlyDelivered() {
  const customer = person()
  const [mug, bowl] = [shop.sku({ price: 1900 }), shop.sku({ price: 3100 })]
  const items = [
    { sku: mug, quantity: 3 },
    { sku: bowl, quantity: 1 },
  ]
  const placed = await shop.service.as(customer).order.place.mutate(orderFor(mug, { items }))
  if (placed.status !== 'placed') throw new Error(placed.status)
  const order = { id: placed.order.id, mug, bowl, customer }
  await arrived(order, [{ sku: mug, quantity: 2 }])
  return order
}
type Partly = Awaited<ReturnType<typeof partlyDelivered>>

async function arrived({ id }: { id: string }, lines: { sku: string; quantity: number }[]) {
  const shipmentId = newId()
  await staff().order.ship.mutate({ id, shipmentId, lines })
  await staff().order.deliverShipment.mutate({ id, shipmentId })
}

const seen = async ({ id, customer }: Partly) => await shop.service.as(customer).order.get.query({ id })
const ask = async ({ id, customer }: Partly, sku: string, quantity = 1) => {
  const input = { id, returnId: newId(), lines: [{ sku, quantity }], reason: 'damaged' as const }
  await shop.service.as(customer).return.request.mutate(input)
  return input.returnId
}
async function takeBack(order: Partly, sku: string, quantity = 1) {
  const id = await ask(order, sku, quantity)
  await staff().return.approve.mutate({ id })
  await staff().return.receive.mutate({ id, lines: [{ sku, quantity, disposition: 'restock' }] })
  return await staff().return.refund.mutate({ id })
}

describe('a parcel that arrived before the rest', () => {
  test('can be sent back: the status stays, the line counts, stock and money go back', async () => {
    const order = await partlyDelivered()
    expect(await seen(order)).toMatchObject({
      status: 'processing',
      items: [{ returnableQuantity: 2 }, { returnableQuantity: 0 }],
      shipments: [{ returnableUntil: expect.any(String) }],
    })
    expect(await takeBack(order, order.mug)).toMatchObject({ status: 'completed', refund: money(1900) })
    const after = await seen(order)
    expect(after).toMatchObject({
      status: 'processing',
      items: [{ returnedQuantity: 1, returnPendingQuantity: 0, returnableQuantity: 1 }, {}],
    })
    expect(after.timeline.map(({ type }) => type)).toContain('goods_returned')
    const [event] = await shop.service.sql<{ payload: object }>(
      `select payload from outbox where aggregate_id = $1 and name = 'order.returned'`,
      [order.id],
    )
    expect(event?.payload).toMatchObject({ isPartial: true, lines: [{ sku: order.mug, quantity: 1 }] })
  })

  test('leaves the order partly returned once the last parcel is there, and then returned', async () => {
    const order = await partlyDelivered()
    await takeBack(order, order.mug, 2)
    await staff().order.ship.mutate({ id: order.id, shipmentId: newId() })
    expect((await seen(order)).status).toBe('shipped')
    const done = await staff().order.changeStatus.mutate({ id: order.id, status: 'delivered' })
    expect(done.status).toBe('partially_returned')
    expect(done.timeline.slice(-1)).toMatchObject([{ type: 'delivered' }])
    const names = await shop.service.sql<{ name: string }>(
      `select name from outbox where aggregate_id = $1 and name = 'order.delivered'`,
      [order.id],
    )
    expect(names).toHaveLength(1)
    await takeBack(order, order.bowl)
    await takeBack(order, order.mug)
    expect((await seen(order)).status).toBe('returned')
  })

  test('has a time of its own; the next parcel has another, staff have all the time', async () => {
    const order = await partlyDelivered()
    await endReturnTime(shop.service, order.id)
    await expect(ask(order, order.mug)).rejects.toMatchObject({
      code: 'INVALID_STATE',
      message: 'The time in which these goods could be returned is over.',
    })
    await arrived(order, [{ sku: order.mug, quantity: 1 }])
    expect((await seen(order)).items[0]?.returnableQuantity).toBe(1)
    await expect(ask(order, order.mug, 2)).rejects.toMatchObject({
      message: `Only 1 of ${order.mug} can still be returned in time.`,
    })
    await ask(order, order.mug)
    await expect(ask(order, order.mug)).rejects.toMatchObject({ code: 'INVALID_STATE' })
    const late = { id: order.id, returnId: newId(), reason: 'other' as const }
    await staff().return.request.mutate({ ...late, lines: [{ sku: order.mug, quantity: 1 }] })
  })

  test('gives back no piece that is still on its way, nor the same piece twice at once', async () => {
    const order = await partlyDelivered()
    await expect(ask(order, order.bowl)).rejects.toMatchObject({ code: 'INVALID_INPUT' })
    await expect(ask(order, order.mug, 3)).rejects.toMatchObject({ code: 'INVALID_INPUT' })
    const outcomes = await Promise.allSettled(
      Array.from({ length: 4 }, async () => await ask(order, order.mug)),
    )
    expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(2)
    for (const status of ['returned', 'partially_returned'] as const) {
      const lines = [{ sku: order.mug, quantity: 1 }]
      await expect(staff().order.changeStatus.mutate({ id: order.id, status, lines })).rejects.toMatchObject({
        code: 'INVALID_STATE',
      })
    }
    await expect(
      shop.service.sql(
        `update shipment set return_until = now() where order_id = $1 and return_until is not null`,
        [order.id],
      ),
    ).rejects.toThrow('only carrier and tracking')
    await expect(
      shop.service.sql(`update orders set status = 'partially_returned' where id = $1`, [order.id]),
    ).rejects.toThrow(/cannot go from|all of it has arrived/)
  })
})
