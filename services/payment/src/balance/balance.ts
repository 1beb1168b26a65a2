import type { PaymentRecord } from '../payment/payment.ts'

/** What may still be taken of a hold. */
export function heldMinor(payment: PaymentRecord): number {
  return payment.authorizedMinor - payment.capturedMinor - payment.loweredMinor
}

/** All that is to be paid, whoever pays it. */
export function totalMinor(payment: PaymentRecord): number {
  return payment.amountMinor + payment.creditMinor + payment.transferMinor
}

/** All that was paid: by the provider, by credit, and with money of an earlier payment. */
export function paidMinor(payment: PaymentRecord): number {
  return payment.capturedMinor + spentCreditMinor(payment) + spentTransferMinor(payment)
}

/** What went back, whatever way. */
export function givenMinor(payment: PaymentRecord): number {
  return payment.refundedMinor + payment.creditGivenMinor + payment.transferGivenMinor
}

/** What is not to be given back or moved on any more, or is about to be. */
export function goneMinor(payment: PaymentRecord): number {
  const pending = payment.refundPendingMinor + payment.creditPendingMinor + payment.transferPendingMinor
  return givenMinor(payment) + pending + payment.transferredMinor
}

/** What can still be given back or moved on, all ways together. */
export function leftMinor(payment: PaymentRecord): number {
  return paidMinor(payment) - goneMinor(payment)
}

/** What the provider can still give back. */
export function leftAtProviderMinor(payment: PaymentRecord): number {
  const left = payment.capturedMinor - payment.refundedMinor - payment.refundPendingMinor
  return Math.min(left, leftMinor(payment))
}

/** What can still go back through the earlier payment, when the provider gives back all it can. */
export function leftAtOriginMinor(payment: PaymentRecord): number {
  const { transferGivenMinor, transferPendingMinor } = payment
  const left = spentTransferMinor(payment) - transferGivenMinor - transferPendingMinor
  return Math.min(left, leftMinor(payment) - leftAtProviderMinor(payment))
}

function spentCreditMinor(payment: PaymentRecord): number {
  return payment.creditStatus === 'spent' ? payment.creditMinor : 0
}

function spentTransferMinor(payment: PaymentRecord): number {
  return payment.transferStatus === 'spent' ? payment.transferMinor : 0
}
