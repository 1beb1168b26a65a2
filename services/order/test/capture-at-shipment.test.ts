import { newId } from '@souk/kernel/id'
import { nobody, person } from '@souk/testing/service-harness'
import { until } from '@souk/testing/until'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type OrderHarness, orderFor, startOrderHarness } from './harness.ts'

let shop: OrderHarness
beforeAll(async () => {
  shop = await startOrderHarness({ captureAt: 'shipment' })
  shop.neighbours.decide = () => ({ status: 'authorized', action: null, failure: null })
})
afterAll(async () => await shop?.stop())

async function sold() {
  const placed = await shop.service.as(nobody).order.place.mutate(orderFor(shop.sku()))
  if (placed.status !== 'placed') throw new Error(`Expected placed, got ${placed.status}`)
  return placed.order
}
const staff = () => shop.service.as(person('staff')).order
const read = async (id: string) => await staff().get.query({ id })

async function tell(order: { id: string; paymentId?: string }, outcome: 'captured' | 'failed') {
  await shop.publish('payment', {
    name: 'payment.processed',
    aggregateId: newId(),
    data: {
      paymentId: newId(),
      orderId: order.id,
      outcome,
      method: 'card',
      amountMinor: 1900,
      currency: 'EUR',
      failureReason: outcome === 'failed' ? 'The held amount was not captured in time.' : null,
    },
  })
}

test('with capture at shipment a payment is started as a hold, and the order is confirmed on it', async () => {
  const order = await sold()
  expect(order).toMatchObject({ status: 'confirmed', payment: { status: 'authorized' } })
  expect(shop.neighbours.started.find(({ orderId }) => orderId === order.id)?.captureMode).toBe('manual')
})

test('an order shows that its payment was captured when the goods left', async () => {
  const order = await sold()
  await staff().changeStatus.mutate({ id: order.id, status: 'shipped' })
  await tell(order, 'captured')
  await until('it shows', async () => (await read(order.id)).payment?.status === 'captured')
  expect((await read(order.id)).status).toBe('shipped')
})

test('an order whose hold ran out before shipment is cancelled, with the reason; a shipped one is not', async () => {
  const waiting = await sold()
  const shipped = await sold()
  await staff().changeStatus.mutate({ id: shipped.id, status: 'shipped' })
  await tell(shipped, 'failed')
  await tell(waiting, 'failed')
  await until('it is cancelled', async () => (await read(waiting.id)).status === 'cancelled')
  const entry = (await read(waiting.id)).timeline.at(-1)
  expect(entry).toMatchObject({ type: 'cancelled', note: 'The held amount was not captured in time.' })
  expect((await read(shipped.id)).status).toBe('shipped')
})
