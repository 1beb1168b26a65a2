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
    ...creditOf(payment),
  }
}

/** What a gift card or store credit pays; absent when it pays nothing. */
export function creditOf(payment: PaymentRecord): { credit?: Money } {
  const isPaid = payment.creditStatus === 'held' || payment.creditStatus === 'spent'
  return isPaid ? { credit: moneyOf(payment, payment.creditMinor) } : {}
}

export function moneyOf(payment: PaymentRecord, amountMinor: number): Money {
  return money(amountMinor, payment.currency)
}
