import { describe, expect, test } from 'vitest'
import { checkHistory, type Purchase } from './history.ts'
import { seededRandom } from './random.ts'

const purchase = (over: Partial<Purchase>): Purchase => ({
  key: 'k',
  sku: 's',
  quantity: 1,
  outcome: 'unknown',
  code: '',
  orderId: undefined,
  orderToken: undefined,
  wasCancelled: false,
  requests: 1,
  ...over,
})
const order = (status: string, id = 'o') => ({ command_key: 'k', id, status })

describe('the history check', () => {
  test.each([
    ['told yes and there', purchase({ outcome: 'ordered', orderId: 'o' }), [order('confirmed')], 0],
    ['told yes and missing', purchase({ outcome: 'ordered', orderId: 'o' }), [], 1],
    ['told no and nothing', purchase({ outcome: 'refused', code: 'out_of_stock' }), [], 0],
    ['told no and failed', purchase({ outcome: 'refused', code: 'out_of_stock' }), [order('failed')], 0],
    ['told no and sold', purchase({ outcome: 'refused', code: 'out_of_stock' }), [order('confirmed')], 1],
    ['unknown and there', purchase({}), [order('confirmed')], 0],
    ['unknown and not there', purchase({}), [], 0],
    ['two orders of one key', purchase({}), [order('confirmed'), order('confirmed', 'p')], 1],
    [
      'cancelled and shipped all the same',
      purchase({ outcome: 'ordered', orderId: 'o', wasCancelled: true }),
      [order('shipped')],
      1,
    ],
  ])('%s', (_name, told, orders, faults) => {
    expect(checkHistory([told], orders)).toHaveLength(faults)
  })

  test('an order nobody asked for is a fault', () => {
    expect(checkHistory([], [order('confirmed')])).toHaveLength(1)
  })
})

test('a seed gives the same schedule again', () => {
  const numbers = (seed: number) => Array.from({ length: 50 }, seededRandom(seed).next)
  expect(numbers(7)).toEqual(numbers(7))
  expect(numbers(7)).not.toEqual(numbers(8))
})
