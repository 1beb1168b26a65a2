import { newId } from '@souk/kernel/id'
import { nobody, person } from '@souk/testing/service-harness'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type OrderHarness, orderFor, startOrderHarness } from './harness.ts'

let shop: OrderHarness
beforeAll(async () => {
  shop = await startOrderHarness()
})
afterAll(async () => await shop.stop())

const staff = () => shop.service.as(person('staff'))

/** Two mugs and a bowl, confirmed: 2 × 19.00 + 31.00 + 4.90 shipping. */
async function twoMugsAndABowl(customer = person()) {
  const [mug, bowl] = [shop.sku({ price: 1900 }), shop.sku({ price: 3100 })]
  const items = [
    { sku: mug, quantity: 2 },
    { sku: bowl, quantity: 1 },
  ]
  const result = await shop.service.as(customer).order.place.mutate({ ...orderFor(mug), items })
  if (result.status !== 'placed') throw new Error(result.status)
  return { id: result.order.id, order: result.order, mug, bowl, customer }
}

async function eventsOf(orderId: string, name: string) {
  const rows = await shop.service.sql<{ payload: Record<string, unknown> }>(
    'select payload from outbox where aggregate_id = $1 and name = $2 order by seq',
    [orderId, name],
  )
  return rows.map(({ payload }) => payload)
}

describe('an order that goes in parcels', () => {
  test('is processing until everything is shipped; each parcel tells its lines and its share of the money', async () => {
    const { id, order, mug, bowl } = await twoMugsAndABowl()
    const first = await staff().order.ship.mutate({
      id,
      shipmentId: newId(),
      lines: [{ sku: mug, quantity: 1 }],
      carrier: 'DHL',
      trackingNumber: 'JD01',
    })
    expect(first).toMatchObject({
      status: 'processing',
      shipments: [
        { carrier: 'DHL', trackingNumber: 'JD01', deliveredAt: null, lines: [{ sku: mug, quantity: 1 }] },
      ],
      items: [
        { sku: mug, quantity: 2, shippedQuantity: 1 },
        { sku: bowl, quantity: 1, shippedQuantity: 0 },
      ],
    })
    const second = await staff().order.ship.mutate({ id, shipmentId: newId() })
    expect(second.status).toBe('shipped')
    expect(second.shipments[1]?.lines).toEqual([
      { sku: mug, quantity: 1 },
      { sku: bowl, quantity: 1 },
    ])
    const events = await eventsOf(id, 'order.shipped')
    expect(events).toMatchObject([
      { shipmentId: first.shipments[0]?.id, isComplete: false, lines: [{ sku: mug, quantity: 1 }] },
      { shipmentId: second.shipments[1]?.id, isComplete: true, lines: [{ sku: mug }, { sku: bowl }] },
    ])
    const shares = events.map(({ amountMinor }) => Number(amountMinor))
    expect(shares[0]).toBeGreaterThan(0)
    expect(shares.reduce((sum, share) => sum + share, 0)).toBe(order.totals.total.amount)
    expect(second.timeline.map(({ type }) => type)).toEqual([
      'placed',
      'confirmed',
      'processing',
      'parcel_shipped',
      'shipped',
    ])
  })

  test('is delivered when its last parcel is, in any order; a parcel delivered twice counts once', async () => {
    const { id, bowl } = await twoMugsAndABowl()
    const [one, two] = [newId(), newId()]
    await staff().order.ship.mutate({ id, shipmentId: one, lines: [{ sku: bowl, quantity: 1 }] })
    const early = await staff().order.deliverShipment.mutate({ id, shipmentId: one })
    expect(early).toMatchObject({ status: 'processing', shipments: [{ deliveredAt: expect.any(String) }] })
    await staff().order.ship.mutate({ id, shipmentId: two })
    const again = await staff().order.deliverShipment.mutate({ id, shipmentId: one })
    expect(again.status).toBe('shipped')
    const done = await staff().order.deliverShipment.mutate({ id, shipmentId: two })
    expect(done.status).toBe('delivered')
    expect(await eventsOf(id, 'order.parcel_delivered')).toHaveLength(1)
    expect(await eventsOf(id, 'order.delivered')).toHaveLength(1)
  })

  test('is delivered as a whole by its status, parcels and pieces with it', async () => {
    const { id, mug } = await twoMugsAndABowl()
    await staff().order.ship.mutate({ id, shipmentId: newId(), lines: [{ sku: mug, quantity: 2 }] })
    await staff().order.changeStatus.mutate({ id, status: 'shipped', trackingNumber: 'REST' })
    const done = await staff().order.changeStatus.mutate({ id, status: 'delivered' })
    expect(done.shipments.every(({ deliveredAt }) => deliveredAt !== null)).toBe(true)
    expect(done.items.map(({ quantity, deliveredQuantity }) => quantity - deliveredQuantity)).toEqual([0, 0])
  })

  test('cannot be cancelled once a piece has left, by anybody', async () => {
    const { id, mug, customer } = await twoMugsAndABowl()
    await staff().order.ship.mutate({ id, shipmentId: newId(), lines: [{ sku: mug, quantity: 1 }] })
    for (const who of [customer, person('staff')]) {
      await expect(shop.service.as(who).order.cancel.mutate({ id })).rejects.toMatchObject({
        code: 'INVALID_STATE',
      })
    }
    await expect(
      shop.service.sql(`update orders set status = 'cancelled' where id = $1`, [id]),
    ).rejects.toThrow('cannot be cancelled')
  })
})

describe('the same pieces sent twice', () => {
  test('of two people at once, one wins and the other is refused; nothing is sent beyond the order', async () => {
    const { id, mug } = await twoMugsAndABowl()
    const lines = [{ sku: mug, quantity: 2 }]
    const outcomes = await Promise.allSettled(
      Array.from(
        { length: 4 },
        async () => await staff().order.ship.mutate({ id, shipmentId: newId(), lines }),
      ),
    )
    expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
    for (const outcome of outcomes) {
      if (outcome.status === 'rejected') {
        expect(outcome.reason).toMatchObject({
          code: 'INVALID_STATE',
          message: `Only 0 of ${mug} are left to ship.`,
        })
      }
    }
    expect((await staff().order.get.query({ id })).shipments).toHaveLength(1)
    expect(await eventsOf(id, 'order.shipped')).toHaveLength(1)
  })

  test('under one parcel id or one key are one parcel; with other goods in it the id is refused', async () => {
    const { id, mug } = await twoMugsAndABowl()
    const command = { id, shipmentId: newId(), lines: [{ sku: mug, quantity: 1 }] }
    const clerk = person('staff')
    await shop.service.as(clerk).order.ship.mutate(command)
    await shop.service.as(clerk).order.ship.mutate(command)
    const keyed = shop.service.as(clerk, { idempotencyKey: newId() })
    await keyed.order.changeStatus.mutate({ id, status: 'shipped' })
    const last = await keyed.order.changeStatus.mutate({ id, status: 'shipped' })
    expect(last.shipments).toHaveLength(2)
    await expect(
      staff().order.ship.mutate({ ...command, lines: [{ sku: mug, quantity: 2 }] }),
    ).rejects.toMatchObject({ code: 'CONFLICT' })
    const other = await twoMugsAndABowl()
    await expect(
      staff().order.ship.mutate({ id: other.id, shipmentId: command.shipmentId }),
    ).rejects.toMatchObject({ code: 'CONFLICT' })
    expect((await staff().order.get.query({ id: other.id })).shipments).toEqual([])
  })

  test('are refused by the database itself', async () => {
    const { id, mug } = await twoMugsAndABowl()
    const parcel = newId()
    await shop.service.sql('insert into shipment (id, order_id) values ($1, $2)', [parcel, id])
    await expect(
      shop.service.sql(
        'insert into shipment_line (shipment_id, order_id, sku, quantity) values ($1, $2, $3, 3)',
        [parcel, id, mug],
      ),
    ).rejects.toThrow('order_line_sent')
    await expect(
      shop.service.sql(`update orders set status = 'shipped' where id = $1`, [id]),
    ).rejects.toThrow('when all of it has left')
    await expect(
      shop.service.sql('insert into shipment (id, order_id, amount_minor) values ($1, $2, 1000000)', [
        newId(),
        id,
      ]),
    ).rejects.toThrow('orders_shipped')
  })
})

describe('the tracking of a parcel', () => {
  test('is corrected later and announced again with what is in the parcel; the same once more is silent', async () => {
    const { id, bowl } = await twoMugsAndABowl()
    const shipmentId = newId()
    await staff().order.ship.mutate({ id, shipmentId, lines: [{ sku: bowl, quantity: 1 }], carrier: 'DHL' })
    const to = { id, shipmentId, carrier: 'DPD', trackingNumber: '0512' }
    const corrected = await staff().order.correctShipment.mutate(to)
    await staff().order.correctShipment.mutate(to)
    expect(corrected.shipments).toMatchObject([{ carrier: 'DPD', trackingNumber: '0512' }])
    expect(await eventsOf(id, 'order.tracking_corrected')).toMatchObject([
      { shipmentId, carrier: 'DPD', trackingNumber: '0512', lines: [{ sku: bowl, quantity: 1 }] },
    ])
    await expect(
      shop.service.sql('update shipment set amount_minor = 1 where id = $1', [shipmentId]),
    ).rejects.toThrow('only carrier and tracking number')
  })
})

describe('what cannot be sent', () => {
  test('is refused with the reason, and nothing is written', async () => {
    const { id, mug } = await twoMugsAndABowl()
    const other = await twoMugsAndABowl()
    const parcel = newId()
    await staff().order.ship.mutate({ id: other.id, shipmentId: parcel })
    const ship = async (over: object) => await staff().order.ship.mutate({ id, shipmentId: newId(), ...over })
    const refused: [() => Promise<unknown>, string][] = [
      [async () => await ship({ lines: [{ sku: mug, quantity: 3 }] }), 'INVALID_INPUT'],
      [async () => await ship({ lines: [{ sku: mug, quantity: 2 ** 31 }] }), 'INVALID_INPUT'],
      [async () => await ship({ lines: [{ sku: mug, quantity: 0 }] }), 'INVALID_INPUT'],
      [async () => await ship({ lines: [] }), 'INVALID_INPUT'],
      [async () => await ship({ lines: [{ sku: other.mug, quantity: 1 }] }), 'INVALID_INPUT'],
      [async () => await ship({ note: 'x'.repeat(10_000) }), 'INVALID_INPUT'],
      [async () => await ship({ id: newId() }), 'NOT_FOUND'],
      [async () => await staff().order.deliverShipment.mutate({ id, shipmentId: parcel }), 'NOT_FOUND'],
      [async () => await staff().order.correctShipment.mutate({ id, shipmentId: parcel }), 'NOT_FOUND'],
      [async () => await staff().order.ship.mutate({ id: other.id, shipmentId: newId() }), 'INVALID_STATE'],
      [
        async () => await shop.service.as(other.customer).order.ship.mutate({ id, shipmentId: newId() }),
        'FORBIDDEN',
      ],
      [
        async () => await shop.service.as(nobody).order.deliverShipment.mutate({ id, shipmentId: parcel }),
        'UNAUTHENTICATED',
      ],
    ]
    for (const [attempt, code] of refused) await expect(attempt()).rejects.toMatchObject({ code })
    expect(await staff().order.get.query({ id })).toMatchObject({ status: 'confirmed', shipments: [] })
  })
})
