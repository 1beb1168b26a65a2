import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { shareOf } from './shipment.ts'

const anyLine = fc.record({
  unitPriceMinor: fc.integer({ min: 0, max: 500_000 }),
  quantity: fc.integer({ min: 1, max: 20 }),
})
/** An order and an order in which its pieces leave, cut into parcels. */
const anySending = fc
  .record({
    lines: fc.array(anyLine, { minLength: 1, maxLength: 6 }),
    discount: fc.double({ min: 0, max: 1, noNaN: true }),
    shippingMinor: fc.integer({ min: 0, max: 5000 }),
    cuts: fc.array(fc.boolean(), { maxLength: 120 }),
    seed: fc.array(fc.nat(), { minLength: 120, maxLength: 120 }),
  })
  .map(({ lines, discount, shippingMinor, cuts, seed }) => {
    const subtotal = lines.reduce((sum, line) => sum + line.unitPriceMinor * line.quantity, 0)
    const pieces = lines
      .flatMap((line, index) => Array.from({ length: line.quantity }, () => `S${index}`))
      .map((sku, index) => ({ sku, rank: seed[index] ?? 0 }))
      .sort((a, b) => a.rank - b.rank)
    const parcels: string[][] = [[]]
    for (const [index, { sku }] of pieces.entries()) {
      if (cuts[index] && parcels.at(-1)?.length) parcels.push([])
      parcels.at(-1)?.push(sku)
    }
    return { lines, totalMinor: subtotal - Math.floor(subtotal * discount) + shippingMinor, parcels }
  })

function orderOf(sending: { lines: { unitPriceMinor: number; quantity: number }[]; totalMinor: number }) {
  const lines = sending.lines.map((line, index) => ({
    sku: `S${index}`,
    productId: '',
    productSlug: '',
    name: '',
    optionsLabel: '',
    imageUrl: null,
    returnedQuantity: 0,
    shippedQuantity: 0,
    deliveredQuantity: 0,
    returnPendingQuantity: 0,
    taxMinor: 0,
    discountMinor: 0,
    discounts: [],
    taxBasisPoints: 0,
    totalMinor: line.unitPriceMinor * line.quantity,
    ...line,
  }))
  return { totalMinor: sending.totalMinor, shippedMinor: 0, lines }
}

describe('the share of a parcel in the money', () => {
  test('is never negative, and all shares add up to the total, however the pieces are sent', () => {
    fc.assert(
      fc.property(anySending, (sending) => {
        const order = orderOf(sending)
        for (const skus of sending.parcels) {
          const lines = [...new Set(skus)].map((sku) => ({
            sku,
            quantity: skus.filter((each) => each === sku).length,
          }))
          const share = shareOf(order, lines, () => order.totalMinor)
          expect(share).toBeGreaterThanOrEqual(0)
          expect(Number.isSafeInteger(share)).toBe(true)
          order.shippedMinor += share
          expect(order.shippedMinor).toBeLessThanOrEqual(order.totalMinor)
          for (const { sku, quantity } of lines) {
            const line = order.lines.find((each) => each.sku === sku)
            if (line) line.shippedQuantity += quantity
          }
        }
        expect(order.shippedMinor).toBe(order.totalMinor)
      }),
      { numRuns: 300 },
    )
  })

  test('goes by the price of what is in it, a discount and the shipping spread alike', () => {
    const order = orderOf({
      lines: [
        { unitPriceMinor: 3000, quantity: 1 },
        { unitPriceMinor: 1000, quantity: 1 },
      ],
      totalMinor: 4490,
    })
    expect(shareOf(order, [{ sku: 'S0', quantity: 1 }], () => 4490)).toBe(3367)
    expect(shareOf(order, [{ sku: 'S1', quantity: 1 }], () => 4490)).toBe(1122)
    // A discount that was on it alone: with nothing else in it the order would cost less than its share.
    expect(shareOf(order, [{ sku: 'S0', quantity: 1 }], () => 2000)).toBe(2000)
  })
})
