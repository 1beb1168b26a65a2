import { newId } from '@souk/kernel/id'
import { until } from '@souk/testing/until'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { card, newPayment, type PaymentHarness, startPaymentHarness, upi } from './harness.ts'

let shop: PaymentHarness
beforeAll(async () => {
  shop = await startPaymentHarness({ SANDBOX_APPROVE_AFTER_MS: '600' })
})
afterAll(async () => await shop?.stop())

const untilGivenBack = async (id: string) =>
  await until(
    'all money is given back',
    async () => {
      const row = await shop.row(id)
      return Number(row.captured_minor) > 0 && row.captured_minor === row.refunded_minor
    },
    15_000,
  )
const untilClosed = async (id: string) =>
  await until('payment knows that the order is over', async () => (await shop.row(id)).closed_reason !== null)
const refundsOf = async (id: string) =>
  await shop.service.sql<{ status: string; amount: number; requested_by: string }>(
    'select status, amount_minor::int as amount, requested_by from refund where payment_id = $1',
    [id],
  )

describe('an order that is over keeps no money', () => {
  test.each(['order.cancelled', 'order.failed'] as const)(
    '%s: what was captured is refunded, once',
    async (name) => {
      const { input } = await shop.start(card('tok_visa'))
      const eventId = newId()
      for (let copy = 0; copy < 3; copy += 1) await shop.publish(name, input.orderId, eventId)
      await shop.publish(name, input.orderId)
      await untilGivenBack(input.id)
      expect(await refundsOf(input.id)).toEqual([
        { status: 'succeeded', amount: 4800, requested_by: 'system' },
      ])
      expect(await shop.charges(input.id)).toMatchObject([{ refundedAmount: 4800 }])
      expect((await shop.events(input.id)).map((event) => [event.name, event.version])).toEqual([
        ['payment.processed', 1],
        ['payment.refunded', 2],
      ])
    },
  )

  test('a buyer who paid is never told that the stock is gone while his money stays', async () => {
    const { input } = await shop.start(upi('success@souk'))
    await shop.untilStatus(input.id, 'captured')
    await shop.publish('order.failed', input.orderId)
    await untilGivenBack(input.id)
    expect((await shop.events(input.id)).at(-1)).toMatchObject({
      name: 'payment.refunded',
      payload: { refundedTotalMinor: 4800 },
    })
    expect(await shop.charges(input.id)).toMatchObject([{ capturedAmount: 4800, refundedAmount: 4800 }])
  })

  test('what staff had refunded already is not refunded again', async () => {
    const { input } = await shop.start(card('tok_visa'))
    await shop.order.payment.refund.mutate({
      id: newId(),
      paymentId: input.id,
      amount: { amount: 1800, currency: 'EUR' },
      reason: 'Scratched',
    })
    await shop.publish('order.cancelled', input.orderId)
    await untilGivenBack(input.id)
    expect((await refundsOf(input.id)).map(({ amount }) => amount).sort()).toEqual([1800, 3000])
  })

  test('what is only held is let go', async () => {
    const byCard = await shop.start(card('tok_visa'), { captureMode: 'manual' })
    const byCash = await shop.start({ type: 'cod' })
    for (const { input } of [byCard, byCash]) {
      await shop.publish('order.cancelled', input.orderId)
      await shop.untilStatus(input.id, 'voided')
      expect(await shop.journal(input.id)).toEqual([])
    }
    expect(await shop.charges(byCard.input.id)).toMatchObject([{ status: 'voided' }])
    await expect(shop.order.payment.capture.mutate({ id: byCard.input.id })).rejects.toMatchObject({
      code: 'INVALID_STATE',
    })
  })

  test('what waits for the customer is withdrawn, so that it cannot be paid any more', async () => {
    const { input, state } = await shop.start(upi('pending@souk'))
    await shop.publish('order.cancelled', input.orderId)
    await shop.untilStatus(input.id, 'voided')
    await shop.answerPage(state.action?.url, 'approve')
    expect(await shop.charges(input.id)).toMatchObject([{ status: 'voided' }])
  })

  test('a declined payment needs nothing', async () => {
    const { input } = await shop.start(card('tok_declined'))
    await shop.publish('order.failed', input.orderId)
    await untilClosed(input.id)
    expect(await shop.statusOf(input.id)).toBe('declined')
    expect(await refundsOf(input.id)).toEqual([])
  })
})

describe('F29 late success after cancellation: refunded by itself', () => {
  test('after the order was cancelled while nobody knew: charged, then refunded', async () => {
    const input = newPayment(card('tok_drop_after_charge'))
    await shop.fault({ mode: 'webhook_lost', operation: 'charge', reference: input.id })
    await shop.fault({ mode: 'error_before', operation: 'read', times: 2 })
    expect((await shop.order.payment.start.mutate(input)).status).toBe('unknown')
    await shop.publish('order.cancelled', input.orderId)
    await untilGivenBack(input.id)
    expect(await shop.charges(input.id)).toMatchObject([{ capturedAmount: 4800, refundedAmount: 4800 }])
  })

  test('the customer approves in the moment in which the order is cancelled: never kept', async () => {
    for (let round = 0; round < 6; round += 1) {
      const { input, state } = await shop.start(upi('pending@souk'))
      const cancel = shop.publish('order.cancelled', input.orderId)
      await Promise.all([cancel, shop.answerPage(state.action?.url, 'approve')])
      await until('it is decided', async () => {
        const row = await shop.row(input.id)
        if (row.closed_reason === null) return false
        return (
          row.status === 'voided' || (row.status === 'captured' && row.captured_minor === row.refunded_minor)
        )
      })
      const [charge] = await shop.charges(input.id)
      expect(charge?.capturedAmount).toBe(charge?.refundedAmount)
    }
  })

  test('after the payment had ended: in the journal as owed to the customer, and given back', async () => {
    const { input } = await shop.start(upi('pending@souk'))
    await shop.service.sql(
      `update payment set status = 'expired', action = null, next_check_at = null where id = $1`,
      [input.id],
    )
    const [charge] = await shop.charges(input.id)
    const page = await shop.sandbox.call<{ action: { url: string } }>('GET', `/v1/charges/${charge?.id}`)
    await shop.answerPage(page.body.action.url, 'approve')
    await untilGivenBack(input.id)
    expect(await shop.statusOf(input.id)).toBe('expired')
    expect(await shop.journal(input.id)).toEqual([
      { account: 'provider', debit: 4800, credit: 0 },
      { account: 'customer', debit: 0, credit: 4800 },
      { account: 'customer', debit: 4800, credit: 0 },
      { account: 'provider', debit: 0, credit: 4800 },
    ])
    expect(await shop.charges(input.id)).toMatchObject([{ refundedAmount: 4800 }])
  })

  test('money captured after the order was over never counts as revenue', async () => {
    const { input } = await shop.start(upi('success@souk'))
    await shop.service.sql(`update payment set closed_reason = 'gone', next_check_at = null where id = $1`, [
      input.id,
    ])
    await untilGivenBack(input.id)
    expect((await shop.journal(input.id)).map(({ account }) => account)).toEqual([
      'provider',
      'customer',
      'customer',
      'provider',
    ])
  })
})

describe('a payment that begins when its order is over', () => {
  test('is refused and takes nothing', async () => {
    const input = newPayment(card('tok_visa'))
    await shop.publish('order.cancelled', input.orderId)
    await until('payment has heard of it', async () => {
      const rows = await shop.service.sql('select 1 from closed_order where order_id = $1', [input.orderId])
      return rows.length === 1
    })
    await expect(shop.order.payment.start.mutate(input)).rejects.toMatchObject({ code: 'INVALID_STATE' })
    expect(await shop.charges(input.id)).toEqual([])
  })

  test('started in the same moment, is captured and given back or not captured at all', async () => {
    for (let round = 0; round < 5; round += 1) {
      const input = newPayment(card('tok_visa'))
      await Promise.allSettled([
        shop.publish('order.cancelled', input.orderId),
        shop.order.payment.start.mutate(input),
      ])
      await until('nothing is kept', async () => {
        const closed = await shop.service.sql('select 1 from closed_order where order_id = $1', [
          input.orderId,
        ])
        const charges = await shop.charges(input.id)
        return (
          closed.length === 1 && charges.every((charge) => charge.capturedAmount === charge.refundedAmount)
        )
      })
    }
  })
})

test('a provider that refuses to refund is asked again, and what it refused is not lost', async () => {
  const { input } = await shop.start(card('tok_visa'))
  await shop.fault({ mode: 'refund_fails', operation: 'refund', reference: input.id, delayMs: 50 })
  await shop.publish('order.cancelled', input.orderId)
  await untilGivenBack(input.id)
  expect((await refundsOf(input.id)).map(({ status }) => status).sort()).toEqual(['failed', 'succeeded'])
})
