import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type PriceInput, priceOrder } from './price-order.ts'

const rates = { standard: 2000, reduced: 1000, zero: 0 }
const standardShipping = { priceMinor: 490, freeFromMinor: 7500 }

const line = fc.record({
  sku: fc.uuid(),
  quantity: fc.integer({ min: 1, max: 999 }),
  unitPriceMinor: fc.integer({ min: 0, max: 5_000_000 }),
  taxClass: fc.constantFrom('standard', 'reduced', 'zero', 'unheard-of'),
})
const promotion = fc.option(
  fc.record({
    code: fc.constant('CODE'),
    kind: fc.constantFrom('percentage', 'amount', 'free_shipping'),
    value: fc.integer({ min: 0, max: 10_000 }),
    minSubtotalMinor: fc.integer({ min: 0, max: 100_000 }),
  }),
)
const input: fc.Arbitrary<PriceInput> = fc.record({
  lines: fc.array(line, { minLength: 1, maxLength: 30 }),
  shipping: fc.record({
    priceMinor: fc.integer({ min: 0, max: 5000 }),
    freeFromMinor: fc.option(fc.integer({ min: 0, max: 100_000 })),
  }),
  promotion,
  taxRates: fc.constant(rates),
})

function price(over: Partial<PriceInput> & Pick<PriceInput, 'lines'>) {
  return priceOrder({ shipping: standardShipping, promotion: null, taxRates: rates, ...over })
}
const mug = { sku: 'mug', quantity: 2, unitPriceMinor: 1900, taxClass: 'standard' }

describe('the price of an order', () => {
  test('adds lines and shipping; tax is contained', () => {
    expect(price({ lines: [mug] })).toMatchObject({
      subtotalMinor: 3800,
      discountMinor: 0,
      shippingMinor: 490,
      totalMinor: 4290,
      taxMinor: 633 + 82,
    })
  })

  test('has free shipping from the threshold on, not one cent before', () => {
    expect(price({ lines: [{ ...mug, quantity: 1, unitPriceMinor: 7499 }] }).shippingMinor).toBe(490)
    expect(price({ lines: [{ ...mug, quantity: 1, unitPriceMinor: 7500 }] }).shippingMinor).toBe(0)
  })

  test.each([
    ['percentage', 1000, 380],
    ['amount', 500, 500],
    ['amount', 999_999, 3800],
    ['free_shipping', 0, 490],
  ] as const)('takes off a %s promotion of %i', (kind, value, discountMinor) => {
    const promoted = price({ lines: [mug], promotion: { code: 'X', kind, value, minSubtotalMinor: 0 } })
    expect(promoted).toMatchObject({ discountMinor, totalMinor: 3800 + 490 - discountMinor })
  })

  test('leaves a promotion out below its minimum', () => {
    const promotion = { code: 'X', kind: 'amount', value: 500, minSubtotalMinor: 3801 } as const
    expect(price({ lines: [mug], promotion }).discountMinor).toBe(0)
  })

  test('adds up and stays whole and non-negative for any order', () => {
    fc.assert(
      fc.property(input, (order) => {
        const result = priceOrder(order)
        const amounts = [
          result.subtotalMinor,
          result.discountMinor,
          result.shippingMinor,
          result.taxMinor,
          result.totalMinor,
        ]
        for (const amount of amounts) expect(Number.isSafeInteger(amount) && amount >= 0).toBe(true)
        expect(result.totalMinor).toBe(result.subtotalMinor - result.discountMinor + result.shippingMinor)
        expect(result.lines.reduce((sum, each) => sum + each.totalMinor, 0)).toBe(result.subtotalMinor)
        expect(result.taxMinor).toBeLessThanOrEqual(result.totalMinor)
        const isOnGoods = order.promotion?.kind !== 'free_shipping'
        const shared = result.lines.reduce((sum, each) => sum + each.discountMinor, 0)
        expect(shared).toBe(isOnGoods ? result.discountMinor : 0)
      }),
    )
  })

  test('does not depend on the order of lines, but for a cent of tax when a discount is shared', () => {
    fc.assert(
      fc.property(input, (order) => {
        const forward = priceOrder(order)
        const backward = priceOrder({ ...order, lines: [...order.lines].reverse() })
        expect(backward.totalMinor).toBe(forward.totalMinor)
        expect(Math.abs(backward.taxMinor - forward.taxMinor)).toBeLessThanOrEqual(order.lines.length)
      }),
    )
  })
})
