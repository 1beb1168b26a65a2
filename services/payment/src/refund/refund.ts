import type { Currency } from '@souk/kernel/money'
import { leftAtOriginMinor, leftAtProviderMinor } from '../balance/balance.ts'
import { hasEnded, type PaymentRecord } from '../payment/payment.ts'
import type { ProviderRefund } from '../provider/provider.ts'

export type RefundStatus = 'pending' | 'succeeded' | 'failed' | 'unknown'

/** A refund as our books have it. Its id is the provider's idempotency key. */
export type RefundRecord = {
  id: string
  paymentId: string
  status: RefundStatus
  /** The provider's part. */
  amountMinor: number
  /** The part that goes back as credit: to `creditId`, or to what the payment was paid with. */
  creditMinor: number
  creditId: string | null
  /** The part that goes back through the earlier payment it was moved from, by a refund of that one. */
  transferMinor: number
  /** The refund of another payment for which this one is made. */
  ofRefundId: string | null
  /** When the provider gave its part back, while the earlier payment's part is still on its way. */
  providerDoneAt: Date | null
  currency: Currency
  reason: string
  requestedBy: string
  requestHash: string
  providerRefundId: string | null
  createdAt: Date
}

export type RefundReading =
  | { kind: 'mismatch'; what: string }
  | { kind: 'settled'; status: 'succeeded' | 'failed'; message: string | null }
  | { kind: 'pending' }

/** The provider's word about a refund, compared with ours before it counts. */
export function readRefund(
  refund: RefundRecord,
  payment: Pick<PaymentRecord, 'providerChargeId'>,
  said: ProviderRefund,
): RefundReading {
  if (said.reference !== refund.id) return { kind: 'mismatch', what: 'reference' }
  if (said.chargeId !== payment.providerChargeId) return { kind: 'mismatch', what: 'charge' }
  if (said.amountMinor !== refund.amountMinor) return { kind: 'mismatch', what: 'amount' }
  if (said.currency !== refund.currency) return { kind: 'mismatch', what: 'currency' }
  if (said.status === 'pending') return { kind: 'pending' }
  return { kind: 'settled', status: said.status, message: said.message }
}

/** What the shop gives up when it refunds: its own revenue, money that it only kept for the customer, or what came back from another payment. */
export function debitAccountOf(
  payment: PaymentRecord,
  ofRefundId: string | null,
): 'refunds' | 'customer' | 'transfer' {
  if (ofRefundId !== null) return 'transfer'
  return payment.creditAccount === 'customer' || hasEnded(payment) ? 'customer' : 'refunds'
}

/** After so many refusals a person has to look; the money stays visible as not given back. */
export const mostAutomaticRefunds = 5

/**
 * The provider gives back first, then the earlier payment; what neither ever had goes back as credit. As
 * credit, all of it does.
 */
export function splitRefund(
  payment: PaymentRecord,
  amountMinor: number,
  to: 'original' | 'store_credit' | 'gift_card',
): { amountMinor: number; transferMinor: number; creditMinor: number } {
  if (to !== 'original') return { amountMinor: 0, transferMinor: 0, creditMinor: amountMinor }
  const atProvider = Math.min(amountMinor, leftAtProviderMinor(payment))
  const atOrigin = Math.min(amountMinor - atProvider, leftAtOriginMinor(payment))
  return {
    amountMinor: atProvider,
    transferMinor: atOrigin,
    creditMinor: amountMinor - atProvider - atOrigin,
  }
}

/** All of a refund, whatever way it goes. */
export function wholeMinor(
  refund: Pick<RefundRecord, 'amountMinor' | 'creditMinor' | 'transferMinor'>,
): number {
  return refund.amountMinor + refund.creditMinor + refund.transferMinor
}

export function isOpen({ status }: Pick<RefundRecord, 'status'>): boolean {
  return status === 'pending' || status === 'unknown'
}
