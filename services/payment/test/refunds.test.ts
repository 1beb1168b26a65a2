import { newId } from '@souk/kernel/id'
import { person, serviceActor } from '@souk/testing/service-harness'
import { until } from '@souk/testing/until'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { CreateRefund } from '../src/contract.ts'
import { card, newPayment, type PaymentHarness, startPaymentHarness, upi } from './harness.ts'

let shop: PaymentHarness
beforeAll(async () => {
  shop = await startPaymentHarness()
})
afterAll(async () => await shop?.stop())

const staff = person('staff')
const eur = (amount: number) => ({ amount, currency: 'EUR' as const })
const asked = (paymentId: string, amount?: number): CreateRefund => ({
  id: newId(),
  paymentId,
  reason: 'Arrived broken',
  ...(amount === undefined ? {} : { amount: eur(amount) }),
})
const refund = async (input: CreateRefund) => await shop.service.as(staff).payment.refund.mutate(input)
const paid = async () => (await shop.start(card('tok_visa'))).input.id
const sums = async (paymentId: string) => {
  const row = await shop.row(paymentId)
  return { refunded: Number(row.refunded_minor), pending: Number(row.refund_pending_minor) }
}

describe('a refund', () => {
  test('of a part, then of the rest, is in the journal and told each time', async () => {
    const id = await paid()
    expect(await refund(asked(id, 1800))).toMatchObject({ status: 'succeeded', amount: eur(1800) })
    expect(await refund(asked(id))).toMatchObject({ status: 'succeeded', amount: eur(3000) })
    expect(await shop.charges(id)).toMatchObject([{ refundedAmount: 4800 }])
    expect((await shop.journal(id)).slice(2)).toEqual([
      { account: 'refunds', debit: 1800, credit: 0 },
      { account: 'provider', debit: 0, credit: 1800 },
      { account: 'refunds', debit: 3000, credit: 0 },
      { account: 'provider', debit: 0, credit: 3000 },
    ])
    const events = await shop.events(id)
    expect(events.map(({ version }) => version)).toEqual([1, 2, 3])
    expect(events.map(({ payload }) => payload.refundedTotalMinor)).toEqual([undefined, 1800, 4800])
  })

  test('with the same id again changes nothing', async () => {
    const id = await paid()
    const input = asked(id, 1000)
    const answers = await Promise.all(Array.from({ length: 8 }, async () => await refund(input)))
    expect(new Set(answers.map((answer) => answer.id)).size).toBe(1)
    await until('it settles', async () => (await sums(id)).refunded === 1000)
    expect(await sums(id)).toEqual({ refunded: 1000, pending: 0 })
    expect(await shop.charges(id)).toMatchObject([{ refundedAmount: 1000 }])
    expect(await refund(input)).toMatchObject({ id: input.id, status: 'succeeded' })
  })

  test('with the same id but another amount is refused', async () => {
    const id = await paid()
    const input = asked(id, 1000)
    await refund(input)
    await expect(refund({ ...input, amount: eur(2000) })).rejects.toMatchObject({
      details: { reason: 'idempotency_conflict' },
    })
    expect(await sums(id)).toEqual({ refunded: 1000, pending: 0 })
  })

  test('with the same Idempotency-Key is the same refund, whatever id the gateway gave it', async () => {
    const id = await paid()
    const client = shop.service.as(staff, { idempotencyKey: newId() })
    const first = await client.payment.refund.mutate(asked(id, 1000))
    const second = await client.payment.refund.mutate(asked(id, 1000))
    expect(second.id).toBe(first.id)
    expect(await sums(id)).toEqual({ refunded: 1000, pending: 0 })
    await expect(client.payment.refund.mutate(asked(id, 999))).rejects.toMatchObject({
      details: { reason: 'idempotency_conflict' },
    })
  })
})

describe('under concurrency', () => {
  test('F30 twenty partial refunds of 150 % together: exactly the affordable ones succeed', async () => {
    const id = await paid()
    const outcomes = await Promise.allSettled(
      Array.from({ length: 20 }, async () => await refund(asked(id, 360))),
    )
    const done = outcomes.filter((outcome) => outcome.status === 'fulfilled')
    expect(done).toHaveLength(13)
    for (const outcome of outcomes)
      if (outcome.status === 'rejected') expect(outcome.reason).toMatchObject({ code: 'INVALID_STATE' })
    await until('all are settled', async () => (await sums(id)).pending === 0)
    expect(await sums(id)).toEqual({ refunded: 13 * 360, pending: 0 })
    expect(await shop.charges(id)).toMatchObject([{ refundedAmount: 13 * 360 }])
  })

  test('two refunds of everything: one succeeds', async () => {
    const id = await paid()
    const outcomes = await Promise.allSettled([refund(asked(id)), refund(asked(id))])
    expect(outcomes.filter((outcome) => outcome.status === 'fulfilled')).toHaveLength(1)
    expect(await sums(id)).toEqual({ refunded: 4800, pending: 0 })
  })

  test('F31 refund while a capture is in flight: it waits for nobody and takes nothing', async () => {
    const { input } = await shop.start(card('tok_visa'), { captureMode: 'manual' })
    await shop.fault({ mode: 'slow', operation: 'capture', reference: input.id, delayMs: 300 })
    const capture = shop.order.payment.capture.mutate({ id: input.id })
    const early = await Promise.allSettled(
      Array.from({ length: 5 }, async () => await refund(asked(input.id, 100))),
    )
    for (const outcome of early)
      expect(outcome).toMatchObject({ status: 'rejected', reason: { code: 'INVALID_STATE' } })
    await capture
    expect(await refund(asked(input.id, 100))).toMatchObject({ status: 'succeeded' })
  })
})

describe('a provider that fails', () => {
  test.each(['hang_after', 'drop_after', 'error_after', 'hang', 'error_before', 'slow'])(
    '%s leaves the refund unknown, then it settles, refunded once',
    async (mode) => {
      const id = await paid()
      await shop.fault({ mode, operation: 'refund', reference: id, delayMs: 900 })
      const input = asked(id, 1500)
      // A webhook may settle it before we give up waiting.
      expect(['unknown', 'succeeded']).toContain((await refund(input)).status)
      await until('it settles', async () => (await sums(id)).refunded === 1500, 15_000)
      expect(await sums(id)).toEqual({ refunded: 1500, pending: 0 })
      expect(await shop.charges(id)).toMatchObject([{ refundedAmount: 1500 }])
      expect(await refund(input)).toMatchObject({ status: 'succeeded' })
      expect((await shop.events(id)).filter(({ name }) => name === 'payment.refunded')).toHaveLength(1)
    },
  )

  test('a refund that is not answered holds its amount back', async () => {
    const id = await paid()
    await shop.fault({ mode: 'error_before', operation: 'any', times: 4 })
    expect(await refund(asked(id, 3000))).toMatchObject({ status: 'unknown' })
    expect(await sums(id)).toEqual({ refunded: 0, pending: 3000 })
    await expect(refund(asked(id, 1801))).rejects.toMatchObject({ details: { leftMinor: 1800 } })
    await until('it settles', async () => (await sums(id)).refunded === 3000)
  })

  test('that decides later: pending, then succeeded', async () => {
    const id = await paid()
    await shop.fault({ mode: 'refund_pending', operation: 'refund', reference: id, delayMs: 200 })
    expect(await refund(asked(id, 1500))).toMatchObject({ status: 'pending' })
    await until('it succeeds', async () => (await sums(id)).refunded === 1500)
    expect((await shop.events(id)).map(({ name }) => name)).toEqual(['payment.processed', 'payment.refunded'])
  })

  test('that refuses later: what was held back can be refunded again', async () => {
    const id = await paid()
    await shop.fault({ mode: 'refund_fails', operation: 'refund', reference: id, delayMs: 100 })
    const input = asked(id)
    await refund(input)
    await until('it failed', async () => (await refund(input)).status === 'failed')
    expect(await sums(id)).toEqual({ refunded: 0, pending: 0 })
    expect(await refund(asked(id))).toMatchObject({ status: 'succeeded' })
  })
})

describe('what cannot be refunded', () => {
  test.each([
    ['tok_declined', 'was declined'],
    ['tok_3ds', 'still waits for the customer'],
  ])('a payment by %s %s', async (token, why) => {
    const { input } = await shop.start(card(token))
    await expect(refund(asked(input.id))).rejects.toMatchObject({
      code: 'INVALID_STATE',
      message: expect.stringContaining(why),
    })
  })

  test('a payment that is unknown', async () => {
    const input = newPayment(card('tok_visa'))
    await shop.fault({ mode: 'error_before', operation: 'any', times: 3 })
    await shop.order.payment.start.mutate(input)
    await expect(refund(asked(input.id))).rejects.toMatchObject({
      code: 'INVALID_STATE',
      message: expect.stringContaining('still being settled'),
    })
    await shop.untilStatus(input.id, 'captured')
  })

  test.each<[string, Partial<CreateRefund> & Record<string, unknown>, string]>([
    ['more than was paid', { amount: eur(4801) }, 'INVALID_STATE'],
    ['nothing', { amount: eur(0) }, 'INVALID_INPUT'],
    ['less than nothing', { amount: eur(-1) }, 'INVALID_INPUT'],
    ['a fraction', { amount: eur(0.5) }, 'INVALID_INPUT'],
    ['2^53', { amount: eur(2 ** 53) }, 'INVALID_INPUT'],
    ['no number at all', { amount: eur(Number.NaN) }, 'INVALID_INPUT'],
    ['another currency', { amount: { amount: 1, currency: 'USD' as never } }, 'INVALID_INPUT'],
    ['without a reason', { reason: '  ' }, 'INVALID_INPUT'],
    ['an unknown payment', { paymentId: newId() }, 'NOT_FOUND'],
    ['with an extra field', { status: 'succeeded' }, 'INVALID_INPUT'],
  ])('%s', async (_name, change, code) => {
    const id = await paid()
    await expect(refund({ ...asked(id), ...change })).rejects.toMatchObject({ code })
    expect(await sums(id)).toEqual({ refunded: 0, pending: 0 })
  })

  test('by anybody but staff and the order service', async () => {
    const id = await paid()
    const input = asked(id, 1)
    await expect(shop.service.as(person()).payment.refund.mutate(input)).rejects.toMatchObject({
      code: 'FORBIDDEN',
    })
    await expect(shop.service.as(serviceActor('gateway')).payment.refund.mutate(input)).rejects.toMatchObject(
      { code: 'FORBIDDEN' },
    )
    expect(await shop.order.payment.refund.mutate(input)).toMatchObject({ status: 'succeeded' })
  })
})

test('cash on delivery is refunded by hand, against the claim', async () => {
  const { input } = await shop.start({ type: 'cod' })
  await expect(refund(asked(input.id))).rejects.toMatchObject({ code: 'INVALID_STATE' })
  await shop.order.payment.capture.mutate({ id: input.id })
  await refund(asked(input.id))
  expect((await shop.journal(input.id)).slice(2)).toEqual([
    { account: 'refunds', debit: 4800, credit: 0 },
    { account: 'receivable', debit: 0, credit: 4800 },
  ])
})

test('a UPI payment is refunded like any other', async () => {
  const { input } = await shop.start(upi('success@souk'))
  await shop.untilStatus(input.id, 'captured')
  expect(await refund(asked(input.id))).toMatchObject({ status: 'succeeded' })
})
