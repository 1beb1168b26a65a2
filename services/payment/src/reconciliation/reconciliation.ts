import type { DifferenceKind } from '../contract.ts'
import type { PaymentRecord } from '../payment/payment.ts'
import type { ListedCharge } from '../provider/provider.ts'

/** What both sides say of one charge, in minor units. Nothing where a side has none. */
export type Sums = { amountMinor: number; capturedMinor: number; refundedMinor: number; currency: string }
export type Found = {
  kind: DifferenceKind
  providerRef: string
  paymentId: string | null
  ours: Sums | null
  theirs: Sums | null
  theirsChangedAt: Date
}

export function sumsOf(payment: PaymentRecord): Sums {
  const { amountMinor, capturedMinor, refundedMinor, currency } = payment
  return { amountMinor, capturedMinor, refundedMinor, currency }
}

/** How a line of the provider's list differs from our books; nothing when both tell the same. */
export function differenceOf(payment: PaymentRecord | undefined, theirs: ListedCharge): Found | undefined {
  const { amountMinor, capturedMinor, refundedMinor, currency } = theirs
  const found = {
    providerRef: theirs.id,
    paymentId: payment?.id ?? null,
    ours: payment ? sumsOf(payment) : null,
    theirs: { amountMinor, capturedMinor, refundedMinor, currency },
    theirsChangedAt: theirs.changedAt,
  }
  if (!payment) return { ...found, kind: 'unknown_charge' }
  if (payment.amountMinor !== amountMinor || payment.currency !== currency)
    return { ...found, kind: 'amount' }
  if (payment.capturedMinor !== capturedMinor) return { ...found, kind: 'captured' }
  const given = payment.refundedMinor + payment.refundPendingMinor
  // A refund of ours may be on its way; one that we do not know of may not.
  const fits = refundedMinor >= payment.refundedMinor && refundedMinor <= given
  return fits ? undefined : { ...found, kind: 'refunded' }
}
