import { describe, expect, test } from 'vitest'
import { checkHistory, newPurchase, type OrderOfKey, type Purchase, type Step } from './history.ts'
import { checkPapers } from './stock-work.ts'

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
  shipped: 0,
  returns: 0,
  follow_ups: 0,
  is_follow_up: false,
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

  const two = { quantity: 2 }
  const steps = (...all: Step[]) => ordered({ ...two, steps: all })
  const edited = { kind: 'edit', pieces: 1, outcome: 'done', totalMinor: 60 } as const
  const sent = { kind: 'parcel', pieces: 2, outcome: 'done' } as const
  const back = { kind: 'return', pieces: 1, outcome: 'done' } as const
  const swapped = { ...edited, kind: 'swap' } as const
  const unknown = { outcome: 'unknown' } as const

  test.each<[string, Purchase, Partial<OrderOfKey>, number]>([
    ['was changed, and is', steps(edited), { quantity: 1, total_minor: 60 }, 0],
    ['was changed, and is not', steps(edited), two, 2],
    ['was perhaps changed, and is', steps({ ...edited, ...unknown }), { quantity: 1, total_minor: 60 }, 0],
    ['was perhaps changed, and is not', steps({ ...edited, ...unknown }), two, 0],
    [
      'was not changed, and is',
      steps({ ...edited, outcome: 'refused' }),
      { quantity: 1, total_minor: 60 },
      2,
    ],
    ['is followed by another', steps(swapped), { quantity: 1, total_minor: 60, follow_ups: 1 }, 0],
    ['is followed by none', steps(swapped), { quantity: 1, total_minor: 60 }, 1],
    ['is followed twice', steps(swapped), { quantity: 1, total_minor: 60, follow_ups: 2 }, 1],
    ['was sent, and is', steps(sent), { ...two, shipped: 2 }, 0],
    ['was sent, and is not', steps(sent), two, 1],
    ['was sent twice', steps(sent), { ...two, shipped: 4 }, 1],
    ['came back', steps(back), { ...two, returns: 1 }, 0],
    ['was exchanged', steps(back, { ...back, kind: 'exchange' }), { ...two, returns: 1, follow_ups: 1 }, 0],
    ['was exchanged for nothing', steps(back, { ...back, kind: 'exchange' }), { ...two, returns: 1 }, 1],
    ['came back twice', steps({ ...back, ...unknown }), { ...two, returns: 2 }, 1],
  ])('an order that %s', (_name, told, found, faults) => {
    expect(checkHistory([told], [order('confirmed', found)])).toHaveLength(faults)
  })

  test('an offer that failed once may be taken once more, an order may not', () => {
    const made = [order('failed', { id: 'p' }), order('confirmed')]
    expect(checkHistory([ordered({ method: 'draft' })], made)).toEqual([])
    expect(checkHistory([ordered()], made)).not.toEqual([])
  })

  test.each([
    ['done', 1, 0],
    ['done', 0, 1],
    ['done', 2, 1],
    ['refused', 0, 0],
    ['refused', 1, 1],
    ['unknown', 1, 0],
    ['unknown', 2, 1],
  ] as const)('a transfer that was answered %s and is there %i times', (outcome, times, faults) => {
    const found = Array.from({ length: times }, () => ({ kind: 'transfer' as const, note: 'k' }))
    expect(checkPapers([{ kind: 'transfer', key: 'k', outcome }], found)).toHaveLength(faults)
  })
})
