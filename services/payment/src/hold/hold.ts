import type { Need, PaymentRecord } from '../payment/payment.ts'
import type { ProviderCharge } from '../provider/provider.ts'

/** An hour before the provider lets go, or a tenth of a short hold: what is decided here is decided once. */
export function releaseTimeOf(charge: ProviderCharge, now: Date): Date | null {
  if (charge.status !== 'authorized' || charge.expiresAt === null) return null
  const endsAt = Date.parse(charge.expiresAt)
  const marginMs = Math.min(3_600_000, Math.max(0, endsAt - now.getTime()) / 10)
  return new Date(endsAt - marginMs)
}

/** Before a hold runs out, what has been shipped is taken and the rest is let go. */
export function needOfHold(payment: PaymentRecord, now: Date): Need {
  if (payment.closedReason !== null) return 'release'
  if (payment.releaseAt === null || payment.releaseAt > now) return 'ask'
  return payment.captureWantedMinor > payment.capturedMinor ? 'capture_last' : 'release'
}

/** The capture that the parcels so far ask for; nothing while it has to wait for the last of them. */
export function wantedCapture(
  payment: PaymentRecord,
  canCaptureInParts: boolean,
  now: Date,
): { amountMinor: number; isFinal: boolean } | undefined {
  const mostMinor = payment.amountMinor - payment.loweredMinor
  const wantedMinor = Math.min(payment.captureWantedMinor, mostMinor)
  const isRunningOut = payment.releaseAt !== null && payment.releaseAt <= now
  const isFinal = payment.isCaptureFinal || isRunningOut || wantedMinor === mostMinor
  if (!isFinal && !canCaptureInParts) return undefined
  return { amountMinor: wantedMinor - payment.capturedMinor, isFinal }
}
