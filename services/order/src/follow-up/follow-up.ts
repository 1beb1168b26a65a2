import { AppError } from '@souk/kernel/errors'
import { canMoveFollowUp, type FollowUpKind, type FollowUpReason, type FollowUpState } from '../contract.ts'
import type { Order } from '../order/order.ts'

/** One step of a follow-up: the id under which a neighbour is asked, until when, and what came of it. */
export type FollowUpStep = {
  step: 'hold' | 'promise' | 'pay' | 'release'
  id: string
  deadlineAt: string
  /** What was answered last; nothing while nobody was asked or the answer was lost. */
  result: string | null
  at: string | null
}

export type FollowUp = {
  id: string
  originId: string
  kind: FollowUpKind
  draftId: string
  /** The order it will be; its goods are held under this id. */
  orderId: string
  state: FollowUpState
  reason: FollowUpReason | null
  /** How much of the origin's money pays for it. */
  movesMinor: number
  isCod: boolean
  steps: FollowUpStep[]
  holdUntil: Date
  promisedAt: Date | null
  /** Nothing is left to be done for it. */
  isDone: boolean
  requestHash: string
  createdBy: string
  version: number
  createdAt: Date
}

/** Who prepared it promises it at once; otherwise his process died, or he was refused. */
const promiseMs = 60_000
/** The customer may begin to pay until the offer ends; the goods are held for as long as that may take. */
const payingMs = 60 * 60_000

export function planSteps(orderId: string, id: string, now: Date, holdUntil: Date): FollowUpStep[] {
  const open = { result: null, at: null }
  const promiseBy = new Date(now.getTime() + promiseMs).toISOString()
  const held = holdUntil.toISOString()
  return [
    { step: 'hold', id: orderId, deadlineAt: promiseBy, ...open },
    { step: 'promise', id, deadlineAt: promiseBy, ...open },
    { step: 'pay', id: orderId, deadlineAt: held, ...open },
    { step: 'release', id: orderId, deadlineAt: held, ...open },
  ]
}

/** The last moment at which the customer may begin to pay. */
export function payableUntil(holdUntil: Date): Date {
  return new Date(holdUntil.getTime() - payingMs)
}

export function noteFollowUpStep(
  followUp: FollowUp,
  step: FollowUpStep['step'],
  result: string,
  now: Date,
): FollowUp {
  const steps = followUp.steps.map((one) =>
    one.step === step && one.result !== result ? { ...one, result, at: now.toISOString() } : one,
  )
  return { ...followUp, steps }
}

/** A refused payment took its order with it: the next one has its own id, and its goods are held anew. */
export function tryAgain(followUp: FollowUp, orderId: string): FollowUp {
  const steps = followUp.steps.map((one) =>
    one.step === 'promise' ? one : { ...one, id: orderId, result: null, at: null },
  )
  return { ...followUp, orderId, steps }
}

export const isHeld = ({ steps }: Pick<FollowUp, 'steps'>) =>
  steps.some(({ step, result }) => step === 'hold' && result === 'reserved')

export function moveFollowUp(followUp: FollowUp, to: FollowUpState, reason?: FollowUpReason): FollowUp {
  if (canMoveFollowUp(followUp.state, to))
    return { ...followUp, state: to, reason: to === 'ended' ? (reason ?? 'withdrawn') : null }
  throw new AppError('INVALID_STATE', whyNot[followUp.state], {
    details: { reason: 'invalid_state', status: followUp.state },
  })
}

const whyNot: Record<FollowUpState, string> = {
  preparing: 'This was not promised to the customer yet.',
  open: 'This waits for what has to come before it.',
  started: 'This is on its way already.',
  placed: 'This has been ordered.',
  ended: 'This was withdrawn or has ended.',
}

/** What the customer has to pay online before it is placed. */
export function owedMinor(
  { movesMinor, isCod }: Pick<FollowUp, 'movesMinor' | 'isCod'>,
  totalMinor: number,
): number {
  return isCod ? 0 : totalMinor - movesMinor
}

export type FollowUpFacts = {
  /** The order it became, if it did. */
  order: Pick<Order, 'status' | 'confirmedAt' | 'refusal'> | undefined
  isOriginOver: boolean
  owedMinor: number
  expiresAt: Date
  now: Date
}
export type NextOfFollowUp =
  | { do: 'wait' | 'hold' | 'place' | 'note_placed' | 'try_again' | 'release' }
  | { do: 'end'; reason: FollowUpReason }

/** What comes next, from what is on record alone. */
export function nextOf(followUp: FollowUp, facts: FollowUpFacts): NextOfFollowUp {
  switch (followUp.state) {
    case 'placed':
      return { do: 'wait' }
    case 'ended':
      return { do: followUp.isDone ? 'wait' : 'release' }
    case 'preparing':
      return isUnpromised(followUp, facts.now) ? { do: 'end', reason: 'not_promised' } : { do: 'wait' }
    case 'open':
      if (facts.isOriginOver) return { do: 'end', reason: 'origin_cancelled' }
      return facts.now >= facts.expiresAt ? { do: 'end', reason: 'expired' } : { do: 'wait' }
    case 'started':
      return nextOfStarted(followUp, facts)
  }
}

function nextOfStarted(followUp: FollowUp, facts: FollowUpFacts): NextOfFollowUp {
  const { order, now, expiresAt } = facts
  if (order?.confirmedAt) return { do: 'note_placed' }
  if (order?.status === 'cancelled') return { do: 'end', reason: 'cancelled' }
  if (order && order.status !== 'failed') return { do: 'wait' }
  if (order?.refusal?.status === 'out_of_stock') return { do: 'end', reason: 'out_of_stock' }
  if (order && facts.owedMinor === 0) return { do: 'end', reason: 'declined' }
  if (facts.isOriginOver) return { do: 'end', reason: 'origin_cancelled' }
  if (now >= expiresAt) return { do: 'end', reason: 'expired' }
  if (order) return { do: 'try_again' }
  if (!isHeld(followUp)) return { do: 'hold' }
  return { do: facts.owedMinor === 0 ? 'place' : 'wait' }
}

function isUnpromised({ steps }: FollowUp, now: Date): boolean {
  const promise = steps.find(({ step }) => step === 'promise')
  return promise !== undefined && now.getTime() > Date.parse(promise.deadlineAt)
}
