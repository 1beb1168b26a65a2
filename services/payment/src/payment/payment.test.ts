import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { leftMinor } from '../balance/balance.ts'
import { type PaymentStatus, paymentStatuses, paymentTransitions } from '../contract.ts'
import type { ProviderCharge } from '../provider/provider.ts'
import { assertCanCapture, assertCanVoid, refundAmount } from './limits.ts'
import {
  moveToRefused,
  moveToUnknown,
  needOf,
  type PaymentRecord,
  readCharge,
  statusesBefore,
  whenNotFound,
} from './payment.ts'

const now = new Date('2026-11-20T12:00:00Z')
const minutesAgo = (minutes: number) => new Date(now.getTime() - minutes * 60_000)
const base: PaymentRecord = {
  id: '0195a000-0000-7000-8000-000000000001',
  orderId: '0195a000-0000-7000-8000-000000000002',
  provider: 'sandbox',
  providerChargeId: null,
  status: 'created',
  version: 0,
  method: { type: 'card', label: 'Card' },
  methodDetail: { type: 'card', token: 'tok_visa' },
  requestHash: 'x',
  captureMode: 'automatic',
  currency: 'EUR',
  amountMinor: 4800,
  authorizedMinor: 0,
  capturedMinor: 0,
  refundedMinor: 0,
  refundPendingMinor: 0,
  creditMinor: 0,
  creditStatus: 'none',
  creditGivenMinor: 0,
  creditPendingMinor: 0,
  creditAccount: 'revenue',
  transferredMinor: 0,
  transferMinor: 0,
  transferStatus: 'none',
  transferGivenMinor: 0,
  transferPendingMinor: 0,
  loweredMinor: 0,
  action: null,
  failure: null,
  userId: null,
  orderTokenHash: null,
  returnUrl: 'http://shop.test/',
  closedReason: null,
  captureWantedMinor: 0,
  isCaptureFinal: false,
  releaseAt: null,
  createdAt: now,
  updatedAt: now,
}
const payment = (change: Partial<PaymentRecord>): PaymentRecord => ({ ...base, ...change })
const captured = payment({
  status: 'captured',
  providerChargeId: 'ch_1',
  authorizedMinor: 4800,
  capturedMinor: 4800,
})
const charge = (change: Partial<ProviderCharge> = {}): ProviderCharge => ({
  id: 'ch_1',
  reference: base.id,
  status: 'captured',
  amountMinor: 4800,
  capturedMinor: 4800,
  currency: 'EUR',
  action: null,
  failure: null,
  expiresAt: null,
  ...change,
})
const chargeStatuses = ['requires_action', 'authorized', 'captured', 'declined', 'expired', 'voided'] as const
const said = (status: ProviderCharge['status']) =>
  charge({ status, capturedMinor: status === 'captured' ? 4800 : 0 })

describe('the provider’s word', () => {
  test('moves a payment along the table of steps only', () => {
    for (const from of paymentStatuses) {
      for (const to of chargeStatuses) {
        const reading = readCharge(payment({ status: from }), said(to), now)
        const next: readonly PaymentStatus[] = paymentTransitions[from]
        if (from !== to && next.includes(to)) expect(reading).toMatchObject({ kind: 'move', move: { to } })
        else expect(reading.kind, `${from} ${to}`).not.toBe('move')
      }
    }
  })

  test('means the same in any order and however often it is heard', () => {
    const words = fc.array(fc.constantFrom(...chargeStatuses.slice(0, 3)), { minLength: 1, maxLength: 12 })
    fc.assert(
      fc.property(words, (heard) => {
        let current = payment({ captureMode: 'manual' })
        for (const status of heard) {
          const reading = readCharge(current, said(status), now)
          if (reading.kind === 'move')
            current = { ...current, status: reading.move.to, providerChargeId: 'ch_1' }
        }
        const rank = (status: string) => ['created', ...chargeStatuses].indexOf(status)
        expect(rank(current.status)).toBe(Math.max(...heard.map(rank)))
      }),
    )
  })

  test.each<[string, Partial<ProviderCharge>]>([
    ['reference', { reference: base.orderId }],
    ['amount', { amountMinor: 4799 }],
    ['currency', { currency: 'USD' }],
    ['captured amount', { capturedMinor: 4799 }],
    ['captured amount', { capturedMinor: 4801 }],
    ['captured amount', { capturedMinor: 0 }],
    ['captured amount', { status: 'authorized', capturedMinor: 1 }],
  ])('with another %s is not applied', (what, change) => {
    expect(readCharge(base, charge(change), now)).toEqual({ kind: 'mismatch', what })
  })

  test('about another charge is not applied', () => {
    const known = payment({ status: 'requires_action', providerChargeId: 'ch_2' })
    expect(readCharge(known, charge(), now)).toEqual({ kind: 'mismatch', what: 'charge' })
  })

  test('a part may be captured when capture was left to us', () => {
    const held = payment({ status: 'authorized', captureMode: 'manual', authorizedMinor: 4800 })
    const reading = readCharge(held, charge({ capturedMinor: 1200 }), now)
    expect(reading).toMatchObject({
      move: { authorizedMinor: 4800, capturedMinor: 1200, outcome: 'captured' },
    })
  })

  test('of money for a payment that had ended is late money, once', () => {
    for (const status of ['declined', 'expired', 'voided'] as const) {
      expect(readCharge(payment({ status }), charge(), now).kind).toBe('late_money')
      expect(readCharge(payment({ status, capturedMinor: 4800 }), charge(), now).kind).toBe('known')
      expect(readCharge(payment({ status }), said('authorized'), now).kind).toBe('late_hold')
    }
  })
})

describe('what the order is told', () => {
  const told = (status: ProviderCharge['status'], closedReason: string | null = null) => {
    const reading = readCharge(payment({ status: 'requires_action', closedReason }), said(status), now)
    return reading.kind === 'move' ? reading.move.outcome : 'nothing'
  }

  test('is authorised, captured or failed, and why', () => {
    expect(
      ['authorized', 'captured', 'declined', 'expired', 'voided'].map((status) => told(status as never)),
    ).toEqual(['authorized', 'captured', 'failed', 'failed', 'failed'])
  })

  test('is nothing when an order that is over gets its payment cancelled', () => {
    expect(told('voided', 'cancelled')).toBeNull()
    expect(told('captured', 'cancelled')).toBe('captured')
  })

  test('is nothing while it is unknown, and nobody is told of a failure then', () => {
    expect(moveToUnknown(base, 'No answer')).toMatchObject({ to: 'unknown', outcome: null, failure: null })
  })

  test('a refused request is a decline, or a void when the order is over', () => {
    const failure = { code: 'not_received', message: 'x' }
    expect(moveToRefused(base, failure)).toMatchObject({ to: 'declined', outcome: 'failed', failure })
    expect(moveToRefused(payment({ closedReason: 'x' }), failure)).toMatchObject({
      to: 'voided',
      outcome: null,
    })
  })
})

describe('what a payment needs', () => {
  const action = (expiresAt: Date) =>
    ({ type: 'approve', url: 'http://x/', expiresAt: expiresAt.toISOString() }) as const
  test.each<[string, Partial<PaymentRecord>, string]>([
    ['is unknown', { status: 'unknown' }, 'ask'],
    ['was never heard of', { status: 'created' }, 'ask'],
    ['waits', { status: 'requires_action', action: action(minutesAgo(-1)) }, 'ask'],
    ['waited too long', { status: 'requires_action', action: action(minutesAgo(1)) }, 'release'],
    ['waits for an order that is over', { status: 'requires_action', closedReason: 'x' }, 'release'],
    ['is held for an order that is over', { status: 'authorized', closedReason: 'x' }, 'release'],
    ['is unknown and its order is over', { status: 'unknown', closedReason: 'x' }, 'ask'],
    ['is paid', { ...captured }, 'nothing'],
    ['is paid and its order is over', { ...captured, closedReason: 'x' }, 'give_back'],
    ['is given back already', { ...captured, closedReason: 'x', refundedMinor: 4800 }, 'nothing'],
    ['is being given back', { ...captured, closedReason: 'x', refundPendingMinor: 4800 }, 'nothing'],
    ['has money though it had ended', { ...captured, status: 'expired' }, 'give_back'],
  ])('that %s', (_name, change, need) => {
    expect(needOf(payment(change), now)).toBe(need)
  })

  test('that the provider does not know is sent again while the buyer is there, and given up later', () => {
    expect(whenNotFound(payment({ createdAt: minutesAgo(1) }), now)).toBe('send_again')
    expect(whenNotFound(payment({ createdAt: minutesAgo(11) }), now)).toBe('give_up')
    expect(whenNotFound(payment({ createdAt: minutesAgo(0), closedReason: 'x' }), now)).toBe('wait')
    expect(whenNotFound(payment({ createdAt: minutesAgo(2), closedReason: 'x' }), now)).toBe('give_up')
  })
})

describe('limits', () => {
  const eur = (amount: number) => ({ amount, currency: 'EUR' as const })

  test('refunds and what is still under way never pass what was captured', () => {
    const amounts = fc.array(fc.option(fc.integer({ min: 1, max: 6000 }), { nil: undefined }), {
      maxLength: 20,
    })
    fc.assert(
      fc.property(amounts, (wanted) => {
        let current = captured
        for (const amount of wanted) {
          try {
            const granted = refundAmount(current, amount === undefined ? undefined : eur(amount))
            current = { ...current, refundPendingMinor: current.refundPendingMinor + granted }
          } catch (error) {
            expect(error).toMatchObject({ code: 'INVALID_STATE' })
          }
          expect(leftMinor(current)).toBeGreaterThanOrEqual(0)
        }
      }),
    )
  })

  test('say in a sentence why not', () => {
    expect(() => refundAmount(payment({ status: 'unknown' }), undefined)).toThrow(/still being settled/)
    expect(() => refundAmount({ ...captured, refundedMinor: 4800 }, undefined)).toThrow(/has been refunded/)
    expect(() => assertCanVoid(captured)).toThrow(/Refund it instead/)
    expect(() => assertCanVoid(payment({ status: 'declined' }))).toThrow(/was declined/)
    const held = payment({ status: 'authorized', authorizedMinor: 4800 })
    expect(() => assertCanCapture(held, 4801)).toThrow(/still held/)
    expect(() => assertCanCapture({ ...held, closedReason: 'x' }, 1)).toThrow(/over/)
    expect(() => assertCanCapture(held, 4800)).not.toThrow()
  })
})

test('every status but the first can be reached', () => {
  for (const status of paymentStatuses) expect(statusesBefore(status).length > 0).toBe(status !== 'created')
})
