import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { worthOnlyWith } from '../edit/price-edit.ts'
import type { Order } from '../order/order.ts'
import { priceOrder } from '../pricing/price-order.ts'
import type { Promotion } from '../promotion/promotion.ts'
import { withoutRest } from './rest.ts'
import { sentWith, shareOf } from './shipment.ts'

const staff = { kind: 'staff', name: 'x' } as const

type Bought = { unitPriceMinor: number; quantity: number; rate: number }
type Terms = { percent: number; onFirst: boolean; pricesIncludeTax: boolean; shippingMinor: number }

/** An order as placing makes it; a discount may be on its first line alone. */
function ordered(bought: readonly Bought[], terms: Terms): Order {
  const goods = bought.map(({ unitPriceMinor, quantity, rate }, index) => ({
    sku: `S${index}`,
    unitPriceMinor,
    quantity,
    taxClass: `c${rate}`,
    productId: `p${index}`,
    categorySlug: 'tableware',
  }))
  const promotion: Promotion = {
    id: 'off',
    code: null,
    name: 'off',
    kind: 'percentage',
    value: terms.percent * 100,
    minSubtotalMinor: 0,
    minQuantity: 0,
    scope: { categories: [], products: [], skus: terms.onFirst ? ['S0'] : [] },
    offer: null,
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
  const { lines, ...totals } = priceOrder({
    lines: goods,
    shippingMinor: terms.shippingMinor,
    promotions: terms.percent > 0 ? [promotion] : [],
    tax: {
      rates: { standard: 1900, c0: 0, c700: 700, c1900: 1900 },
      pricesIncludeTax: terms.pricesIncludeTax,
    },
  })
  const counts = { returnedQuantity: 0, shippedQuantity: 0, deliveredQuantity: 0, returnPendingQuantity: 0 }
  return {
    ...totals,
    status: 'processing',
    payment: { status: 'captured' },
    refundedMinor: 0,
    shippedMinor: 0,
    lines: goods.map((each, index) => ({
      ...each,
      ...counts,
      ...lines[index],
      name: each.sku,
      optionsLabel: '',
    })),
  } as unknown as Order
}

const anyOrder = fc
  .record({
    bought: fc.array(
      fc.record({
        unitPriceMinor: fc.integer({ min: 1, max: 90_000 }),
        quantity: fc.integer({ min: 1, max: 6 }),
        rate: fc.constantFrom(0, 700, 1900),
      }),
      { minLength: 1, maxLength: 4 },
    ),
    terms: fc.record({
      percent: fc.integer({ min: 0, max: 95 }),
      onFirst: fc.boolean(),
      pricesIncludeTax: fc.boolean(),
      shippingMinor: fc.integer({ min: 0, max: 900 }),
    }),
  })
  .map(({ bought, terms }) => ordered(bought, terms))

/** Parcels one after the other, as they would leave. */
function send(order: Order, picks: readonly number[]): Order {
  let sent = order
  for (const pick of picks) {
    const line = sent.lines[pick % sent.lines.length]
    if (!line || line.shippedQuantity === line.quantity) continue
    const pieces = [{ sku: line.sku, quantity: 1 + (pick % (line.quantity - line.shippedQuantity)) }]
    const share = shareOf(sent, pieces, (with_) => worthOnlyWith(order, with_))
    expect(share).toBeGreaterThanOrEqual(0)
    const shipped = new Map(sentWith(sent, pieces).map(({ sku, quantity }) => [sku, quantity]))
    sent = {
      ...sent,
      shippedMinor: sent.shippedMinor + share,
      lines: sent.lines.map((each) => ({ ...each, shippedQuantity: shipped.get(each.sku) ?? 0 })),
    }
  }
  return sent
}

describe('an order without its rest', () => {
  test('costs what its parcels were worth and a last share, never less than was due for them', () => {
    fc.assert(
      fc.property(anyOrder, fc.array(fc.nat(), { maxLength: 8 }), (order, picks) => {
        const sent = send(order, picks)
        const left = sent.lines.reduce((sum, line) => sum + line.quantity - line.shippedQuantity, 0)
        if (left === 0 || sent.lines.every((line) => line.shippedQuantity === 0)) {
          expect(() => withoutRest(sent, staff, [])).toThrow()
          return
        }
        if (worthOnlyWith(order, sentWith(sent)) === 0) return
        const { order: rest, loweredMinor, completes, removed } = withoutRest(sent, staff, [])
        expect(completes.lastShareMinor).toBeGreaterThanOrEqual(0)
        expect(sent.shippedMinor + completes.lastShareMinor).toBe(rest.totalMinor)
        expect(rest.totalMinor + loweredMinor).toBe(order.totalMinor)
        expect(loweredMinor).toBeGreaterThanOrEqual(0)
        expect(removed.reduce((sum, { quantity }) => sum + quantity, 0)).toBe(left)
        expect(rest.lines.every((line) => line.quantity === line.shippedQuantity)).toBe(true)
        expect(rest.status).toBe('shipped')
      }),
      { numRuns: 300 },
    )
  })

  test('is as far as what has left: on its way, arrived, or back', () => {
    const line = { unitPriceMinor: 1000, quantity: 2, rate: 0 }
    const order = ordered([line, line], {
      percent: 0,
      onFirst: false,
      pricesIncludeTax: true,
      shippingMinor: 0,
    })
    const with_ = (counts: Partial<Order['lines'][number]>): Order => ({
      ...order,
      lines: order.lines.map((each, index) =>
        index === 0 ? { ...each, shippedQuantity: 1, ...counts } : each,
      ),
    })
    const statusOf = (changed: Order) => withoutRest(changed, staff, []).order.status
    expect(statusOf(with_({}))).toBe('shipped')
    expect(statusOf(with_({ deliveredQuantity: 1 }))).toBe('delivered')
    expect(statusOf(with_({ shippedQuantity: 2, deliveredQuantity: 2, returnedQuantity: 1 }))).toBe(
      'partially_returned',
    )
    expect(statusOf(with_({ deliveredQuantity: 1, returnedQuantity: 1 }))).toBe('returned')
    const customer = { kind: 'customer', name: 'customer' } as const
    expect(() => withoutRest({ ...with_({}), status: 'shipped' }, customer, [])).toThrow(
      'cannot be cancelled',
    )
  })
})
