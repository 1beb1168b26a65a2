import { canMove, orderStatuses } from '@souk/order/contract'
import { describe, expect, it } from 'vitest'
import { orderActions, staffSteps } from './order-actions.ts'

describe('orderActions', () => {
  it.each(orderStatuses)(
    'offers from %s exactly what the table of the contract allows, and says why not',
    (status) => {
      for (const action of orderActions(status)) {
        expect(action.whyNot === undefined).toBe(canMove(status, action.step, 'staff'))
        if (action.whyNot !== undefined) expect(action.whyNot.length).toBeGreaterThan(10)
      }
    },
  )
  it('always shows every step in the same place', () => {
    for (const status of orderStatuses) {
      expect(orderActions(status).map((action) => action.step)).toEqual([...staffSteps])
    }
  })
  it('tells what to do first', () => {
    const reason = (status: 'confirmed' | 'awaiting_payment', step: string) =>
      orderActions(status).find((action) => action.step === step)?.whyNot
    expect(reason('confirmed', 'delivered')).toBe('Ship the order first')
    expect(reason('awaiting_payment', 'shipped')).toBe('Waiting for the customer to pay')
  })
})
