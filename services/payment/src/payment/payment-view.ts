import { type Money, money } from '@souk/kernel/money'
import type { PaymentState } from '../contract.ts'
import type { PaymentRecord } from './payment.ts'

/** A payment without its history, as others see it. */
export function toPaymentState(payment: PaymentRecord): PaymentState {
  const { id, orderId, status, failure, method } = payment
  return {
    id,
    orderId,
    status,
    action: status === 'requires_action' ? payment.action : null,
    failure,
    method,
  }
}

export function moneyOf(payment: PaymentRecord, amountMinor: number): Money {
  return money(amountMinor, payment.currency)
}
