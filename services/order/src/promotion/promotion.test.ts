import { describe, expect, test } from 'vitest'
import { allGoods, type Buyer, customerKeys, type Promotion, refusalOf } from './promotion.ts'

const now = new Date('2026-11-21T12:00:00Z')
const base: Promotion = {
  id: 'p',
  code: 'CODE',
  name: 'Offer',
  kind: 'percentage',
  value: 1000,
  scope: allGoods,
  offer: null,
  minSubtotalMinor: 0,
  minQuantity: 0,
  customers: [],
  isFirstOrder: false,
  isExclusive: false,
  priority: 0,
  isActive: true,
  usageLimit: null,
  perCustomerLimit: null,
  usedCount: 0,
  startsAt: null,
  endsAt: null,
}
const guest: Buyer = { userId: null, email: 'ada@example.test', hasOrdered: false, uses: new Map() }
const mug = { sku: 'mug', productId: 'm', categorySlug: 'tableware', quantity: 2, unitPriceMinor: 1900 }
const refusal = (over: Partial<Promotion>, buyer: Partial<Buyer> = {}) =>
  refusalOf({ ...base, ...over }, { goods: [mug], buyer: { ...guest, ...buyer }, now })

describe('whether a promotion takes part', () => {
  test('it does when nothing speaks against it', () => {
    expect(refusal({})).toBeUndefined()
    expect(
      refusal({ minSubtotalMinor: 3800, minQuantity: 2, customers: ['ada@example.test'] }),
    ).toBeUndefined()
    expect(
      refusal({ usageLimit: 3, usedCount: 2, perCustomerLimit: 2 }, { uses: new Map([['p', 1]]) }),
    ).toBeUndefined()
    expect(refusal({ startsAt: now, endsAt: new Date(now.getTime() + 1) })).toBeUndefined()
    expect(refusal({ isFirstOrder: true }, { hasOrdered: null })).toBeUndefined()
  })

  test.each([
    ['while it is paused', { isActive: false }, {}, 'unknown', 'This code is not valid.'],
    [
      'before it begins',
      { startsAt: new Date(now.getTime() + 1) },
      {},
      'not_yet',
      'This code is not valid yet.',
    ],
    ['when it is over', { endsAt: now }, {}, 'over', 'This code is not valid any more.'],
    ['when all uses are gone', { usageLimit: 3, usedCount: 3 }, {}, 'used_up', 'This code is used up.'],
    [
      'below its least',
      { minSubtotalMinor: 5000 },
      {},
      'too_small',
      'This code needs an order of €50.00 or more.',
    ],
    [
      'with too few pieces',
      { minQuantity: 3 },
      {},
      'too_few',
      'This code needs 3 pieces that take part; there are 2.',
    ],
    [
      'without goods it is for',
      { scope: { ...allGoods, categories: ['lighting'] } },
      {},
      'too_few',
      'Nothing in this order takes part in this offer.',
    ],
    [
      'for others',
      { customers: ['bob@example.test'] },
      {},
      'not_for_customer',
      'This code is not for this customer.',
    ],
    [
      'before it is known for whom',
      { customers: ['bob@example.test'] },
      { email: null },
      'not_for_customer',
      'This code is for certain customers. Enter your e-mail address to use it.',
    ],
    [
      'after a first order',
      { isFirstOrder: true },
      { hasOrdered: true },
      'not_for_customer',
      'This code is for a first order only.',
    ],
    [
      'a second time',
      { perCustomerLimit: 1 },
      { uses: new Map([['p', 1]]) },
      'used_up',
      'You have used this code already.',
    ],
  ] as const)('it does not %s', (_when, over, buyer, reason, message) => {
    expect(refusal(over, buyer)).toEqual({ reason, message })
  })

  test('a buyer counts by account and by e-mail', () => {
    expect(customerKeys({ userId: 'u', email: 'e' })).toEqual(['email:e', 'user:u'])
  })
})
