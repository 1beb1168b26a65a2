import { newId } from '@souk/kernel/id'
import { until } from '@souk/testing/until'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { card, type PaymentHarness, startPaymentHarness } from './harness.ts'

let shop: PaymentHarness
beforeAll(async () => {
  shop = await startPaymentHarness({ SANDBOX_AUTHORIZATION_MS: '86400000' })
})
afterAll(async () => await shop?.stop())

const eur = (amount: number) => ({ amount, currency: 'EUR' as const })
const held = async () => (await shop.start(card('tok_visa'), { captureMode: 'manual' })).input
const capturedMinor = async (id: string) => Number((await shop.row(id)).captured_minor)
const untilCaptured = async (id: string, amount: number) =>
  await until(`${amount} is captured`, async () => (await capturedMinor(id)) === amount, 15_000)
const entriesOf = async (id: string) =>
  (await shop.journal(id)).filter(({ account }) => account === 'provider').map(({ debit }) => debit)
const dueNow = async (id: string) =>
  await shop.service.sql('update payment set capture_due_at = now() where id = $1', [id])

describe('what is held is taken when the goods leave', () => {
  test('all of it when the order leaves whole, once, however often payment hears of it', async () => {
    const { id, orderId } = await held()
    const eventId = newId()
    for (let copy = 0; copy < 3; copy += 1) await shop.ship(orderId, undefined, eventId)
    await shop.untilStatus(id, 'captured')
    expect(await shop.charges(id)).toMatchObject([{ status: 'captured', capturedAmount: 4800 }])
    expect(await entriesOf(id)).toEqual([4800])
    expect((await shop.events(id)).map(({ payload }) => payload.outcome)).toEqual(['authorized', 'captured'])
  })

  test('each parcel’s share when it leaves in several, and the rest with the last', async () => {
    const { id, orderId } = await held()
    const first = newId()
    await shop.ship(orderId, { amountMinor: 1000, isComplete: false }, first)
    await shop.ship(orderId, { amountMinor: 1000, isComplete: false }, first)
    await untilCaptured(id, 1000)
    expect(await shop.statusOf(id)).toBe('authorized')
    await shop.ship(orderId, { amountMinor: 1500, isComplete: false })
    await untilCaptured(id, 2500)
    await shop.ship(orderId, { amountMinor: 2300, isComplete: true })
    await shop.untilStatus(id, 'captured')
    expect(await entriesOf(id)).toEqual([1000, 1500, 2300])
    expect(await shop.charges(id)).toMatchObject([{ status: 'captured', capturedAmount: 4800 }])
    expect((await shop.events(id)).map(({ version }) => version)).toEqual([1, 2, 3, 4])
  })

  test('a last parcel that is worth less lets the rest go', async () => {
    const { id, orderId } = await held()
    await shop.ship(orderId, { amountMinor: 1000, isComplete: false })
    await untilCaptured(id, 1000)
    await shop.ship(orderId, { amountMinor: 500, isComplete: true })
    await shop.untilStatus(id, 'captured')
    expect(await shop.charges(id)).toMatchObject([{ status: 'captured', capturedAmount: 1500 }])
    expect(await entriesOf(id)).toEqual([1000, 500])
  })

  test.each(['hang_after', 'error_after', 'error_before'])(
    'a parcel whose capture meets %s is taken once',
    async (mode) => {
      const { id, orderId } = await held()
      await shop.fault({ mode, operation: 'capture', reference: id })
      await shop.fault({ mode: 'webhook_lost', operation: 'capture', reference: id })
      await shop.ship(orderId, { amountMinor: 1000, isComplete: false })
      await untilCaptured(id, 1000)
      await shop.ship(orderId, { amountMinor: 1000, isComplete: false })
      await untilCaptured(id, 2000)
      expect(await entriesOf(id)).toEqual([1000, 1000])
      expect(await shop.charges(id)).toMatchObject([{ status: 'authorized', capturedAmount: 2000 }])
    },
  )

  test.each([
    [7, 15],
    [68, 3600],
  ])('a capture that failed %i times is tried again after %i seconds at most', async (tries, seconds) => {
    const { id, orderId } = await held()
    await shop.fault({ mode: 'error_before', operation: 'any', reference: id, times: 2 })
    await shop.ship(orderId)
    await until('it was tried', async () => Number((await shop.row(id)).capture_tries) > 0)
    await shop.service.sql('update payment set capture_tries = $2, capture_due_at = now() where id = $1', [
      id,
      tries,
    ])
    await until('it was tried once more', async () => Number((await shop.row(id)).capture_tries) > tries)
    const inMs = Number(Reflect.get(await shop.row(id), 'capture_due_at')) - Date.now()
    expect(inMs).toBeGreaterThan(seconds * 500)
    expect(inMs).toBeLessThanOrEqual(seconds * 1000)
    await dueNow(id)
    await shop.untilStatus(id, 'captured')
    expect(await entriesOf(id)).toEqual([4800])
  })

  test('a payment that was taken at once is not taken again', async () => {
    const { input } = await shop.start(card('tok_visa'))
    await shop.ship(input.orderId)
    const other = await held()
    await shop.ship(other.orderId)
    await shop.untilStatus(other.id, 'captured')
    expect(await entriesOf(input.id)).toEqual([4800])
    expect(await shop.charges(input.id)).toMatchObject([{ capturedAmount: 4800 }])
  })

  test('what cannot be held is taken at once', async () => {
    for (const method of [
      { type: 'upi', vpa: 'success@souk' },
      { type: 'netbanking', bank: 'HDFC' },
    ] as const) {
      const { input, state } = await shop.start(method, { captureMode: 'manual' })
      await shop.answerPage(state.action?.url, 'approve')
      await shop.untilStatus(input.id, 'captured')
      expect(await entriesOf(input.id)).toEqual([4800])
    }
  })
})

describe('an order that is over', () => {
  test('before anything left: what was held is let go', async () => {
    const { id, orderId } = await held()
    await shop.publish('order.cancelled', orderId)
    await shop.untilStatus(id, 'voided')
    await shop.ship(orderId)
    expect(await shop.charges(id)).toMatchObject([{ status: 'voided', capturedAmount: 0 }])
    expect(await shop.journal(id)).toEqual([])
  })

  test('after a part left: the rest is let go and the part given back', async () => {
    const { id, orderId } = await held()
    await shop.ship(orderId, { amountMinor: 1000, isComplete: false })
    await untilCaptured(id, 1000)
    await shop.publish('order.cancelled', orderId)
    await until('it is given back', async () => Number((await shop.row(id)).refunded_minor) === 1000)
    expect(await shop.charges(id)).toMatchObject([
      { status: 'captured', capturedAmount: 1000, refundedAmount: 1000 },
    ])
  })
})

describe('parts that are captured together', () => {
  test('twenty parts of 150 % together: exactly the affordable ones are captured', async () => {
    const { id } = await held()
    const part = async (captureId: string): Promise<'done' | 'refused'> => {
      for (;;) {
        const outcome = await shop.order.payment.capture
          .mutate({ id, amount: eur(360), captureId, isFinal: false })
          .then(() => 'done' as const)
          .catch((error: { code: string; message: string }) => error)
        if (outcome === 'done') return 'done'
        if (!outcome.message.includes('under way')) return 'refused'
      }
    }
    const outcomes = await Promise.all(Array.from({ length: 20 }, async () => await part(newId())))
    expect(outcomes.filter((outcome) => outcome === 'done')).toHaveLength(13)
    expect(await capturedMinor(id)).toBe(13 * 360)
    expect(await shop.charges(id)).toMatchObject([{ capturedAmount: 13 * 360 }])
    expect(await entriesOf(id)).toEqual(Array.from({ length: 13 }, () => 360))
  })

  test('a part with the same id again captures nothing more', async () => {
    const { id } = await held()
    const part = { id, amount: eur(700), captureId: newId(), isFinal: false }
    await shop.order.payment.capture.mutate(part)
    expect(await shop.order.payment.capture.mutate(part)).toMatchObject({ captured: eur(700) })
    const other = await held()
    await expect(shop.order.payment.capture.mutate({ ...part, id: other.id })).rejects.toMatchObject({
      details: { reason: 'idempotency_conflict' },
    })
    await expect(
      shop.order.payment.capture.mutate({ id, amount: eur(4101), captureId: newId() }),
    ).rejects.toMatchObject({ code: 'INVALID_INPUT' })
    await expect(
      shop.order.payment.capture.mutate({ id, amount: eur(1), isFinal: false }),
    ).rejects.toMatchObject({ code: 'INVALID_INPUT' })
  })

  test('cash is captured once, so not in parts', async () => {
    const { input } = await shop.start({ type: 'cod' })
    await expect(
      shop.order.payment.capture.mutate({
        id: input.id,
        amount: eur(100),
        captureId: newId(),
        isFinal: false,
      }),
    ).rejects.toMatchObject({ code: 'INVALID_STATE' })
  })
})

describe('a hold that runs out', () => {
  const runOut = async (id: string) =>
    await shop.service.sql(
      `update payment set release_at = now() - interval '1 s', next_check_at = now() where id = $1`,
      [id],
    )

  test('is let go by ourselves before the provider does, and the order is told', async () => {
    const { id } = await held()
    const row = await shop.row(id)
    const leftMs = (row.release_at as Date).getTime() - Date.now()
    expect(leftMs).toBeGreaterThan(22.9 * 3_600_000)
    expect(leftMs).toBeLessThan(23 * 3_600_000)
    await runOut(id)
    await shop.untilStatus(id, 'voided')
    expect(await shop.row(id)).toMatchObject({ failure_code: 'authorization_expired' })
    expect(await shop.charges(id)).toMatchObject([{ status: 'voided' }])
    expect((await shop.events(id)).map(({ payload }) => payload.outcome)).toEqual(['authorized', 'failed'])
  })

  test('after a part was captured keeps the part and lets the rest go', async () => {
    const { id, orderId } = await held()
    await shop.ship(orderId, { amountMinor: 1000, isComplete: false })
    await untilCaptured(id, 1000)
    await runOut(id)
    await shop.untilStatus(id, 'captured')
    expect(await shop.charges(id)).toMatchObject([{ status: 'captured', capturedAmount: 1000 }])
    expect(await entriesOf(id)).toEqual([1000])
  })

  test('after goods left whose capture had failed: is captured, not let go', async () => {
    const { id } = await held()
    await shop.service.sql('update payment set capture_wanted_minor = 1200 where id = $1', [id])
    await runOut(id)
    await shop.untilStatus(id, 'captured')
    expect(await shop.charges(id)).toMatchObject([{ status: 'captured', capturedAmount: 1200 }])
  })

  test('is looked at again when its end comes, whatever was asked in between', async () => {
    const { id } = await held()
    await shop.service.sql('update payment set next_check_at = now() where id = $1', [id])
    await until('it was asked', async () => {
      const { next_check_at, release_at } = await shop.row(id)
      return (next_check_at as Date | null)?.getTime() === (release_at as Date).getTime()
    })
    expect(await shop.statusOf(id)).toBe('authorized')
  })
})
