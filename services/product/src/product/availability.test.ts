import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type Figure, looksTheSame, shownStock } from './availability.ts'

const of = (available: number, backorderable = 0, expectedOn: string | null = null): Figure => ({
  available,
  backorderable,
  expectedOn,
})

describe('what a reader is told of a figure', () => {
  it.each([
    [-3, 0, false, false, null],
    [0, 0, false, false, null],
    [1, 0, true, false, 1],
    [5, 0, true, false, 5],
    [6, 0, true, false, null],
    [400, 0, true, false, null],
    [0, 1, true, true, null],
    [1, 1, true, false, null],
  ])(
    'of %d pieces and %d to come: available %s, later %s, left %s',
    (pieces, more, available, shipsLater, lowStock) => {
      expect(shownStock(of(pieces, more))).toEqual({ available, shipsLater, expectedOn: null, lowStock })
    },
  )

  it('looks the same exactly when both figures are told alike', () => {
    const figure = fc.record({
      available: fc.integer({ min: -5, max: 12 }),
      backorderable: fc.integer({ min: 0, max: 3 }),
      expectedOn: fc.constantFrom(null, '2026-12-01', '2026-12-24'),
    })
    fc.assert(
      fc.property(figure, figure, (before, after) => {
        const isAlike = JSON.stringify(shownStock(before)) === JSON.stringify(shownStock(after))
        expect(looksTheSame(before, after)).toBe(isAlike)
      }),
    )
    expect(looksTheSame(of(100), of(99))).toBe(true)
    expect(looksTheSame(of(6), of(5))).toBe(false)
    expect(looksTheSame(of(1), of(0))).toBe(false)
    expect(looksTheSame(of(0), of(-2))).toBe(true)
    expect(looksTheSame(of(0), of(0, 2))).toBe(false)
    expect(looksTheSame(of(3, 2, '2026-12-01'), of(3, 2, '2026-12-24'))).toBe(true)
    expect(looksTheSame(of(0, 2, '2026-12-01'), of(0, 2, '2026-12-24'))).toBe(false)
  })
})
