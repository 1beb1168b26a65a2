import { newId } from '@souk/kernel/id'
import { person } from '@souk/testing/service-harness'
import { until } from '@souk/testing/until'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { card, type PaymentHarness, startPaymentHarness, upi } from './harness.ts'

let shop: PaymentHarness
beforeAll(async () => {
  shop = await startPaymentHarness({ SANDBOX_AUTHORIZATION_MS: '86400000' })
})
afterAll(async () => await shop?.stop())

const eur = (amount: number) => ({ amount, currency: 'EUR' as const })
const held = async () => (await shop.start(card('tok_visa'), { captureMode: 'manual' })).input.id
const capture = async (id: string, amount?: number) =>
  await shop.order.payment.capture.mutate({ id, ...(amount === undefined ? {} : { amount: eur(amount) }) })
const withdraw = async (id: string) => await shop.order.payment.void.mutate({ id, reason: 'Not needed' })

describe('a held payment', () => {
  test('is authorised, told, and not in the journal until it is captured', async () => {
    const id = await held()
    expect(await shop.statusOf(id)).toBe('authorized')
    expect(await shop.journal(id)).toEqual([])
    expect((await shop.events(id)).map(({ payload }) => payload.outcome)).toEqual(['authorized'])
    expect(await capture(id)).toMatchObject({ status: 'captured', captured: eur(4800) })
    expect(await shop.journal(id)).toHaveLength(2)
    expect((await shop.events(id)).map(({ payload }) => payload.outcome)).toEqual(['authorized', 'captured'])
  })

  test('can be captured in part, once', async () => {
    const id = await held()
    expect(await capture(id, 1200)).toMatchObject({
      status: 'captured',
      captured: eur(1200),
      amount: eur(4800),
    })
    expect(await shop.journal(id)).toMatchObject([{ debit: 1200 }, { credit: 1200 }])
    expect(await capture(id, 1200)).toMatchObject({ captured: eur(1200) })
    await expect(capture(id, 1300)).rejects.toMatchObject({ code: 'INVALID_STATE' })
    await expect(
      shop.order.payment.refund.mutate({ id: newId(), paymentId: id, amount: eur(1201), reason: 'x' }),
    ).rejects.toMatchObject({ code: 'INVALID_STATE' })
  })

  test('by cash on delivery can be captured in part too, however capture was asked for', async () => {
    for (const captureMode of ['automatic', 'manual'] as const) {
      const { input } = await shop.start({ type: 'cod' }, { captureMode })
      expect(await capture(input.id, 1200)).toMatchObject({ status: 'captured', captured: eur(1200) })
    }
  })

  test('captured by ten at once is captured once', async () => {
    const id = await held()
    const outcomes = await Promise.allSettled(Array.from({ length: 10 }, async () => await capture(id)))
    expect(outcomes.some((outcome) => outcome.status === 'fulfilled')).toBe(true)
    await shop.untilStatus(id, 'captured')
    expect(await shop.journal(id)).toHaveLength(2)
    expect(await shop.charges(id)).toMatchObject([{ capturedAmount: 4800 }])
    expect(await shop.events(id)).toHaveLength(2)
  })

  test('captured and voided at once ends as one of both, here as at the provider', async () => {
    for (let round = 0; round < 8; round += 1) {
      const id = await held()
      await Promise.allSettled(round % 2 ? [capture(id), withdraw(id)] : [withdraw(id), capture(id)])
      await until('it is decided', async () => ['captured', 'voided'].includes(await shop.statusOf(id)))
      const [charge] = await shop.charges(id)
      expect(await shop.statusOf(id)).toBe(charge?.status)
      expect(await shop.journal(id)).toHaveLength(charge?.status === 'captured' ? 2 : 0)
    }
  })

  test('is let go by a void, told once, and can then not be captured', async () => {
    const id = await held()
    expect(await withdraw(id)).toMatchObject({ status: 'voided' })
    expect(await withdraw(id)).toMatchObject({ status: 'voided' })
    expect(await shop.charges(id)).toMatchObject([{ status: 'voided' }])
    expect((await shop.events(id)).map(({ payload }) => payload.outcome)).toEqual(['authorized', 'failed'])
    await expect(capture(id)).rejects.toMatchObject({
      code: 'INVALID_STATE',
      message: expect.stringContaining('voided'),
    })
  })

  test.each(['hang_after', 'drop_after', 'error_after', 'hang', 'error_before'])(
    'whose capture meets %s is captured once in the end',
    async (mode) => {
      const id = await held()
      await shop.fault({ mode, operation: 'capture', reference: id })
      await shop.fault({ mode: 'webhook_lost', operation: 'capture', reference: id })
      expect((await capture(id, 1000)).status).toBe('authorized')
      await shop.untilStatus(id, 'captured')
      expect(await shop.charges(id)).toMatchObject([{ capturedAmount: 1000 }])
      expect(await shop.journal(id)).toHaveLength(2)
      const attempts = await shop.service.sql<{ outcome: string }>(
        `select outcome from attempt where payment_id = $1 and operation = 'capture'`,
        [id],
      )
      expect(attempts).toEqual([{ outcome: 'succeeded' }])
    },
  )

  test('whose void is not answered is let go in the end', async () => {
    const id = await held()
    await shop.fault({ mode: 'error_before', operation: 'void', reference: id })
    await withdraw(id)
    await shop.untilStatus(id, 'voided')
  })
})

describe('what cannot be captured or voided', () => {
  test.each<[string, object]>([
    ['more than is held', { amount: eur(4801) }],
    ['nothing', { amount: eur(0) }],
    ['a fraction', { amount: eur(1.5) }],
    ['less than nothing', { amount: eur(-1) }],
    ['2^53', { amount: eur(2 ** 53) }],
    ['another currency', { amount: { amount: 1, currency: 'USD' } }],
    ['an extra field', { force: true }],
  ])('%s', async (_name, change) => {
    const id = await held()
    await expect(shop.order.payment.capture.mutate({ id, ...change })).rejects.toMatchObject({
      code: 'INVALID_INPUT',
    })
    expect(await shop.statusOf(id)).toBe('authorized')
  })

  test('a declined payment, one that waits, and one that does not exist', async () => {
    const declined = (await shop.start(card('tok_declined'))).input.id
    const waiting = (await shop.start(upi('pending@souk'))).input.id
    for (const id of [declined, waiting])
      await expect(capture(id)).rejects.toMatchObject({ code: 'INVALID_STATE' })
    await expect(withdraw(declined)).rejects.toMatchObject({ code: 'INVALID_STATE' })
    await expect(capture(newId())).rejects.toMatchObject({ code: 'NOT_FOUND' })
    await expect(withdraw(newId())).rejects.toMatchObject({ code: 'NOT_FOUND' })
  })

  test('a captured payment is not voided but refunded', async () => {
    const { input } = await shop.start(card('tok_visa'))
    await expect(withdraw(input.id)).rejects.toMatchObject({
      message: expect.stringContaining('Refund it instead'),
    })
  })

  test('a payment that waits can be withdrawn', async () => {
    const { input } = await shop.start(upi('pending@souk'))
    expect(await withdraw(input.id)).toMatchObject({ status: 'voided' })
  })

  test('by a customer', async () => {
    const id = await held()
    const customer = shop.service.as(person())
    await expect(customer.payment.capture.mutate({ id })).rejects.toMatchObject({ code: 'FORBIDDEN' })
    await expect(customer.payment.void.mutate({ id, reason: 'x' })).rejects.toMatchObject({
      code: 'FORBIDDEN',
    })
  })
})
