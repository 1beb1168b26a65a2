import { expect, it } from 'vitest'
import { wholeNumber } from './whole-number.ts'

it.each([
  ['12', 0, 12],
  [' 7 ', 1, 7],
  ['0', 0, 0],
  ['0', 1, undefined],
  ['-1', 0, undefined],
  ['1.5', 0, undefined],
  ['1e3', 0, undefined],
  ['', 0, undefined],
  ['1000000', 0, 1_000_000],
  ['1000001', 0, undefined],
  ['9'.repeat(40), 0, undefined],
])('%j from %i on is %j', (text, min, expected) => {
  expect(wholeNumber(text, min)).toBe(expected)
})
