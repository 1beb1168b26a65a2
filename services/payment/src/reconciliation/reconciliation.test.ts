import { expect, test } from 'vitest'
import type { PaymentRecord } from '../payment/payment.ts'
import type { ListedCharge } from '../provider/provider.ts'
import { differenceOf } from './reconciliation.ts'

const changedAt = new Date('2026-11-20T12:00:00Z')
const theirs: ListedCharge = {
  id: 'ch_1',
  reference: 'p',
  amountMinor: 4800,
  capturedMinor: 4800,
  refundedMinor: 1000,
  currency: 'EUR',
  changedAt,
}
const ours = {
  id: 'p',
  amountMinor: 4800,
  capturedMinor: 4800,
  refundedMinor: 1000,
  refundPendingMinor: 0,
  currency: 'EUR',
} as PaymentRecord

test('two sides that tell the same do not differ, nor does a refund that is on its way', () => {
  expect(differenceOf(ours, theirs)).toBeUndefined()
  for (const refundedMinor of [1000, 1500])
    expect(differenceOf({ ...ours, refundPendingMinor: 500 }, { ...theirs, refundedMinor })).toBeUndefined()
})

test.each([
  ['a charge that we do not know', undefined, {}, 'unknown_charge'],
  ['another amount', ours, { amountMinor: 4801 }, 'amount'],
  ['another currency', ours, { currency: 'INR' }, 'amount'],
  ['money that we do not know of', { ...ours, capturedMinor: 0 }, {}, 'captured'],
  ['money that they do not know of', ours, { capturedMinor: 0 }, 'captured'],
  ['a refund that we did not ask for', ours, { refundedMinor: 1001 }, 'refunded'],
  ['a refund that they do not know of', ours, { refundedMinor: 999 }, 'refunded'],
])('%s differs', (_name, payment, change, kind) => {
  expect(differenceOf(payment as PaymentRecord | undefined, { ...theirs, ...change })?.kind).toBe(kind)
})
