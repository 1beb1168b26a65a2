import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type SalesDay, toPoints } from './sales-series.ts'

function days(count: number, revenueMinor: (index: number) => number = () => 0): SalesDay[] {
  const end = Date.parse('2026-12-31T00:00:00Z')
  return Array.from({ length: count }, (_, index) => ({
    date: new Date(end - (count - 1 - index) * 86_400_000).toISOString().slice(0, 10),
    orders: 1,
    revenueMinor: revenueMinor(index),
    refundedMinor: 10,
  }))
}

describe('toPoints', () => {
  it('keeps single days up to a quarter', () => {
    const points = toPoints(days(90))
    expect(points).toHaveLength(90)
    expect(points.every((point) => point.from === point.to)).toBe(true)
  })
  it('sums whole weeks up to today beyond that', () => {
    const points = toPoints(days(365, (index) => (index === 364 ? 500 : 0)))
    expect(points.at(-1)).toEqual({
      from: '2026-12-25',
      to: '2026-12-31',
      orders: 7,
      revenueMinor: 500,
      refundedMinor: 70,
    })
    expect(points[0]).toMatchObject({ from: '2026-01-01', to: '2026-01-01' })
  })
  it('loses no cent and no day, whatever the length', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 366 }), fc.array(fc.nat(100_000)), (count, amounts) => {
        const given = days(count, (index) => amounts[index] ?? 0)
        const points = toPoints(given)
        const sum = (values: { revenueMinor: number }[]) =>
          values.reduce((all, one) => all + one.revenueMinor, 0)
        expect(sum(points)).toBe(sum(given))
        expect(points.reduce((all, point) => all + point.orders, 0)).toBe(count)
        expect(points[0]?.from).toBe(given[0]?.date)
        expect(points.at(-1)?.to).toBe('2026-12-31')
      }),
    )
  })
})
