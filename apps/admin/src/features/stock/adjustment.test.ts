import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { checkAdjustment, ways } from './adjustment.ts'

const level = { onHand: 12, reserved: 4 }

describe('checkAdjustment', () => {
  it.each([
    ['add', '5', { status: 'ok', delta: 5, onHandAfter: 17, availableAfter: 13 }],
    ['remove', '8', { status: 'ok', delta: -8, onHandAfter: 4, availableAfter: 0 }],
    ['count', '10', { status: 'ok', delta: -2, onHandAfter: 10, availableAfter: 6 }],
    ['remove', '9', { status: 'reserved', free: 8, reserved: 4 }],
    ['count', '3', { status: 'reserved', free: 8, reserved: 4 }],
    ['count', '12', { status: 'nothing' }],
    ['add', '0', { status: 'nothing' }],
    ['add', '-1', { status: 'not_a_quantity' }],
    ['add', '1.5', { status: 'not_a_quantity' }],
    ['add', '', { status: 'not_a_quantity' }],
    ['add', '1000001', { status: 'not_a_quantity' }],
  ] as const)('%s %j', (way, text, expected) => {
    expect(checkAdjustment(way, text, level)).toEqual(expected)
  })

  it('never lets the shop promise more than it has', () => {
    const levels = fc
      .tuple(fc.nat(10_000), fc.nat(10_000))
      .map(([free, reserved]) => ({ onHand: free + reserved, reserved }))
    fc.assert(
      fc.property(fc.constantFrom(...ways), fc.nat(30_000), levels, (way, quantity, given) => {
        const check = checkAdjustment(way, String(quantity), given)
        if (check.status !== 'ok') return
        expect(check.availableAfter).toBeGreaterThanOrEqual(0)
        expect(check.onHandAfter).toBe(given.onHand + check.delta)
      }),
    )
  })
})
