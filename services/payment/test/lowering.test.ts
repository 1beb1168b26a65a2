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
const lower = async (paymentId: string, amount: number, id = newId()) =>
  (await shop.order.payment.lower.mutate({ id, paymentId, amount: eur(amount), reason: 'Edited' })).status
const started = async (method: Parameters<PaymentHarness['start']>[0], captureMode: 'manual' | 'automatic') =>
  (await shop.start(method, { captureMode })).input

describe('an order that costs less than was paid', () => {
  test('gets the difference back when the money was taken, once however often it is asked', async () => {
    const { id } = await started(card('tok_visa'), 'automatic')
    const editId = newId()
    for (let copy = 0; copy < 3; copy += 1) expect(await lower(id, 1800, editId)).toBe('succeeded')
    expect(await shop.charges(id)).toMatchObject([{ capturedAmount: 4800, refundedAmount: 1800 }])
    await expect(lower(id, 1700, editId)).rejects.toThrow()
    await expect(lower(id, 3001)).rejects.toMatchObject({ code: 'INVALID_STATE' })
  })

  test('takes less of a hold: with the last parcel, and by hand', async () => {
    const shipped = await started(card('tok_visa'), 'manual')
    const editId = newId()
    for (let copy = 0; copy < 2; copy += 1) expect(await lower(shipped.id, 1800, editId)).toBe('lowered')
    await shop.ship(shipped.orderId)
    await shop.untilStatus(shipped.id, 'captured')
    expect(await shop.charges(shipped.id)).toMatchObject([{ capturedAmount: 3000, refundedAmount: 0 }])
    const byHand = await started(card('tok_visa'), 'manual')
    await lower(byHand.id, 1800)
    await expect(
      shop.order.payment.capture.mutate({ id: byHand.id, amount: eur(3001) }),
    ).rejects.toMatchObject({ code: 'INVALID_INPUT' })
    const taken = await shop.order.payment.capture.mutate({ id: byHand.id })
    expect(taken.captured).toEqual(eur(3000))
  })

  test('collects less cash', async () => {
    const { id } = await started({ type: 'cod' }, 'automatic')
    expect(await lower(id, 1800)).toBe('lowered')
    await shop.service.sql('update payment set capture_due_at = now() where id = $1', [id])
    await shop.untilStatus(id, 'captured')
    expect(Number((await shop.row(id)).captured_minor)).toBe(3000)
  })

  test('gets nothing back of what a last parcel did not take', async () => {
    const { id } = await started(card('tok_visa'), 'manual')
    await shop.order.payment.capture.mutate({ id, amount: eur(3000) })
    const editId = newId()
    for (let copy = 0; copy < 2; copy += 1) expect(await lower(id, 1800, editId)).toBe('lowered')
    expect(await shop.charges(id)).toMatchObject([{ capturedAmount: 3000, refundedAmount: 0 }])
  })

  test('waits for a capture that is under way, and then gets back what it took', async () => {
    const { id } = await started(card('tok_visa'), 'manual')
    await shop.service.sql(
      `insert into attempt (id, payment_id, operation, outcome, amount_minor, currency, is_final)
       values ($1, $2, 'capture', 'unknown', 4800, 'EUR', true)`,
      [newId(), id],
    )
    const editId = newId()
    expect(await lower(id, 1800, editId)).toBe('busy')
    await shop.service.sql('update payment set next_check_at = now() where id = $1', [id])
    await shop.untilStatus(id, 'captured')
    expect(await lower(id, 1800, editId)).toBe('succeeded')
    expect(await shop.charges(id)).toMatchObject([{ capturedAmount: 4800, refundedAmount: 1800 }])
  })

  test('always leaves something to take, and is written once and for all', async () => {
    const { id } = await started(card('tok_visa'), 'manual')
    await expect(lower(id, 4800)).rejects.toMatchObject({ code: 'INVALID_STATE' })
    await lower(id, 4000)
    await expect(lower(id, 800)).rejects.toMatchObject({ code: 'INVALID_STATE' })
    await expect(
      shop.service.sql('update payment set lowered_minor = amount_minor where id = $1', [id]),
    ).rejects.toThrow(/payment_lowered/)
    await expect(
      shop.service.sql('update lowering set amount_minor = 1 where payment_id = $1', [id]),
    ).rejects.toThrow(/append-only/)
    await expect(lower(newId(), 100)).rejects.toMatchObject({ code: 'NOT_FOUND' })
  })
})

describe('an order whose rest is cancelled after a part has left', () => {
  /** A hold of 48.00 of which a parcel's share was taken. */
  async function partlyTaken(shareMinor: number) {
    const payment = await started(card('tok_visa'), 'manual')
    await shop.ship(payment.orderId, { amountMinor: shareMinor, isComplete: false })
    await until(
      'the share is taken',
      async () => Number((await shop.row(payment.id)).captured_minor) === shareMinor,
    )
    return payment
  }

  test('takes what the parcels left of the lower total, once, and lets the rest of the hold go', async () => {
    const { id, orderId } = await partlyTaken(2000)
    expect(await lower(id, 2300)).toBe('lowered')
    const eventId = newId()
    for (let copy = 0; copy < 2; copy += 1) await shop.cancelRest(orderId, 500, eventId)
    await shop.untilStatus(id, 'captured')
    expect(await shop.charges(id)).toMatchObject([
      { status: 'captured', capturedAmount: 2500, refundedAmount: 0 },
    ])
  })

  test('lets all of the hold go when the parcels have taken what it costs now', async () => {
    const { id, orderId } = await partlyTaken(2000)
    expect(await lower(id, 2800)).toBe('lowered')
    await shop.cancelRest(orderId, 0)
    await shop.untilStatus(id, 'captured')
    expect(await shop.charges(id)).toMatchObject([
      { status: 'captured', capturedAmount: 2000, refundedAmount: 0 },
    ])
  })

  test('gets back what was taken too much, beside what is never taken; asked again it is the same', async () => {
    const { id, orderId } = await partlyTaken(3000)
    const [first, second] = [newId(), newId()]
    for (let copy = 0; copy < 3; copy += 1) expect(await lower(id, 2500, first)).toBe('succeeded')
    expect(await shop.charges(id)).toMatchObject([{ capturedAmount: 3000, refundedAmount: 700 }])
    await expect(lower(id, 2400, first)).rejects.toThrow()
    // As after a refusal: another id for the refund, the same part that is never taken.
    await expect(
      shop.order.payment.lower.mutate({
        id: second,
        firstId: first,
        paymentId: id,
        amount: eur(2600),
        reason: 'x',
      }),
    ).rejects.toThrow()
    await shop.cancelRest(orderId, 0)
    await shop.untilStatus(id, 'captured')
    expect(await shop.row(id)).toMatchObject({ lowered_minor: 1800, refunded_minor: 700 })
  })

  test('whose refund was refused is asked for again under another id for that part only', async () => {
    const { id } = await partlyTaken(3000)
    const [first, second] = [newId(), newId()]
    const again = { paymentId: id, amount: eur(2500), reason: 'The rest' }
    await shop.service.sql(
      `insert into lowering (id, payment_id, amount_minor, asked_minor) values ($1, $2, 1800, 2500)`,
      [first, id],
    )
    await shop.service.sql('update payment set lowered_minor = 1800 where id = $1', [id])
    expect((await shop.order.payment.lower.mutate({ ...again, id: second, firstId: first })).status).toBe(
      'succeeded',
    )
    expect(await shop.charges(id)).toMatchObject([{ refundedAmount: 700 }])
  })
})
