import { type Money, money } from '@souk/kernel/money'
import { leftMinor } from '../balance/balance.ts'
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
    ...transferOf(payment),
  }
}

/** What a gift card or store credit pays; absent when it pays nothing. */
export function creditOf(payment: PaymentRecord): { credit?: Money } {
  const isPaid = payment.creditStatus === 'held' || payment.creditStatus === 'spent'
  return isPaid ? { credit: moneyOf(payment, payment.creditMinor) } : {}
}

/** What was moved here from an earlier payment; absent when it is nothing. */
export function transferOf(payment: PaymentRecord): { transfer?: Money } {
  const isPaid = payment.transferStatus === 'held' || payment.transferStatus === 'spent'
  return isPaid ? { transfer: moneyOf(payment, payment.transferMinor) } : {}
}

/** What was moved on, and what is left; each absent when it is nothing. */
export function leftOf(payment: PaymentRecord): { transferred?: Money; left?: Money } {
  const left = leftMinor(payment)
  return {
    ...(payment.transferredMinor > 0 ? { transferred: moneyOf(payment, payment.transferredMinor) } : {}),
    ...(left > 0 ? { left: moneyOf(payment, left) } : {}),
  }
}

export function moneyOf(payment: PaymentRecord, amountMinor: number): Money {
  return money(amountMinor, payment.currency)
}
