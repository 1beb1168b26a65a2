import { newId } from '@souk/kernel/id'
import { until } from '@souk/testing/until'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { eur, paidBy } from './credit-shop.ts'
import { card, type PaymentHarness, startPaymentHarness } from './harness.ts'
import { transferShop } from './transfer-shop.ts'

let shop: PaymentHarness
let till: ReturnType<typeof transferShop>
beforeAll(async () => {
  shop = await startPaymentHarness()
  till = transferShop(shop)
})
afterAll(async () => await shop?.stop())
afterEach(async () => await till.booksAgree())

const statusOf = async (paymentId: string, refundId: string) =>
  (await till.staff.payment.get.query({ id: paymentId })).refunds.find(({ id }) => id === refundId)?.status
const untilRefund = async (paymentId: string, refundId: string, status: string) =>
  await until(`the refund is ${status}`, async () => (await statusOf(paymentId, refundId)) === status, 15_000)

describe('a refund of a payment that was paid with an earlier one’s money', () => {
  test('goes back through the earlier payment, once, and only its own order hears of it', async () => {
    const { id } = await till.paid()
    const { input } = await till.move(id, 2000)
    const refundId = newId()
    for (let copy = 0; copy < 3; copy += 1)
      expect(await till.refund(input.id, 1500, { id: refundId })).toMatchObject({
        status: 'succeeded',
        amount: eur(1500),
        transfer: eur(1500),
      })
    expect(await shop.charges(id)).toMatchObject([{ capturedAmount: 4800, refundedAmount: 1500 }])
    expect(await till.sums(id)).toEqual({ kept: 3300, pending: 0, transferred: 500, back: 0 })
    expect(await till.sums(input.id)).toMatchObject({ pending: 0, back: 1500 })
    const told = async (paymentId: string) =>
      (await shop.events(paymentId)).filter(({ name }) => name === 'payment.refunded')
    expect(await told(id)).toEqual([])
    expect(await told(input.id)).toMatchObject([{ payload: { refundedTotalMinor: 1500 } }])
    expect([await till.earned(id), await till.earned(input.id)]).toEqual([2800, 500])
    // The earlier order's own refunds are told without what went through for the other.
    await till.refund(id, 800)
    expect(await told(id)).toMatchObject([{ payload: { refundedTotalMinor: 800 } }])
    expect((await till.staff.payment.get.query({ id })).refunds).toMatchObject([
      { amount: eur(1500), ofRefundId: refundId },
      { amount: eur(800) },
    ])
  })

  test('begins with its own provider, then the earlier payment', async () => {
    const { id } = await till.paid()
    const { input } = await till.move(id, 2000, 3000, card('tok_visa'))
    await till.refund(input.id, 600)
    expect([await till.refundedAtProvider(input.id), await till.refundedAtProvider(id)]).toEqual([600, 0])
    await till.refund(input.id, 900)
    expect([await till.refundedAtProvider(input.id), await till.refundedAtProvider(id)]).toEqual([1000, 500])
    expect((await shop.journal(input.id)).slice(-3)).toEqual([
      { account: 'refunds', debit: 900, credit: 0 },
      { account: 'provider', debit: 0, credit: 400 },
      { account: 'transfer', debit: 0, credit: 500 },
    ])
    await till.refund(input.id)
    expect([await till.refundedAtProvider(input.id), await till.refundedAtProvider(id)]).toEqual([1000, 2000])
    await expect(till.refund(input.id, 1)).rejects.toMatchObject({ code: 'INVALID_STATE' })
  })

  test('goes to the gift card when that is where the money came from', async () => {
    const gift = await till.issue(4800)
    const first = await till.pay([gift.id], 4800, paidBy)
    const { input } = await till.move(first.input.id, 2000)
    expect(await till.refund(input.id, 1200)).toMatchObject({ status: 'succeeded', transfer: eur(1200) })
    expect(await till.balanceOf(gift.id)).toEqual({ balance: 1200, held: 0 })
    const mixed = await till.pay([(await till.issue(1000)).id], 3000, card('tok_visa'))
    const moved = await till.move(mixed.input.id, 2500)
    await till.refund(moved.input.id)
    // What the earlier provider can give back it gives back first.
    expect(await till.refundedAtProvider(mixed.input.id)).toBe(2000)
    expect(await till.sums(mixed.input.id)).toMatchObject({ transferred: 0, pending: 0 })
  })

  test('as a new gift card takes nothing from the earlier payment', async () => {
    const { id } = await till.paid()
    const { input } = await till.move(id, 2000)
    const over = { to: 'gift_card', recipientEmail: 'guest@example.test' } as const
    expect(await till.refund(input.id, 2000, over)).toMatchObject({ credit: eur(2000) })
    expect(await shop.charges(id)).toMatchObject([{ refundedAmount: 0 }])
    expect(await till.sums(id)).toMatchObject({ transferred: 2000 })
    await expect(till.refund(input.id, 1)).rejects.toMatchObject({ code: 'INVALID_STATE' })
  })

  test('of an order that is over goes back by itself, also through two earlier payments', async () => {
    const first = await till.paid()
    const second = await till.move(first.id, 3000, 3500, card('tok_visa'))
    const third = await till.move(second.input.id, 3200)
    await shop.publish('order.cancelled', third.input.orderId)
    await until('it is given back', async () => (await till.sums(third.input.id)).back === 3200)
    expect(await till.refundedAtProvider(second.input.id)).toBe(500)
    expect(await till.refundedAtProvider(first.id)).toBe(2700)
    await shop.publish('order.cancelled', second.input.orderId)
    await shop.publish('order.cancelled', first.orderId)
    await until('all is given back', async () => (await till.refundedAtProvider(first.id)) === 4800)
    for (const id of [first.id, second.input.id, third.input.id])
      await until('nothing is pending', async () => (await till.sums(id)).pending === 0)
    expect(await till.inClearing(first.id)).toBe(0)
  })

  test('whose payment ended while the earlier order was over: the released money goes back too', async () => {
    const first = await till.paid()
    const { input, state } = await till.move(first.id, 3000, 3500, card('tok_3ds'))
    await shop.publish('order.cancelled', first.orderId)
    await until('the rest is given back', async () => (await till.refundedAtProvider(first.id)) === 1800)
    await shop.answerPage(state.action?.url, 'decline')
    await shop.untilStatus(input.id, 'declined')
    await until('all is given back', async () => (await till.refundedAtProvider(first.id)) === 4800)
    await until('it is in the books', async () => (await till.sums(first.id)).pending === 0)
    expect(await till.sums(first.id)).toEqual({ kept: 0, pending: 0, transferred: 0, back: 0 })
  })
})

describe('money that was moved for an order that never came about', () => {
  test('is the earlier payment’s again, and refunded once when that order asks for it', async () => {
    const { id } = await till.paid()
    const { input, state } = await till.move(id, 4800, 5300, card('tok_visa'))
    expect(state.status).toBe('captured')
    const lower = { id: newId(), paymentId: id, amount: eur(4800), reason: 'Edited' }
    // Whoever settles the earlier order may be faster than the news that the other has failed.
    expect(await shop.order.payment.lower.mutate(lower)).toEqual({ status: 'busy' })
    await shop.publish('order.failed', input.orderId)
    await until('its own part went back', async () => (await till.refundedAtProvider(input.id)) === 500)
    await until('it is in the books', async () => (await till.sums(input.id)).pending === 0)
    expect(await till.sums(id)).toEqual({ kept: 4800, pending: 0, transferred: 0, back: 0 })
    expect(await till.sums(input.id)).toMatchObject({ kept: 0, back: 4800 })
    expect([await till.inClearing(id), await till.inClearing(input.id)]).toEqual([0, 0])
    expect([await till.earned(id), await till.earned(input.id)]).toEqual([4800, 0])
    const told = (await shop.events(input.id)).filter(({ name }) => name === 'payment.refunded')
    expect(told).toMatchObject([{ payload: { refundedTotalMinor: 500 } }])
    for (let copy = 0; copy < 2; copy += 1)
      expect(await shop.order.payment.lower.mutate(lower)).toEqual({ status: 'succeeded' })
    expect(await shop.charges(id)).toMatchObject([{ refundedAmount: 4800 }])
  })

  test('goes back at once when the earlier order is over, too', async () => {
    const { id, orderId } = await till.paid()
    const { input } = await till.move(id, 2000)
    await shop.publish('order.cancelled', orderId)
    await until('the rest went back', async () => (await till.refundedAtProvider(id)) === 2800)
    await shop.publish('order.failed', input.orderId)
    await until('all went back', async () => (await till.refundedAtProvider(id)) === 4800)
    await until('it is in the books', async () => (await till.sums(id)).pending === 0)
  })
})

describe('a provider that fails while money goes back through the earlier payment', () => {
  test.each(['hang_after', 'drop_after', 'error_after', 'hang', 'error_before'])(
    '%s: the refund stays open, then settles, refunded once',
    async (mode) => {
      const { id } = await till.paid()
      const { input } = await till.move(id, 2000)
      await shop.fault({ mode, operation: 'refund', reference: id, delayMs: 900 })
      const refundId = newId()
      expect(['pending', 'succeeded']).toContain((await till.refund(input.id, 1500, { id: refundId })).status)
      await untilRefund(input.id, refundId, 'succeeded')
      expect(await shop.charges(id)).toMatchObject([{ refundedAmount: 1500 }])
      expect(await till.sums(id)).toEqual({ kept: 3300, pending: 0, transferred: 500, back: 0 })
      expect((await shop.events(input.id)).filter(({ name }) => name === 'payment.refunded')).toHaveLength(1)
    },
  )

  test('that refuses: nothing has moved, and another refund succeeds', async () => {
    const { id } = await till.paid()
    const { input } = await till.move(id, 2000)
    await shop.fault({ mode: 'refund_fails', operation: 'refund', reference: id, delayMs: 100 })
    const refundId = newId()
    await till.refund(input.id, 2000, { id: refundId })
    await untilRefund(input.id, refundId, 'failed')
    expect(await till.sums(id)).toEqual({ kept: 4800, pending: 0, transferred: 2000, back: 0 })
    expect(await till.refund(input.id, 2000)).toMatchObject({ status: 'succeeded' })
  })

  test('that refuses after a part went back: the rest is tried again, and the refund is told once', async () => {
    const { id } = await till.paid()
    const { input } = await till.move(id, 2000, 3000, card('tok_visa'))
    await shop.fault({ mode: 'refund_fails', operation: 'refund', reference: id, delayMs: 50 })
    const refundId = newId()
    await till.refund(input.id, 3000, { id: refundId })
    await until('the earlier provider has refused', async () => {
      const tried = await shop.service.sql('select 1 from refund where of_refund_id = $1 and status = $2', [
        refundId,
        'failed',
      ])
      return tried.length === 1
    })
    expect(await till.refundedAtProvider(input.id)).toBe(1000)
    expect(await statusOf(input.id, refundId)).toBe('pending')
    await expect(till.refund(input.id, 1)).rejects.toMatchObject({ code: 'INVALID_STATE' })
    await until('it has put itself off', async () => {
      const [row] = await shop.service.sql<{ isLater: boolean }>(
        `select next_check_at > now() + interval '5 s' as "isLater" from refund where id = $1`,
        [refundId],
      )
      return row?.isLater
    })
    await shop.service.sql(
      `update refund set updated_at = now() - interval '1 hour' where of_refund_id = $1`,
      [refundId],
    )
    await shop.service.sql('update refund set next_check_at = now() where id = $1', [refundId])
    await untilRefund(input.id, refundId, 'succeeded')
    expect(await till.refundedAtProvider(id)).toBe(2000)
    expect((await shop.events(input.id)).filter(({ name }) => name === 'payment.refunded')).toHaveLength(1)
  })

  test('its own, that refuses first: the earlier payment is not touched', async () => {
    const { id } = await till.paid()
    const { input } = await till.move(id, 2000, 3000, card('tok_visa'))
    await shop.fault({ mode: 'refund_fails', operation: 'refund', reference: input.id, delayMs: 50 })
    const refundId = newId()
    await till.refund(input.id, 3000, { id: refundId })
    await untilRefund(input.id, refundId, 'failed')
    expect(await till.sums(id)).toEqual({ kept: 4800, pending: 0, transferred: 2000, back: 0 })
    expect(await till.sums(input.id)).toMatchObject({ kept: 1000, pending: 0, back: 0 })
  })

  test('a refund that was written down but never sent is brought on by the job', async () => {
    const { id } = await till.paid()
    const { input } = await till.move(id, 2000)
    const refundId = newId()
    // As a process leaves it that dies right after it reserved the amount.
    await shop.service.sql('update payment set transfer_pending_minor = 700 where id = $1', [input.id])
    await shop.service.sql(
      `insert into refund (id, payment_id, status, amount_minor, transfer_minor, currency, reason, requested_by,
         request_hash, debit_account, next_check_at)
       values ($1, $2, 'pending', 0, 700, 'EUR', 'x', 'staff', '', 'refunds', now())`,
      [refundId, input.id],
    )
    await untilRefund(input.id, refundId, 'succeeded')
    expect(await shop.charges(id)).toMatchObject([{ refundedAmount: 700 }])
  })
})

test('money of an order that is over, which the earlier provider keeps refusing, is shown to staff', async () => {
  const { id } = await till.paid()
  const { input } = await till.move(id, 2000)
  await shop.fault({ mode: 'refund_fails', operation: 'refund', reference: id, delayMs: 1, times: 5 })
  await shop.publish('order.cancelled', input.orderId)
  const stuck = async () =>
    (await till.staff.reconciliation.stuckRefunds.query()).items.filter(({ paymentId }) =>
      [id, input.id].includes(paymentId),
    )
  const soon = async (table: 'refund' | 'payment', column: string, where: string) =>
    await shop.service.sql(
      `update ${table} set next_check_at = now() where ${column} = any($1) and ${where}`,
      [[id, input.id]],
    )
  await until(
    'it is stuck',
    async () => {
      await soon('refund', 'payment_id', 'next_check_at is not null')
      await soon('payment', 'id', 'closed_reason is not null and transfer_pending_minor = 0')
      return (await stuck()).length === 1
    },
    20_000,
  )
  expect(await stuck()).toMatchObject([{ orderId: input.orderId, left: eur(2000), tries: 5 }])
  expect(await till.sums(id)).toEqual({ kept: 4800, pending: 0, transferred: 2000, back: 0 })
  await till.refund(input.id)
  expect(await stuck()).toEqual([])
  expect(await till.refundedAtProvider(id)).toBe(2000)
})

test('versions of events have no gap', async () => {
  expect(
    await shop.service.sql(
      `select id from payment where version <> (select count(*) from outbox where aggregate_id = payment.id::text)`,
    ),
  ).toEqual([])
})
