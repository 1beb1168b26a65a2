import { describe, expect, test } from 'vitest'
import { canMoveFollowUp, followUpEdges, followUpStates } from '../contract.ts'
import {
  type FollowUp,
  type FollowUpFacts,
  moveFollowUp,
  nextOf,
  noteFollowUpStep,
  payableUntil,
  planSteps,
  tryAgain,
} from './follow-up.ts'

const now = new Date('2026-11-21T10:00:00Z')
const days = (count: number) => new Date(now.getTime() + count * 86_400_000)

const prepared: FollowUp = {
  id: 'edit',
  originId: 'origin',
  kind: 'addition',
  draftId: 'draft',
  orderId: 'order',
  state: 'preparing',
  reason: null,
  movesMinor: 0,
  isCod: false,
  steps: planSteps('order', 'edit', now, days(8)),
  holdUntil: days(8),
  promisedAt: null,
  isDone: false,
  requestHash: '',
  createdBy: 'staff',
  version: 1,
  createdAt: now,
}
const held = noteFollowUpStep(prepared, 'hold', 'reserved', now)
const started: FollowUp = { ...held, state: 'started', promisedAt: now }
const facts: FollowUpFacts = {
  order: undefined,
  isOriginOver: false,
  owedMinor: 500,
  expiresAt: days(7),
  now,
}
const failed = (status: 'payment_declined' | 'out_of_stock') => ({
  status: 'failed' as const,
  confirmedAt: null,
  refusal: status === 'out_of_stock' ? { status, lines: [] } : { status, message: 'No' },
})

describe('what comes next for an order that follows', () => {
  test.each<[string, FollowUp, Partial<FollowUpFacts>, object]>([
    ['nobody promised it yet', held, {}, { do: 'wait' }],
    ['nobody promised it in time', held, { now: days(1) }, { do: 'end', reason: 'not_promised' }],
    ['it waits for what is sent back', { ...held, state: 'open' }, {}, { do: 'wait' }],
    [
      'nothing was sent back in time',
      { ...held, state: 'open' },
      { now: days(7) },
      { do: 'end', reason: 'expired' },
    ],
    ['its goods are not held', { ...prepared, state: 'started' }, {}, { do: 'hold' }],
    ['the customer has to pay', started, {}, { do: 'wait' }],
    ['nothing is left to pay', started, { owedMinor: 0 }, { do: 'place' }],
    ['nobody paid in time', started, { now: days(7) }, { do: 'end', reason: 'expired' }],
    [
      'the first order was cancelled',
      started,
      { isOriginOver: true },
      { do: 'end', reason: 'origin_cancelled' },
    ],
    [
      'it is being paid when its time is over',
      started,
      { now: days(7), order: { status: 'awaiting_payment', confirmedAt: null, refusal: null } },
      { do: 'wait' },
    ],
    [
      'it is ordered',
      started,
      { order: { status: 'confirmed', confirmedAt: now, refusal: null } },
      { do: 'note_placed' },
    ],
    [
      'it was ordered and then cancelled',
      started,
      { order: { status: 'cancelled', confirmedAt: now, refusal: null } },
      { do: 'note_placed' },
    ],
    [
      'its order was cancelled unpaid',
      started,
      { order: { status: 'cancelled', confirmedAt: null, refusal: null } },
      { do: 'end', reason: 'cancelled' },
    ],
    ['the card was refused', started, { order: failed('payment_declined') }, { do: 'try_again' }],
    [
      'the card was refused and the time is over',
      started,
      { order: failed('payment_declined'), now: days(7) },
      { do: 'end', reason: 'expired' },
    ],
    [
      'the money could not move',
      started,
      { order: failed('payment_declined'), owedMinor: 0 },
      { do: 'end', reason: 'declined' },
    ],
    [
      'the goods were gone',
      started,
      { order: failed('out_of_stock') },
      { do: 'end', reason: 'out_of_stock' },
    ],
    ['it has ended', { ...started, state: 'ended', reason: 'expired' }, {}, { do: 'release' }],
    [
      'nothing is left to do',
      { ...started, state: 'ended', reason: 'expired', isDone: true },
      {},
      { do: 'wait' },
    ],
    ['it was placed', { ...started, state: 'placed' }, {}, { do: 'wait' }],
  ])('when %s', (_name, followUp, over, next) => {
    expect(nextOf(followUp, { ...facts, ...over })).toEqual(next)
  })

  test('another attempt has its own order, whose goods are not held yet; the promise stays', () => {
    const promised = noteFollowUpStep(started, 'promise', 'promised', now)
    const again = tryAgain(promised, 'another')
    expect(again.orderId).toBe('another')
    expect(again.steps.map(({ step, id, result }) => [step, id, result])).toEqual([
      ['hold', 'another', null],
      ['promise', 'edit', 'promised'],
      ['pay', 'another', null],
      ['release', 'another', null],
    ])
    expect(nextOf(again, facts)).toEqual({ do: 'hold' })
  })

  test('what can be paid can be paid while its goods are held', () => {
    expect(payableUntil(days(8)).getTime()).toBeLessThan(days(8).getTime())
  })

  test('only the steps of the table are taken, and what is over stays over', () => {
    for (const from of followUpStates)
      for (const to of followUpStates) {
        const move = () => moveFollowUp({ ...started, state: from }, to)
        if (canMoveFollowUp(from, to)) expect(move().state).toBe(to)
        else expect(move).toThrow()
      }
    expect(followUpEdges.some(({ from }) => ['placed', 'ended'].includes(from))).toBe(false)
  })
})
