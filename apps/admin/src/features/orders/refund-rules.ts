import { parseAmount } from '../../money-text.ts'

type Refundable = {
  status: string
  captured: { amount: number }
  refunded: { amount: number }
  transferred?: { amount: number } | undefined
  refunds: readonly { amount: { amount: number }; status: string }[]
}

/** What can still be given back. A refund that is under way counts as gone: it may yet succeed. */
export function refundableMinor(payment: Refundable): number {
  const underWayOrDone = payment.refunds
    .filter((refund) => refund.status !== 'failed')
    .reduce((sum, refund) => sum + refund.amount.amount, 0)
  const gone = Math.max(underWayOrDone, payment.refunded.amount) + (payment.transferred?.amount ?? 0)
  return Math.max(0, payment.captured.amount - gone)
}

export type RefundCheck =
  | { status: 'ok'; amountMinor: number; isAll: boolean }
  | { status: 'not_an_amount' | 'nothing' }
  | { status: 'too_much'; leftMinor: number }

/** Whether the typed amount may be refunded. */
export function checkRefund(text: string, leftMinor: number): RefundCheck {
  const amountMinor = parseAmount(text)
  if (amountMinor === undefined) return { status: 'not_an_amount' }
  if (amountMinor === 0) return { status: 'nothing' }
  if (amountMinor > leftMinor) return { status: 'too_much', leftMinor }
  return { status: 'ok', amountMinor, isAll: amountMinor === leftMinor }
}

/** Why this payment cannot be refunded now, or nothing when it can. */
export function whyNoRefund(payment: Refundable | undefined): string | undefined {
  if (!payment) return 'No payment was taken for this order'
  if (payment.captured.amount === 0) {
    return payment.status === 'authorized' ? 'The money is only held, not taken yet' : 'No money was taken'
  }
  if (refundableMinor(payment) > 0) return undefined
  return payment.transferred ? 'Everything has been refunded or moved on' : 'Everything has been refunded'
}
