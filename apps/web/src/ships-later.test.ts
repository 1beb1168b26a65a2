import { describe, expect, it } from 'vitest'
import { expectedText, shipsLaterText } from './ships-later.ts'

const now = new Date('2026-12-03T10:00:00Z')

describe('what a shopper is told of pieces that are not here yet', () => {
  it.each([
    [2, 0, '2026-12-09', undefined],
    [2, 2, null, 'Ships later.'],
    [2, 1, null, '1 of them ship later.'],
    [1, 1, '2026-12-09', 'Ships later, expected 9 December.'],
    [1, 1, '2026-12-03', 'Ships later, expected 3 December.'],
    [1, 1, '2026-12-02', 'Ships later.'],
  ])('of %d pieces, %d later, expected %s: %s', (quantity, shipsLater, expectedOn, text) => {
    expect(shipsLaterText({ quantity, shipsLater, expectedOn }, now)).toBe(text)
  })

  it('names no day that is over', () => {
    expect(expectedText('2026-12-02', now)).toBe('')
    expect(expectedText('2027-01-01', now)).toBe(', expected 1 January')
  })
})
