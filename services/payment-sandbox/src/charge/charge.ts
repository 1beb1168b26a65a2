/** What happens to a charge: pure rules. Times and ids come in as arguments. */

export const openStatuses = ['requires_action', 'authorized'] as const
export type ChargeStatus = 'requires_action' | 'authorized' | 'captured' | 'declined' | 'expired' | 'voided'

export type ActionKind = '3ds' | 'upi' | 'netbanking' | 'wallet'

export type Charge = {
  object: 'charge'
  id: string
  reference: string
  idempotencyKey: string
  amount: number
  currency: string
  status: ChargeStatus
  /** True takes the money at once; false holds it. */
  capture: boolean
  capturedAmount: number
  refundedAmount: number
  method: {
    type: 'card' | 'upi' | 'netbanking' | 'wallet'
    label: string
    afterApproval?: 'refuses' | 'later'
  }
  action: { type: 'redirect' | 'approve'; kind: ActionKind; url: string; expiresAt: string } | null
  failure: { code: string; message: string } | null
  returnUrl: string
  /** When a held amount is released by itself. */
  expiresAt: string | null
  createdAt: string
  updatedAt: string
  /** One higher with every change, so that a reader can tell which of two copies is newer. */
  revision: number
}

export type Failure = { code: string; message: string }

/** A refusal that the caller reads as 4xx; nothing was changed. */
export class Refused extends Error {
  readonly status: number
  readonly code: string

  constructor(status: number, code: string, sentence: string) {
    super(sentence)
    this.status = status
    this.code = code
  }
}

export function succeed(charge: Charge, now: Date, authorizationMs: number): Charge {
  const done = { ...next(charge, now), action: null, failure: null }
  if (charge.capture) return { ...done, status: 'captured', capturedAmount: charge.amount }
  return { ...done, status: 'authorized', expiresAt: later(now, authorizationMs) }
}

export function decline(charge: Charge, failure: Failure, now: Date): Charge {
  return { ...next(charge, now), status: 'declined', action: null, failure }
}

export function expire(charge: Charge, now: Date): Charge {
  if (charge.capturedAmount > 0) return keepCaptured(charge, now)
  const failure =
    charge.status === 'authorized'
      ? { code: 'authorization_expired', message: 'The held amount was released after its time.' }
      : { code: 'expired', message: 'The payment was not approved in time.' }
  return { ...next(charge, now), status: 'expired', action: null, failure, expiresAt: null }
}

/** Takes a part of what is held, or all that is left. The last capture lets the rest go. */
export function capture(
  charge: Charge,
  { amount, isFinal }: { amount: number | undefined; isFinal: boolean },
  now: Date,
): Charge {
  if (charge.status !== 'authorized')
    throw new Refused(409, 'charge_not_authorized', `A ${charge.status} charge cannot be captured.`)
  const capturedAmount = charge.capturedAmount + (amount ?? charge.amount - charge.capturedAmount)
  if (capturedAmount > charge.amount)
    throw new Refused(400, 'amount_too_large', 'More than the held amount cannot be captured.')
  const done = { ...next(charge, now), capturedAmount }
  return isFinal || capturedAmount === charge.amount
    ? { ...done, status: 'captured', expiresAt: null }
    : { ...done, status: 'authorized' }
}

export function cancel(charge: Charge, now: Date): Charge {
  if (charge.status !== 'authorized' && charge.status !== 'requires_action')
    throw new Refused(409, 'charge_not_voidable', `A ${charge.status} charge cannot be voided.`)
  if (charge.capturedAmount > 0) return keepCaptured(charge, now)
  return { ...next(charge, now), status: 'voided', action: null, expiresAt: null }
}

/** What was not captured of a hold is let go; what was stays captured. */
function keepCaptured(charge: Charge, now: Date): Charge {
  return { ...next(charge, now), status: 'captured', expiresAt: null }
}

export function refunded(charge: Charge, amount: number, now: Date): Charge {
  if (charge.capturedAmount === 0)
    throw new Refused(409, 'charge_not_captured', `A ${charge.status} charge cannot be refunded.`)
  if (charge.refundedAmount + amount > charge.capturedAmount)
    throw new Refused(400, 'refund_too_large', 'More than was captured cannot be refunded.')
  return { ...next(charge, now), refundedAmount: charge.refundedAmount + amount }
}

/** Gives back the room that a refund took when the bank refuses it afterwards. */
export function refundReversed(charge: Charge, amount: number, now: Date): Charge {
  return { ...next(charge, now), refundedAmount: charge.refundedAmount - amount }
}

export function later(now: Date, ms: number): string {
  return new Date(now.getTime() + ms).toISOString()
}

function next(charge: Charge, now: Date): Charge {
  return { ...charge, updatedAt: now.toISOString(), revision: charge.revision + 1 }
}
