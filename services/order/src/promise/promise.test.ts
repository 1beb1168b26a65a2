import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { upcoming, wouldShipLater } from './promise.ts'

const now = new Date('2026-12-03T23:30:00Z')

describe('what a buyer would be told', () => {
  test('is the part of what can be had that is not there', () => {
    const small = fc.integer({ min: 0, max: 20 })
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 20 }), small, small, (quantity, available, backorderable) => {
        const stock = { available, backorderable, expectedOn: '2026-12-24' }
        const { shipsLater, expectedOn } = wouldShipLater(quantity, stock, now)
        const had = Math.min(quantity, available + backorderable)
        expect(shipsLater).toBe(had - Math.min(had, available))
        expect(shipsLater).toBeLessThanOrEqual(backorderable)
        expect(expectedOn).toBe(shipsLater > 0 ? '2026-12-24' : null)
      }),
    )
  })

  test('is nothing while stock cannot be asked', () => {
    expect(wouldShipLater(3, undefined, now)).toEqual({ shipsLater: 0, expectedOn: null })
  })

  test.each([
    ['2026-12-03', '2026-12-03'],
    ['2026-12-02', null],
    [null, null],
  ])('names %s as %s', (expectedOn, told) => {
    expect(upcoming(expectedOn, now)).toBe(told)
  })
})
