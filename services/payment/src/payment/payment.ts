import type { Currency } from '@souk/kernel/money'
import { leftMinor, paidMinor } from '../balance/balance.ts'
import {
  type PaymentAction,
  type PaymentMethod,
  type PaymentStatus,
  paymentStatuses,
  paymentTransitions,
} from '../contract.ts'
import { needOfHold, releaseTimeOf } from '../hold/hold.ts'
import type { ProviderCharge } from '../provider/provider.ts'

/** A payment as our books have it. */
export type PaymentRecord = {
  id: string
  orderId: string
  provider: string
  providerChargeId: string | null
  status: PaymentStatus
  version: number
  method: { type: PaymentMethod['type']; label: string }
  /** Only until the provider has the charge. */
  methodDetail: PaymentMethod | null
  requestHash: string
  captureMode: 'automatic' | 'manual'
  currency: Currency
  amountMinor: number
  authorizedMinor: number
  capturedMinor: number
  refundedMinor: number
  refundPendingMinor: number
  /** The part paid by gift card or store credit, beside `amountMinor`, which the provider is asked for. */
  creditMinor: number
  creditStatus: 'none' | 'held' | 'spent' | 'released'
  /** What went back as credit, and what is about to. */
  creditGivenMinor: number
  creditPendingMinor: number
  creditAccount: 'revenue' | 'customer'
  /** What was moved on to other payments, and the part that was moved here, of which some went back. */
  transferredMinor: number
  transferMinor: number
  transferStatus: 'none' | 'held' | 'spent' | 'released'
  transferGivenMinor: number
  transferPendingMinor: number
  /** What of a hold is not to be taken any more. */
  loweredMinor: number
  action: PaymentAction | null
  failure: { code: string; message: string } | null
  userId: string | null
  orderTokenHash: string | null
  returnUrl: string
  closedReason: string | null
  /** What the parcels that have left ask for, and whether the last of them has. */
  captureWantedMinor: number
  isCaptureFinal: boolean
  /** When we let a hold go by ourselves, before the provider would. */
  releaseAt: Date | null
  createdAt: Date
  updatedAt: Date
}

export type AttemptOutcome = 'started' | 'succeeded' | 'requires_action' | 'declined' | 'failed' | 'unknown'
export type PaymentOutcome = 'authorized' | 'captured' | 'failed'

/** One step of a payment along its table of steps, with everything that is written at the same moment. */
export type Move = {
  to: PaymentStatus
  providerChargeId: string | null
  authorizedMinor: number
  capturedMinor: number
  action: PaymentAction | null
  failure: { code: string; message: string } | null
  /** What becomes of the attempt that asked for it, and why. */
  attempt: { outcome: AttemptOutcome; message: string | null }
  /** What the order is told. */
  outcome: PaymentOutcome | null
  /** When to look again, in milliseconds. */
  checkInMs: number | null
  releaseAt: Date | null
}

export type Reading =
  /** The charge is not the one we asked for. */
  | { kind: 'mismatch'; what: string }
  | { kind: 'move'; move: Move }
  /** A part of a hold was captured; the rest is still held. */
  | { kind: 'part'; capturedMinor: number }
  /** Money came although the payment had already ended without it. */
  | { kind: 'late_money' }
  | { kind: 'late_hold' }
  /** Nothing that we do not know. */
  | { kind: 'known' }

const takenStatuses: readonly PaymentStatus[] = ['authorized', 'captured']
const endedStatuses: readonly PaymentStatus[] = ['declined', 'expired', 'voided']
const firstCheckMs = 300
const waitingCheckMs = 20_000
const longestCheckMs = 20 * 24 * 3_600_000

export function statusesBefore(to: PaymentStatus): PaymentStatus[] {
  return paymentStatuses.filter((from) => {
    const next: readonly PaymentStatus[] = paymentTransitions[from]
    return next.includes(to)
  })
}

export function hasEnded(payment: PaymentRecord): boolean {
  return endedStatuses.includes(payment.status)
}

/** What the provider's word about a charge means for the payment. Order and repetition do not matter. */
export function readCharge(payment: PaymentRecord, charge: ProviderCharge, now: Date): Reading {
  const what = mismatchOf(payment, charge)
  if (what) return { kind: 'mismatch', what }
  if (charge.status === payment.status) {
    const isMore = charge.status === 'authorized' && charge.capturedMinor > payment.capturedMinor
    return isMore ? { kind: 'part', capturedMinor: charge.capturedMinor } : { kind: 'known' }
  }
  if (hasEnded(payment) && charge.status === 'captured')
    return payment.capturedMinor === 0 ? { kind: 'late_money' } : { kind: 'known' }
  if (hasEnded(payment) && (charge.status === 'authorized' || charge.status === 'requires_action'))
    return { kind: 'late_hold' }
  if (!statusesBefore(charge.status).includes(payment.status)) return { kind: 'known' }
  return { kind: 'move', move: moveTo(payment, charge, now) }
}

function mismatchOf(payment: PaymentRecord, charge: ProviderCharge): string | undefined {
  if (charge.reference !== payment.id) return 'reference'
  if (charge.amountMinor !== payment.amountMinor) return 'amount'
  if (charge.currency !== payment.currency) return 'currency'
  if (payment.providerChargeId !== null && charge.id !== payment.providerChargeId) return 'charge'
  const { capturedMinor } = charge
  if (capturedMinor < 0 || capturedMinor > payment.amountMinor) return 'captured amount'
  if (charge.status !== 'captured' && charge.status !== 'authorized')
    return capturedMinor === 0 ? undefined : 'captured amount'
  if (charge.status === 'captured' && capturedMinor < Math.max(1, payment.capturedMinor))
    return 'captured amount'
  // A part is right only where we asked for it: after the whole had been held.
  const mayBePart = payment.captureMode === 'manual' || payment.status === 'authorized'
  const isWhole = capturedMinor === (charge.status === 'captured' ? payment.amountMinor : 0)
  return isWhole || mayBePart ? undefined : 'captured amount'
}

const attemptOutcome: Record<ProviderCharge['status'], AttemptOutcome> = {
  requires_action: 'requires_action',
  authorized: 'succeeded',
  captured: 'succeeded',
  declined: 'declined',
  expired: 'failed',
  voided: 'failed',
}

function moveTo(payment: PaymentRecord, charge: ProviderCharge, now: Date): Move {
  const isTaken = takenStatuses.includes(charge.status)
  return {
    to: charge.status,
    providerChargeId: charge.id,
    authorizedMinor: isTaken ? payment.amountMinor : payment.authorizedMinor,
    capturedMinor: charge.capturedMinor,
    action: charge.status === 'requires_action' ? charge.action : null,
    failure: endedStatuses.includes(charge.status) ? failureOf(payment, charge, now) : null,
    attempt: { outcome: attemptOutcome[charge.status], message: charge.failure?.message ?? null },
    outcome: outcomeOf(payment, charge.status),
    checkInMs: nextCheckOf(charge, now),
    releaseAt: releaseTimeOf(charge, now),
  }
}

/** Who waits is asked about, in case a webhook was lost; who is held, when the hold has to end. */
function nextCheckOf(charge: ProviderCharge, now: Date): number | null {
  if (charge.status === 'requires_action') return waitingCheckMs
  const releaseAt = releaseTimeOf(charge, now)
  return releaseAt && Math.min(longestCheckMs, Math.max(0, releaseAt.getTime() - now.getTime()))
}

function failureOf(payment: PaymentRecord, charge: ProviderCharge, now: Date) {
  if (charge.failure) return charge.failure
  const isReleased = charge.status === 'voided' && payment.releaseAt !== null && payment.releaseAt <= now
  if (isReleased && payment.closedReason === null)
    return { code: 'authorization_expired', message: 'The held amount was not captured in time.' }
  return charge.status === 'voided' ? { code: 'voided', message: 'The payment was cancelled.' } : null
}

/** A payment that is cancelled because its order is over is news to nobody. */
function outcomeOf(payment: PaymentRecord, status: PaymentStatus): PaymentOutcome | null {
  if (status === 'authorized' || status === 'captured') return status
  if (status === 'voided' && payment.closedReason !== null) return null
  return endedStatuses.includes(status) ? 'failed' : null
}

/** The provider gave no answer: whatever it did stands until it was asked again. */
export function moveToUnknown(payment: PaymentRecord, message: string): Move {
  return {
    ...endWithout(payment),
    to: 'unknown',
    attempt: { outcome: 'unknown', message },
    checkInMs: firstCheckMs,
  }
}

/** The provider refused the request itself, or is sure never to have got it. */
export function moveToRefused(payment: PaymentRecord, failure: { code: string; message: string }): Move {
  const to = payment.closedReason === null ? 'declined' : 'voided'
  return {
    ...endWithout(payment),
    to,
    failure,
    attempt: { outcome: 'failed', message: failure.message },
    outcome: outcomeOf(payment, to),
  }
}

function endWithout(payment: PaymentRecord) {
  return {
    providerChargeId: payment.providerChargeId,
    authorizedMinor: 0,
    capturedMinor: 0,
    action: null,
    failure: null,
    outcome: null,
    checkInMs: null,
    releaseAt: null,
  }
}

/** What a payment needs from us when its time has come. */
export type Need = 'ask' | 'release' | 'capture_last' | 'give_back' | 'nothing'

export function needOf(payment: PaymentRecord, now: Date): Need {
  if (payment.status === 'authorized') return needOfHold(payment, now)
  if (paidMinor(payment) > 0) {
    const isOver = payment.closedReason !== null || payment.status !== 'captured'
    return isOver && leftMinor(payment) > 0 ? 'give_back' : 'nothing'
  }
  const isClosed = payment.closedReason !== null
  if (payment.status === 'requires_action') return isClosed || isOverdue(payment, now) ? 'release' : 'ask'
  return 'ask'
}

/** Past its time by a little, so that the provider's own word about it comes first. */
function isOverdue(payment: PaymentRecord, now: Date): boolean {
  const expiresAt = payment.action?.expiresAt
  return expiresAt !== null && expiresAt !== undefined && now.getTime() > Date.parse(expiresAt) + 5_000
}

const askAgainForMs = 10 * 60_000
const graceMs = 60_000

/**
 * The provider says that it does not know the charge, which may still be on its way. While the buyer is
 * likely to be there we send it again with the same key; later we give it up.
 */
export function whenNotFound(payment: PaymentRecord, now: Date): 'send_again' | 'wait' | 'give_up' {
  const ageMs = now.getTime() - payment.createdAt.getTime()
  if (payment.closedReason !== null) return ageMs > graceMs ? 'give_up' : 'wait'
  if (ageMs > askAgainForMs || payment.methodDetail === null) return 'give_up'
  return 'send_again'
}
