import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type ReturnFacts, returnableOf } from './returnable.ts'

const day = (count: number) => new Date(Date.UTC(2026, 0, 1 + count))
const parcel = (quantity: number, arrivedOn: number | null, days = 30) => ({
  lines: [{ sku: 'A', quantity }],
  deliveredAt: arrivedOn === null ? null : day(arrivedOn).toISOString(),
  returnableUntil: arrivedOn === null ? null : day(arrivedOn + days).toISOString(),
})
const back = (
  quantity: number,
  askedOn: number,
  over: Partial<{ status: 'declined' | 'completed'; arrived: number }> = {},
) => ({
  status: over.status ?? ('requested' as const),
  createdAt: day(askedOn),
  lines: [{ sku: 'A', quantity, restockedQuantity: over.arrived ?? 0, writtenOffQuantity: 0 }],
})
function left(
  on: number,
  shipments: ReturnFacts['shipments'],
  returns: ReturnFacts['returns'] = [],
  line: { returnedQuantity?: number; returnPendingQuantity?: number } = {},
  status: 'processing' | 'delivered' | 'cancelled' | 'returned' = 'processing',
): number {
  const facts = { at: day(on), shipments, returns }
  return returnableOf({ status }, facts)({ sku: 'A', returnedQuantity: 0, returnPendingQuantity: 0, ...line })
}

describe('what a customer may still ask to return', () => {
  test('is what arrived, each parcel for its own time, while the rest is still on its way', () => {
    const shipments = [parcel(2, 0), parcel(1, 20), parcel(5, null)]
    expect([0, 20, 30, 31, 50, 51].map((on) => left(on, shipments))).toEqual([3, 3, 3, 1, 1, 0])
    expect(left(1, shipments, [], {}, 'cancelled')).toBe(0)
    expect(left(1, shipments, [], {}, 'returned')).toBe(0)
  })

  test('is less what was asked for, from the parcel whose time ends first', () => {
    const shipments = [parcel(2, 0), parcel(2, 20)]
    const asked = [back(1, 25)]
    expect(left(26, shipments, asked, { returnPendingQuantity: 1 })).toBe(3)
    expect(left(40, shipments, asked, { returnPendingQuantity: 1 })).toBe(2)
    expect(left(40, shipments, [back(2, 35)], { returnPendingQuantity: 2 })).toBe(0)
    expect(left(40, shipments, [back(2, 25, { status: 'declined' })])).toBe(2)
    const oneOfTwo = [back(2, 35, { status: 'completed', arrived: 1 })]
    expect(left(40, shipments, oneOfTwo, { returnedQuantity: 1 })).toBe(1)
  })

  test('counts what staff took back out of time, or without a return, against the oldest', () => {
    const shipments = [parcel(2, 0), parcel(2, 20)]
    expect(left(40, shipments, [back(3, 60)], { returnPendingQuantity: 3 })).toBe(1)
    expect(left(21, shipments, [], { returnedQuantity: 3 })).toBe(1)
    expect(left(40, shipments, [], { returnedQuantity: 1 })).toBe(2)
  })

  test('is never more than is there, nor grows as time goes by', () => {
    fc.assert(
      fc.property(
        fc.array(fc.record({ quantity: fc.integer({ min: 1, max: 5 }), on: fc.option(fc.nat(60)) }), {
          minLength: 1,
          maxLength: 5,
        }),
        fc.array(fc.nat(90), { maxLength: 8 }),
        (parcels, wishes) => {
          const shipments = parcels.map(({ quantity, on }) => parcel(quantity, on))
          const returns: ReturnFacts['returns'][number][] = []
          const line = () => ({ returnPendingQuantity: returns.length })
          for (const on of wishes.toSorted((a, b) => a - b)) {
            const known = shipments.filter(
              ({ deliveredAt }) => deliveredAt !== null && Date.parse(deliveredAt) <= day(on).getTime(),
            )
            if (left(on, known, returns, line()) === 0) continue
            const before = left(on, known, returns, line())
            returns.push(back(1, on))
            expect(left(on, known, returns, line())).toBe(before - 1)
          }
          const arrived = parcels.reduce((sum, { quantity, on }) => sum + (on === null ? 0 : quantity), 0)
          expect(returns.length).toBeLessThanOrEqual(arrived)
          const over = [90, 100, 120, 200].map((on) => left(on, shipments, returns, line()))
          expect(over).toEqual(over.toSorted((a, b) => b - a))
          expect(over[0]).toBeLessThanOrEqual(arrived - returns.length)
        },
      ),
      { numRuns: 200 },
    )
  })
})
