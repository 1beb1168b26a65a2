import { describe, expect, test } from 'vitest'
import { checkHistory, newPurchase, type OrderOfKey, type Purchase } from './history.ts'

const purchase = (over: Partial<Purchase>): Purchase => ({
  ...newPurchase({ key: 'k', sku: 's', quantity: 1, method: 'tok_visa' }),
  ...over,
})
const ordered = (over: Partial<Purchase> = {}) =>
  purchase({ outcome: 'ordered', orderId: 'o', totalMinor: 100, ...over })
const order = (status: string, over: Partial<OrderOfKey> = {}): OrderOfKey => ({
  command_key: 'k',
  id: 'o',
  status,
  quantity: 1,
  total_minor: 100,
  ...over,
})
const refused = purchase({ outcome: 'refused', code: 'out_of_stock' })

describe('the history check', () => {
  test.each<[string, Purchase, OrderOfKey[], number]>([
    ['told yes and there', ordered(), [order('confirmed')], 0],
    ['told yes and missing', ordered(), [], 1],
    ['told yes with another sum', ordered({ totalMinor: 90 }), [order('confirmed')], 1],
    ['told yes with another quantity', ordered(), [order('confirmed', { quantity: 2 })], 1],
    ['told confirmed and undone', ordered({ toldStatus: 'confirmed' }), [order('failed')], 1],
    ['told waiting and failed', ordered({ toldStatus: 'awaiting_payment' }), [order('failed')], 0],
    ['told yes and cancelled by nobody', ordered(), [order('cancelled')], 1],
    ['told no and nothing', refused, [], 0],
    ['told no and failed', refused, [order('failed')], 0],
    ['told no and sold', refused, [order('confirmed')], 1],
    ['unknown and there', purchase({}), [order('confirmed')], 0],
    ['unknown and not there', purchase({}), [], 0],
    ['unknown and for ever pending', purchase({}), [order('pending')], 1],
    ['two orders of one key', purchase({}), [order('confirmed'), order('confirmed', { id: 'p' })], 1],
    ['cancelled and so it is', ordered({ cancel: 'done' }), [order('cancelled')], 0],
    ['perhaps cancelled, and it is', ordered({ cancel: 'unknown' }), [order('cancelled')], 0],
    ['perhaps cancelled, and it is not', ordered({ cancel: 'unknown' }), [order('confirmed')], 0],
    ['cancelled and shipped all the same', ordered({ cancel: 'done' }), [order('shipped')], 1],
  ])('%s', (_name, told, orders, faults) => {
    expect(checkHistory([told], orders)).toHaveLength(faults)
  })

  test('an order nobody asked for is a fault', () => {
    expect(checkHistory([], [order('confirmed')])).toHaveLength(1)
  })

  test.each([
    ['nothing of an acknowledged one', 0, 1],
    ['the acknowledged one', 30, 0],
    ['the unknown one too', 70, 0],
    ['the unknown one twice', 110, 1],
  ])('a payment that gave back %s', (_name, refundedMinor, faults) => {
    const told = ordered({
      paymentId: 'p',
      refunds: [
        { amountMinor: 30, outcome: 'done' },
        { amountMinor: 40, outcome: 'unknown' },
        { amountMinor: 50, outcome: 'refused' },
      ],
    })
    const payments = new Map([['p', { captured_minor: 100, refunded_minor: refundedMinor }]])
    expect(checkHistory([told], [order('confirmed')], payments)).toHaveLength(faults)
  })
})
