import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { looksTheSame, shownStock } from './availability.ts'

describe('what a reader is told of a figure', () => {
  it.each([
    [-3, false, null],
    [0, false, null],
    [1, true, 1],
    [5, true, 5],
    [6, true, null],
    [400, true, null],
  ])('of %d pieces: available %s, left %s', (pieces, available, lowStock) => {
    expect(shownStock(pieces)).toEqual({ available, lowStock })
  })

  it('looks the same exactly when both figures are told alike', () => {
    const pieces = fc.integer({ min: -5, max: 12 })
    fc.assert(
      fc.property(pieces, pieces, (before, after) => {
        const isAlike = JSON.stringify(shownStock(before)) === JSON.stringify(shownStock(after))
        expect(looksTheSame(before, after)).toBe(isAlike)
      }),
    )
    expect(looksTheSame(100, 99)).toBe(true)
    expect(looksTheSame(6, 5)).toBe(false)
    expect(looksTheSame(1, 0)).toBe(false)
    expect(looksTheSame(0, -2)).toBe(true)
  })
})
