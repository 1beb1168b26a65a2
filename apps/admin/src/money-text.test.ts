import { MAX_AMOUNT_MINOR } from '@souk/kernel/money'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { amountText, parseAmount } from './money-text.ts'

describe('parseAmount', () => {
  it.each([
    ['48', 4800],
    ['48.5', 4850],
    ['48,50', 4850],
    ['0.01', 1],
    ['1.234,50', 123450],
    ['1,234.50', 123450],
    ['1,234', 123400],
    ['1.234.567', 123456700],
    [' 1 234.50 € ', 123450],
    ['1\u202f234,50', 123450],
    ['0', 0],
  ])('reads %j as %d cents', (text, minor) => {
    expect(parseAmount(text)).toBe(minor)
  })
  it.each([
    '',
    'abc',
    '-5',
    '4.8.0',
    '1,23,4',
    '48.',
    '.5',
    '1e3',
    '12.345,6,7',
    '1,234,5',
    '99999999999999999',
  ])('refuses %j', (text) => {
    expect(parseAmount(text)).toBeUndefined()
  })
  it('reads back every amount it shows', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: MAX_AMOUNT_MINOR }), (minor) => {
        expect(parseAmount(amountText(minor))).toBe(minor)
      }),
    )
  })
})
