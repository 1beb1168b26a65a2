import { AppError } from '@souk/kernel/errors'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  assertCanAdjust,
  kindOfAdjustment,
  MAX_ON_HAND,
  mergeLines,
  placeReturn,
  redirect,
  stillOut,
} from './stock.ts'

describe('merging lines', () => {
  it('keeps every piece, in one line per SKU, whatever the order', () => {
    const anyLines = fc.array(
      fc.record({ sku: fc.constantFrom('a', 'b', 'B', 'ü'), quantity: fc.integer({ min: 1, max: 1e6 }) }),
    )
    fc.assert(
      fc.property(anyLines, (lines) => {
        const merged = mergeLines(lines)
        const sum = (all: { quantity: number }[]) => all.reduce((total, { quantity }) => total + quantity, 0)
        expect(sum(merged)).toBe(sum(lines))
        expect(new Set(merged.map(({ sku }) => sku)).size).toBe(merged.length)
        expect(mergeLines(lines.toReversed())).toEqual(merged)
        expect(mergeLines(merged)).toEqual(merged)
      }),
    )
  })
})

describe('adjusting', () => {
  it.each([
    ['received', 1, 'receipt'],
    ['received', -1, 'adjustment'],
    ['returned', 1, 'return'],
    ['returned', -1, 'adjustment'],
    ['counted', 1, 'adjustment'],
    ['anything else', -1, 'adjustment'],
  ])('for "%s" by %i is written as %s', (reason, delta, kind) => {
    expect(kindOfAdjustment(reason, delta)).toBe(kind)
  })

  it('stops at what is reserved and at what a shelf can hold', () => {
    const level = { locationId: 'x', onHand: 10, reserved: 4 }
    expect(() => assertCanAdjust(level, -6)).not.toThrow()
    expect(() => assertCanAdjust(level, -7)).toThrow(AppError)
    expect(() => assertCanAdjust({ ...level, reserved: 0 }, -11)).toThrow('Only 10 can be taken away here.')
    expect(() => assertCanAdjust(level, MAX_ON_HAND - 10)).not.toThrow()
    expect(() => assertCanAdjust(level, MAX_ON_HAND - 9)).toThrow(AppError)
  })
})

describe('placing a return', () => {
  const out = [
    { sku: 'a', locationId: 'near', quantity: 2 },
    { sku: 'a', locationId: 'far', quantity: 3 },
    { sku: 'b', locationId: 'near', quantity: 1 },
  ]

  it('goes back to where the pieces came from', () => {
    expect(placeReturn(out, [{ sku: 'a', quantity: 4 }])).toEqual([
      { sku: 'a', locationId: 'near', quantity: 2 },
      { sku: 'a', locationId: 'far', quantity: 2 },
    ])
  })

  it.each([
    ['more than is out', [{ sku: 'a', quantity: 6 }]],
    [
      'more than is out in two lines',
      [
        { sku: 'b', quantity: 1 },
        { sku: 'b', quantity: 1 },
      ],
    ],
    ['what was never bought', [{ sku: 'c', quantity: 1 }]],
  ])('refuses %s', (_name, lines) => {
    expect(() => placeReturn(out, lines)).toThrow('cannot come back')
  })
})

describe('what is still out', () => {
  it('counts pieces as back though they came back to another place', () => {
    expect(
      stillOut([
        { sku: 'a', locationId: 'closed', quantity: 3 },
        { sku: 'a', locationId: 'other', quantity: -2 },
        { sku: 'b', locationId: 'other', quantity: 1 },
      ]),
    ).toEqual([
      { sku: 'a', locationId: 'closed', quantity: 1 },
      { sku: 'b', locationId: 'other', quantity: 1 },
    ])
  })
})

describe('redirecting', () => {
  it('brings the pieces of closed places to one place, in one line per SKU', () => {
    const placed = [
      { sku: 'a', locationId: 'closed', quantity: 3 },
      { sku: 'a', locationId: 'first', quantity: 2 },
      { sku: 'b', locationId: 'open', quantity: 1 },
    ]
    expect(redirect(placed, new Set(['first', 'open']), 'first')).toEqual([
      { sku: 'a', locationId: 'first', quantity: 5 },
      { sku: 'b', locationId: 'open', quantity: 1 },
    ])
  })
})
