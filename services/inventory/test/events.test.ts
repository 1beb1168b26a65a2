import type { EventData } from '@souk/events/catalog'
import { newId } from '@souk/kernel/id'
import { until } from '@souk/testing/until'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { onOrderReturned } from '../src/stock/on-order-returned.ts'
import { onOrdersConfirmed } from '../src/stock/on-orders-confirmed.ts'
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

const money = { subtotalMinor: 0, discountMinor: 0, shippingMinor: 0, taxMinor: 0, totalMinor: 0 }
const orderRef = (orderId: string) => ({ orderId, number: 'S-1', userId: null })
const confirmed = (orderId: string): EventData<'order.confirmed'> => ({
  ...orderRef(orderId),
  email: 'a@example.test',
  customerName: 'A',
  accessToken: null,
  lines: [],
  totals: { ...money, currency: 'EUR' },
})
const cancelled = (orderId: string, wasConfirmed: boolean): EventData<'order.cancelled'> => ({
  ...confirmed(orderId),
  reason: 'changed my mind',
  wasConfirmed,
  paymentId: null,
})
const failed = (orderId: string): EventData<'order.failed'> => ({
  ...orderRef(orderId),
  reason: 'payment declined',
  paymentId: null,
})
const created = (variants: { sku: string; initialStock: number }[]): EventData<'product.created'> => ({
  productId: newId(),
  slug: 'a-product',
  name: 'A product',
  variants: variants.map((variant) => ({ ...variant, variantId: newId() })),
})

async function held(sku: string, quantity: number): Promise<string> {
  const orderId = newId()
  const lines = [{ sku, quantity }]
  expect((await shop.order.stock.reserve.mutate({ orderId, lines, ttlSeconds: 600 })).status).toBe('reserved')
  return orderId
}
async function sold(sku: string, quantity: number): Promise<string> {
  const orderId = await held(sku, quantity)
  await shop.order.stock.commit.mutate({ orderId })
  return orderId
}
/** Waits until everything published so far has been handled. */
async function settled(eventId: string): Promise<void> {
  await until('the event is in the inbox', async () => {
    const rows = await shop.service.sql('select 1 from inbox where event_id = $1', [eventId])
    return rows.length === 1
  })
}
const skuName = () => `SKU-${newId().slice(-12)}`

describe('a new product', () => {
  it('makes its variants known, with what they start with as a receipt', async () => {
    const [some, none] = [skuName(), skuName()]
    await settled(
      await shop.publish(
        'product.created',
        created([
          { sku: some, initialStock: 12 },
          { sku: none, initialStock: 0 },
        ]),
      ),
    )
    expect(await shop.level(some)).toMatchObject({ onHand: 12, reserved: 0, available: 12 })
    expect(await shop.level(none)).toMatchObject({ onHand: 0, reserved: 0, available: 0 })
    const { items } = await shop.staff.stock.movements.query({ sku: some })
    expect(items.map(({ kind, onHandDelta, actor }) => [kind, onHandDelta, actor])).toEqual([
      ['receipt', 12, 'event:product.created'],
    ])
    expect((await shop.staff.stock.movements.query({ sku: none })).items).toEqual([])
  })

  it('is counted once, however often its event is delivered', async () => {
    const sku = skuName()
    const eventId = newId()
    const data = created([{ sku, initialStock: 12 }])
    for (let index = 0; index < 5; index += 1) await shop.publish('product.created', data, { eventId })
    await settled(eventId)
    await settled(await shop.publish('product.created', created([{ sku: skuName(), initialStock: 1 }])))
    expect(await shop.level(sku)).toMatchObject({ onHand: 12 })
  })

  it('with a SKU that was there before goes on with what is on the shelf', async () => {
    const sku = await shop.sku(5)
    await held(sku, 2)
    await settled(
      await shop.publish('product.updated', {
        productId: newId(),
        slug: 'a-product',
        previousSlug: 'a-product',
        addedVariants: [],
        removedSkus: [sku],
      }),
    )
    expect(await shop.level(sku)).toMatchObject({ onHand: 5, reserved: 2 })
    await settled(await shop.publish('product.created', created([{ sku, initialStock: 7 }])))
    expect(await shop.level(sku)).toMatchObject({ onHand: 12, reserved: 2, available: 10 })
  })

  it('that gains a variant later makes that one known too', async () => {
    const sku = skuName()
    await settled(
      await shop.publish('product.updated', {
        productId: newId(),
        slug: 'a-product',
        previousSlug: 'a-product',
        addedVariants: [{ variantId: newId(), sku, initialStock: 4 }],
        removedSkus: [],
      }),
    )
    expect(await shop.level(sku)).toMatchObject({ onHand: 4 })
  })
})

describe('a confirmed order', () => {
  it('has its units sold, even when the call that should have sold them was lost', async () => {
    const sku = await shop.sku(10)
    const orderId = await held(sku, 3)
    await settled(await shop.publish('order.confirmed', confirmed(orderId)))
    expect(await shop.level(sku)).toMatchObject({ onHand: 7, reserved: 0 })
    expect(await shop.order.stock.commit.mutate({ orderId })).toEqual({ status: 'committed' })
  })

  it('changes nothing when its units were sold already', async () => {
    const sku = await shop.sku(10)
    const orderId = await sold(sku, 3)
    await settled(await shop.publish('order.confirmed', confirmed(orderId)))
    expect(await shop.level(sku)).toMatchObject({ onHand: 7, reserved: 0 })
  })
})

describe('an order that came to nothing', () => {
  it.each([
    ['cancelled', (orderId: string) => shop.publish('order.cancelled', cancelled(orderId, false))],
    ['failed', (orderId: string) => shop.publish('order.failed', failed(orderId))],
  ])('frees what it held when it was %s', async (_name, publish) => {
    const sku = await shop.sku(10)
    const orderId = await held(sku, 3)
    await settled(await publish(orderId))
    expect(await shop.level(sku)).toMatchObject({ onHand: 10, reserved: 0 })
    expect(await shop.order.stock.commit.mutate({ orderId })).toEqual({ status: 'gone' })
  })

  it('puts sold units back exactly once, by whichever events it is told', async () => {
    const sku = await shop.sku(10)
    const orderId = await sold(sku, 3)
    expect(await shop.level(sku)).toMatchObject({ onHand: 7 })
    const eventId = newId()
    const events = [
      await shop.publish('order.cancelled', cancelled(orderId, true), { eventId }),
      await shop.publish('order.cancelled', cancelled(orderId, true), { eventId }),
      await shop.publish('order.cancelled', cancelled(orderId, true)),
      await shop.publish('order.failed', failed(orderId)),
    ]
    for (const id of events) await settled(id)
    expect(await shop.level(sku)).toMatchObject({ onHand: 10, reserved: 0, available: 10 })
    const { items } = await shop.staff.stock.movements.query({ orderId })
    expect(items.map(({ kind }) => kind)).toEqual(['return', 'sale', 'reservation'])
  })

  it('puts units back although nobody knew that the sale had happened', async () => {
    const sku = await shop.sku(10)
    const orderId = await sold(sku, 3)
    await settled(await shop.publish('order.cancelled', cancelled(orderId, false)))
    expect(await shop.level(sku)).toMatchObject({ onHand: 10, reserved: 0 })
  })

  it('puts units back where they came from', async () => {
    const sku = await shop.sku(2)
    const cellar = await shop.addLocation(500)
    await shop.staff.stock.adjust.mutate({ sku, delta: 5, reason: 'received', locationId: cellar })
    const orderId = await sold(sku, 6)
    await settled(await shop.publish('order.cancelled', cancelled(orderId, true)))
    expect((await shop.level(sku)).locations.map(({ id, onHand }) => [id, onHand])).toEqual([
      [mainLocation, 2],
      [cellar, 5],
    ])
  })

  it('gets no units any more when its reservation comes late', async () => {
    const sku = await shop.sku(10)
    const orderId = newId()
    await settled(await shop.publish('order.failed', failed(orderId)))
    const lines = [{ sku, quantity: 1 }]
    expect(await shop.order.stock.reserve.mutate({ orderId, lines, ttlSeconds: 600 })).toEqual({
      status: 'ended',
      as: 'released',
    })
  })
})

describe('a return', () => {
  const returned = (orderId: string, sku: string, quantity: number): EventData<'order.returned'> => ({
    ...orderRef(orderId),
    lines: [{ sku, quantity }],
    isPartial: true,
  })

  it('puts pieces back on the shelf, part by part', async () => {
    const sku = await shop.sku(10)
    const orderId = await sold(sku, 5)
    await settled(await shop.publish('order.returned', returned(orderId, sku, 2)))
    await settled(await shop.publish('order.returned', returned(orderId, sku, 3)))
    expect(await shop.level(sku)).toMatchObject({ onHand: 10, reserved: 0 })
  })

  it('puts back only what is sold again and writes the rest off, once', async () => {
    const sku = await shop.sku(10)
    const orderId = await sold(sku, 5)
    const data: EventData<'order.returned'> = {
      ...returned(orderId, sku, 1),
      lines: [
        { sku, quantity: 1, disposition: 'restock' },
        { sku, quantity: 3, disposition: 'write_off' },
      ],
    }
    const id = await shop.publish('order.returned', data)
    await settled(id)
    const event = { ...envelope, id, name: 'order.returned', data } as const
    await expect(
      shop.db.transaction(async (tx) => await onOrderReturned({ lowStockThreshold: 0 }, event, tx)),
    ).rejects.toThrow()
    expect(await shop.level(sku)).toMatchObject({ onHand: 6, reserved: 0 })
    const ledger = await shop.service.sql(
      `select kind, on_hand_delta, on_hand_after from movement where order_id = $1 and kind in ('return', 'write_off')
       order by seq`,
      [orderId],
    )
    expect(ledger).toEqual([
      { kind: 'return', on_hand_delta: 4, on_hand_after: 9 },
      { kind: 'write_off', on_hand_delta: -3, on_hand_after: 6 },
    ])
    await settled(await shop.publish('order.returned', returned(orderId, sku, 1)))
    expect(await shop.level(sku)).toMatchObject({ onHand: 7, reserved: 0 })
  })

  it('of more than was sold changes nothing and fails, so that a person sees it', async () => {
    const sku = await shop.sku(10)
    const orderId = await sold(sku, 5)
    await settled(await shop.publish('order.returned', returned(orderId, sku, 4)))
    const event = { ...envelope, name: 'order.returned', data: returned(orderId, sku, 2) } as const
    const handling = shop.db.transaction(
      async (tx) => await onOrderReturned({ lowStockThreshold: 0 }, event, tx),
    )
    await expect(handling).rejects.toThrow('cannot come back')
    expect(await shop.level(sku)).toMatchObject({ onHand: 9, reserved: 0 })
  })
})

describe('an order that was confirmed although it holds nothing', () => {
  it('fails, so that a person sees it', async () => {
    const event = { ...envelope, name: 'order.confirmed', data: confirmed(newId()) } as const
    const handling = shop.db.transaction(
      async (tx) => await onOrdersConfirmed({ lowStockThreshold: 0 }, [event], tx),
    )
    await expect(handling).rejects.toMatchObject({ code: 'INVALID_STATE' })
  })
})

const envelope = {
  id: newId(),
  version: 1,
  aggregateId: newId(),
  aggregateVersion: 1,
  occurredAt: new Date().toISOString(),
  traceId: null,
}
