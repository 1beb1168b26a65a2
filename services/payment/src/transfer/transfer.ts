import { type Currency, formatMoney, money } from '@souk/kernel/money'
import { leftMinor, paidMinor } from '../balance/balance.ts'
import type { PaymentRecord } from '../payment/payment.ts'

/** Money of one payment that pays a part of another, as our books have it. */
export type TransferRecord = {
  id: string
  fromPaymentId: string
  toPaymentId: string
  amountMinor: number
  /** What of it came back to be refunded where it came from. */
  backMinor: number
  currency: Currency
  status: 'held' | 'spent' | 'released'
  createdAt: Date
}

/** Why money of a payment cannot be moved on, in words for whoever wanted to; nothing when it can. */
export function objectionToTransfer(origin: PaymentRecord, amountMinor: number): string | undefined {
  if (origin.closedReason !== null) return 'The order of the earlier payment is over, so its money goes back.'
  const isTaken = origin.status === 'captured' || origin.status === 'authorized'
  if (!isTaken || paidMinor(origin) === 0) return 'Nothing of the earlier payment is captured.'
  const left = leftMinor(origin)
  if (left >= amountMinor) return undefined
  return `Only ${formatMoney(money(left, origin.currency))} is left of the earlier payment.`
}
