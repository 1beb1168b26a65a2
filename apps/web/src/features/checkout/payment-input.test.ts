import { describe, expect, it } from 'vitest'
import { noPayment, readPayment } from './payment-input.ts'

describe('what the customer pays with', () => {
  it.each([
    [
      { ...noPayment, type: 'card' as const },
      { type: 'card', token: 'tok_visa' },
    ],
    [
      { ...noPayment, type: 'upi' as const, vpa: ' ada@bank ' },
      { type: 'upi', vpa: 'ada@bank' },
    ],
    [{ ...noPayment, type: 'cod' as const }, { type: 'cod' }],
  ])('%j is sent as the contract wants it', (input, method) => {
    expect(readPayment(input, 'tok_visa')).toEqual({ method })
  })

  it.each(['', 'ada', 'ada@', '@bank', 'ada bank@x'])('the UPI id %j is not sent', (vpa) => {
    expect(readPayment({ ...noPayment, type: 'upi', vpa }, undefined)).toMatchObject({
      fault: { field: 'vpa' },
    })
  })

  it('asks for a bank or a wallet before it sends one', () => {
    expect(readPayment({ ...noPayment, type: 'netbanking' }, undefined)).toMatchObject({
      fault: { field: 'bank' },
    })
    expect(readPayment({ ...noPayment, type: 'wallet' }, undefined)).toMatchObject({
      fault: { field: 'wallet' },
    })
  })
})
