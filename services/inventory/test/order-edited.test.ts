import type { EventData } from '@souk/events/catalog'
import { newId } from '@souk/kernel/id'
import { until } from '@souk/testing/until'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
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

const edited = (orderId: string, sku: string, quantity: number): EventData<'order.edited'> => ({
  orderId,
  number: 'S-1',
  userId: null,
  email: 'a@example.test',
  customerName: 'A',
  accessToken: null,
  lines: [],
  totals: {
    subtotalMinor: 0,
    discountMinor: 0,
    shippingMinor: 0,
    taxMinor: 0,
    totalMinor: 0,
    currency: 'EUR',
  },
  editId: newId(),
  removed: [{ sku, name: 'Mug', optionsLabel: '', quantity }],
  loweredMinor: 1,
})
async function sold(sku: string, quantity: number): Promise<string> {
  const orderId = newId()
  await shop.order.stock.reserve.mutate({ orderId, lines: [{ sku, quantity }], ttlSeconds: 600 })
  await shop.order.stock.commit.mutate({ orderId })
  return orderId
}
async function settled(eventId: string): Promise<void> {
  await until('the event is in the inbox', async () => {
    const rows = await shop.service.sql('select 1 from inbox where event_id = $1', [eventId])
    return rows.length === 1
  })
}
const levelOf = async (sku: string) => {
  const [row] = await shop.service.sql<{ onHand: number; backordered: number }>(
    'select on_hand::int as "onHand", backordered::int as backordered from stock_item where sku = $1',
    [sku],
  )
  return row
}

describe('what is taken out of an order', () => {
  it('is back on the shelf, once however often it is told, and the cancellation brings only the rest', async () => {
    const sku = await shop.sku(5)
    const orderId = await sold(sku, 4)
    const data = edited(orderId, sku, 3)
    const eventId = newId()
    for (let copy = 0; copy < 3; copy += 1) await shop.publish('order.edited', data, { eventId })
    await settled(eventId)
    expect(await levelOf(sku)).toEqual({ onHand: 4, backordered: 0 })
    const { removed: _removed, loweredMinor: _lowered, editId: _edit, ...order } = data
    const over = { ...order, reason: 'x', wasConfirmed: true, paymentId: null }
    await settled(await shop.publish('order.cancelled', over))
    expect(await levelOf(sku)).toEqual({ onHand: 5, backordered: 0 })
  })

  it('is first what the order only waits for', async () => {
    const sku = await shop.sku(2)
    await shop.staff.stock.configure.mutate({ sku, backorderLimit: 5 })
    const orderId = await sold(sku, 5)
    expect(await levelOf(sku)).toEqual({ onHand: 0, backordered: 3 })
    await settled(await shop.publish('order.edited', edited(orderId, sku, 2)))
    expect(await levelOf(sku)).toEqual({ onHand: 0, backordered: 1 })
    await settled(await shop.publish('order.edited', edited(orderId, sku, 2)))
    expect(await levelOf(sku)).toEqual({ onHand: 1, backordered: 0 })
  })
})
