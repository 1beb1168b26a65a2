import { newId } from '@souk/kernel/id'
import { money } from '@souk/kernel/money'
import { nobody, person } from '@souk/testing/service-harness'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type OrderHarness, orderFor, startOrderHarness } from './harness.ts'

let shop: OrderHarness
beforeAll(async () => {
  shop = await startOrderHarness()
})
afterAll(async () => await shop.stop())

const code = 'ABCD-EFGH-JKMN-PQRS-TVWX'
const startOf = (orderId: string) => shop.neighbours.starts.find((start) => start.orderId === orderId)

describe('an order paid by credit', () => {
  test('asks payment for the card by its id, and keeps the code nowhere', async () => {
    const cardId = newId()
    shop.neighbours.credits.set(code, cardId)
    const input = orderFor(shop.sku(), { giftCardCode: code, expectedCredit: money(1000) })
    const result = await shop.service.as(nobody).order.place.mutate(input)
    expect(result).toMatchObject({ status: 'placed', order: { payment: { credit: money(1000) } } })
    expect(startOf(input.id)).toMatchObject({
      amount: money(2390),
      method: { type: 'card' },
      credit: { ids: [cardId], expected: money(1000) },
    })
    for (const table of ['orders', 'order_history', 'outbox', 'idempotency'])
      expect(JSON.stringify(await shop.service.sql(`select * from ${table}`))).not.toContain(code)
  })

  test('takes the gift card before the store credit of the customer who is signed in', async () => {
    const customer = person()
    const ids = [newId(), newId()]
    shop.neighbours.credits.set(code, ids[0] ?? '').set(customer.userId, ids[1] ?? '')
    const paidBy = { paymentMethod: { type: 'credit' }, giftCardCode: code, useStoreCredit: true } as const
    const input = orderFor(shop.sku(), paidBy)
    await shop.service.as(customer).order.place.mutate(input)
    expect(startOf(input.id)).toMatchObject({ method: { type: 'credit' }, credit: { ids } })
  })

  test('a repeat is answered as before, also when the card is gone by then', async () => {
    shop.neighbours.credits.set(code, newId())
    const input = orderFor(shop.sku(), { giftCardCode: code })
    const first = await shop.service.as(nobody).order.place.mutate(input)
    shop.neighbours.credits.delete(code)
    expect(await shop.service.as(nobody).order.place.mutate(input)).toEqual(first)
  })

  test.each([
    ['an unknown code', { giftCardCode: '0000-0000' }, 'giftCardCode'],
    ['a code of 10 kB', { giftCardCode: 'A'.repeat(10_000) }, 'giftCardCode'],
    ['store credit of nobody', { useStoreCredit: true }, 'useStoreCredit'],
    ['credit alone and none named', { paymentMethod: { type: 'credit' as const } }, 'paymentMethod'],
    [
      'a negative expectation',
      { expectedCredit: { amount: -1, currency: 'EUR' as const } },
      'expectedCredit.amount',
    ],
  ])('%s writes no order', async (_name, over, path) => {
    const input = orderFor(shop.sku(), over)
    await expect(shop.service.as(nobody).order.place.mutate(input)).rejects.toMatchObject({
      code: 'INVALID_INPUT',
      details: { errors: [{ path }] },
    })
    expect(await shop.service.sql('select 1 from orders where id = $1', [input.id])).toEqual([])
  })
})
