import { AppError, isAppError } from '@souk/kernel/errors'
import type { Money } from '@souk/kernel/money'
import { heldMinor, leftMinor, paidMinor } from '../balance/balance.ts'
import type { PaymentStatus } from '../contract.ts'
import type { PaymentRecord } from './payment.ts'

export function assertCanCapture(payment: PaymentRecord, amountMinor: number): void {
  if (payment.status !== 'authorized') throw wrongState(payment, 'captured')
  if (payment.closedReason !== null)
    throw invalidState('The order of this payment is over, so nothing may be captured.')
  if (amountMinor < 1 || amountMinor > heldMinor(payment))
    throw badAmount('Not more than what is still held can be captured.')
}

export function assertCanVoid(payment: PaymentRecord): void {
  if (payment.status === 'captured')
    throw invalidState('This payment is captured already. Refund it instead.')
  if (payment.status === 'authorized' && payment.capturedMinor > 0)
    throw invalidState('A part of this payment is captured already. Capture or refund it instead.')
  if (payment.status !== 'authorized' && payment.status !== 'requires_action')
    throw wrongState(payment, 'voided')
}

/** The amount of a refund: what was asked for, or all that is left. */
export function refundAmount(payment: PaymentRecord, wanted: Money | undefined): number {
  if (paidMinor(payment) === 0) throw wrongState(payment, 'refunded')
  const left = leftMinor(payment)
  // What was moved on comes back here when the other order does not come about.
  const wish = wanted?.amount ?? 1
  if (wish > left && wish <= left + payment.transferredMinor) throw movedElsewhere()
  if (left === 0) throw invalidState('Everything that was paid has been refunded or is being refunded.')
  if (wanted === undefined) return left
  if (wanted.currency !== payment.currency)
    throw new AppError('INVALID_INPUT', `This payment is in ${payment.currency}.`, {
      details: { errors: [{ path: 'amount.currency', message: `Must be ${payment.currency}` }] },
    })
  if (wanted.amount < 1) throw badAmount('A refund is at least one cent.')
  if (wanted.amount > left)
    throw invalidState('More than is left of this payment cannot be refunded.', { leftMinor: left })
  return wanted.amount
}

/** It is worth asking again. */
export function isMovedElsewhere(error: unknown): boolean {
  return isAppError(error, 'CONFLICT') && error.details.isMovedElsewhere === true
}

const sentences: Record<PaymentStatus, string> = {
  created: 'is still being asked for',
  unknown: 'is still being settled with the provider',
  requires_action: 'still waits for the customer',
  authorized: 'is held but not captured yet',
  captured: 'is captured already',
  declined: 'was declined',
  expired: 'has expired',
  voided: 'was voided',
}

function wrongState(payment: PaymentRecord, verb: string): AppError {
  const isHeld = payment.status === 'authorized'
  return invalidState(`This payment ${sentences[payment.status]}, so it cannot be ${verb}.`, { isHeld })
}

function invalidState(sentence: string, facts: { leftMinor?: number; isHeld?: boolean } = {}): AppError {
  return new AppError('INVALID_STATE', sentence, { details: { reason: 'invalid_state', ...facts } })
}

function movedElsewhere(): AppError {
  const sentence =
    'A part of this payment pays for another order. Refund that order, or try again when it has ended.'
  return new AppError('CONFLICT', sentence, { details: { reason: 'conflict', isMovedElsewhere: true } })
}

function badAmount(sentence: string): AppError {
  const errors = [{ path: 'amount.amount', message: sentence }]
  return new AppError('INVALID_INPUT', sentence, { details: { reason: 'invalid_input', errors } })
}
