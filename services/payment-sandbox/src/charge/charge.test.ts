import { describe, expect, test } from 'vitest'
import { type Charge, cancel, capture, expire, refunded, refundReversed, succeed } from './charge.ts'
import { behaviourOf, cardTokens, labelOf, testCards } from './methods.ts'

const now = new Date('2026-11-20T12:00:00Z')
const open: Charge = {
  object: 'charge',
  id: 'ch_1',
  reference: 'payment-1',
  idempotencyKey: 'attempt-1',
  amount: 4800,
  currency: 'EUR',
  status: 'requires_action',
  capture: true,
  capturedAmount: 0,
  refundedAmount: 0,
  method: { type: 'card', label: 'Card' },
  action: { type: 'redirect', kind: '3ds', url: 'http://x/3ds/1', expiresAt: now.toISOString() },
  failure: null,
  returnUrl: 'http://shop.example/',
  expiresAt: null,
  createdAt: now.toISOString(),
  updatedAt: now.toISOString(),
  revision: 0,
}

describe('a charge', () => {
  test('each change raises its revision', () => {
    const captured = succeed(open, now, 1000)
    expect([open.revision, captured.revision, refunded(captured, 1, now).revision]).toEqual([0, 1, 2])
  })

  test('is held when it is not to be captured at once', () => {
    const held = succeed({ ...open, capture: false }, now, 1000)
    expect(held).toMatchObject({ status: 'authorized', capturedAmount: 0, action: null })
    expect(held.expiresAt).toBe('2026-11-20T12:00:01.000Z')
    expect(capture(held, { amount: 4799, isFinal: true }, now)).toMatchObject({
      status: 'captured',
      capturedAmount: 4799,
    })
    expect(expire(held, now).failure?.code).toBe('authorization_expired')
  })

  test('can be captured in parts; what is left is let go with the last, a void or its time', () => {
    const held = succeed({ ...open, capture: false }, now, 1000)
    const part = capture(held, { amount: 1000, isFinal: false }, now)
    expect(part).toMatchObject({ status: 'authorized', capturedAmount: 1000, expiresAt: held.expiresAt })
    expect(() => capture(part, { amount: 3801, isFinal: false }, now)).toThrow(/More than the held/)
    const whole = capture(part, { amount: undefined, isFinal: false }, now)
    expect(whole).toMatchObject({ status: 'captured', capturedAmount: 4800 })
    for (const ended of [cancel(part, now), expire(part, now)])
      expect(ended).toMatchObject({ status: 'captured', capturedAmount: 1000, failure: null })
    expect(refunded(part, 1000, now).refundedAmount).toBe(1000)
  })

  test('refuses what its status does not allow', () => {
    const captured = succeed(open, now, 1000)
    expect(() => cancel(captured, now)).toThrow(/cannot be voided/)
    expect(() => capture(open, { amount: undefined, isFinal: true }, now)).toThrow(/cannot be captured/)
    expect(() => refunded(open, 1, now)).toThrow(/cannot be refunded/)
    expect(() => refunded(captured, 4801, now)).toThrow(/More than was captured/)
  })

  test('a refund that the bank refuses gives its room back', () => {
    const after = refunded(succeed(open, now, 1000), 4800, now)
    expect(refunded(refundReversed(after, 4800, now), 4800, now).refundedAmount).toBe(4800)
  })
})

describe('test methods', () => {
  const luhn = (digits: string) =>
    [...digits].reverse().reduce((sum, digit, index) => {
      const doubled = index % 2 === 1 ? Number(digit) * 2 : Number(digit)
      return sum + (doubled > 9 ? doubled - 9 : doubled)
    }, 0) % 10

  test('every test card passes the check digit and has a token that exists', () => {
    for (const { number, token } of testCards) {
      expect(luhn(number), number).toBe(0)
      expect(cardTokens[token], token).toBeDefined()
    }
  })

  test('an inherited name is no token', () => {
    expect(behaviourOf({ type: 'card', token: 'constructor' })).toBeUndefined()
    expect(behaviourOf({ type: 'upi', vpa: 'constructor' })?.outcome).toBe('act')
  })

  test('a label never holds the whole of a token or VPA', () => {
    expect(labelOf({ type: 'card', token: 'tok_visa' })).toBe('Card')
    expect(labelOf({ type: 'upi', vpa: 'asha.rao@okbank' })).toBe('UPI a***@okbank')
  })
})
