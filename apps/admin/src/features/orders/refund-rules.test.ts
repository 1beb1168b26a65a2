import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { amountText } from '../../money-text.ts'
import { checkRefund, refundableMinor, whyNoRefund } from './refund-rules.ts'

const refund = (amount: number, status = 'succeeded') => ({ amount: { amount }, status })
const payment = (captured: number, refunds: ReturnType<typeof refund>[] = [], status = 'captured') => ({
  status,
  captured: { amount: captured },
  refunded: {
    amount: refunds.filter((r) => r.status === 'succeeded').reduce((sum, r) => sum + r.amount.amount, 0),
  },
  refunds,
})

describe('refundableMinor', () => {
  it('is what was taken less every refund that succeeded or may yet succeed', () => {
    expect(refundableMinor(payment(5000))).toBe(5000)
    expect(
      refundableMinor(payment(5000, [refund(1500), refund(500, 'pending'), refund(200, 'unknown')])),
    ).toBe(2800)
  })
  it('takes no notice of refunds that failed', () => {
    expect(refundableMinor(payment(5000, [refund(5000, 'failed')]))).toBe(5000)
  })
  it('does not contain what was moved on to a later order', () => {
    const moved = { ...payment(5000, [refund(1500)]), transferred: { amount: 2000 } }
    expect(refundableMinor(moved)).toBe(1500)
    expect(whyNoRefund({ ...moved, transferred: { amount: 3500 } })).toMatch(/moved on/)
  })
  it('is never below zero nor above what was taken', () => {
    const statuses = fc.constantFrom('succeeded', 'pending', 'unknown', 'failed')
    const refunds = fc.array(fc.tuple(fc.nat(10_000), statuses).map(([a, s]) => refund(a, s)))
    fc.assert(
      fc.property(fc.nat(1_000_000), refunds, (captured, list) => {
        const left = refundableMinor(payment(captured, list))
        expect(left).toBeGreaterThanOrEqual(0)
        expect(left).toBeLessThanOrEqual(captured)
      }),
    )
  })
})

describe('checkRefund', () => {
  it('lets any amount from one cent to all that is left', () => {
    expect(checkRefund('0.01', 4800)).toEqual({ status: 'ok', amountMinor: 1, isAll: false })
    expect(checkRefund('48.00', 4800)).toEqual({ status: 'ok', amountMinor: 4800, isAll: true })
  })
  it.each([
    ['48.01', { status: 'too_much', leftMinor: 4800 }],
    ['0', { status: 'nothing' }],
    ['-1', { status: 'not_an_amount' }],
    ['ten', { status: 'not_an_amount' }],
    ['', { status: 'not_an_amount' }],
  ])('refuses %j', (text, expected) => {
    expect(checkRefund(text, 4800)).toEqual(expected)
  })
  it('accepts an amount exactly when it is above zero and not above what is left', () => {
    fc.assert(
      fc.property(fc.nat(100_000), fc.nat(100_000), (amount, left) => {
        expect(checkRefund(amountText(amount), left).status === 'ok').toBe(amount > 0 && amount <= left)
      }),
    )
  })
})

describe('whyNoRefund', () => {
  it('says why', () => {
    expect(whyNoRefund(undefined)).toBe('No payment was taken for this order')
    expect(whyNoRefund(payment(0, [], 'authorized'))).toBe('The money is only held, not taken yet')
    expect(whyNoRefund(payment(0, [], 'declined'))).toBe('No money was taken')
    expect(whyNoRefund(payment(100, [refund(100)]))).toBe('Everything has been refunded')
    expect(whyNoRefund(payment(100, [refund(99)]))).toBeUndefined()
  })
})
