import { newId } from '@souk/kernel/id'
import { nobody, person } from '@souk/testing/service-harness'
import { until } from '@souk/testing/until'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { card, newPayment, type PaymentHarness, startPaymentHarness, upi } from './harness.ts'

let shop: PaymentHarness
beforeAll(async () => {
  // Nobody hears the webhooks, and the job is not due in this test's time.
  shop = await startPaymentHarness({ SANDBOX_WEBHOOK_URL: 'http://127.0.0.1:9/' })
  await run()
})
afterAll(async () => await shop?.stop())

const staff = () => shop.service.as(person('staff'))
const run = async () => await staff().reconciliation.run.mutate()
const differences = async () => (await staff().reconciliation.list.query()).items
const about = async (paymentId: string) =>
  (await differences()).filter((difference) => difference.paymentId === paymentId)
const refundAtProvider = async (paymentId: string, amount: number) => {
  const [charge] = await shop.charges(paymentId)
  const body = { charge: charge?.id, amount, reference: newId() }
  expect((await shop.sandbox.call('POST', '/v1/refunds', { body, key: newId() })).status).toBe(201)
}

describe('our books compared with the provider’s list', () => {
  test('tell the same after ordinary purchases, refunds and declines', async () => {
    const { input } = await shop.start(card('tok_visa'))
    await shop.start(card('tok_declined'))
    await shop.start(card('tok_visa'), { captureMode: 'manual' })
    await shop.order.payment.refund.mutate({ id: newId(), paymentId: input.id, reason: 'Scratched' })
    const result = await run()
    expect(result.looked).toBeGreaterThanOrEqual(3)
    expect(result).toMatchObject({ healed: 0, differences: 0 })
  })

  test('paid but webhook lost: the money is found', async () => {
    const { input, state } = await shop.start(upi('pending@souk'))
    await shop.service.sql('update payment set next_check_at = null where id = $1', [input.id])
    await shop.answerPage(state.action?.url, 'approve')
    expect(await shop.statusOf(input.id)).toBe('requires_action')
    expect((await run()).healed).toBe(1)
    expect(await shop.statusOf(input.id)).toBe('captured')
    expect(await shop.journal(input.id)).toHaveLength(2)
    expect((await shop.events(input.id)).map(({ payload }) => payload.outcome)).toEqual(['captured'])
    expect(await about(input.id)).toMatchObject([
      {
        kind: 'captured',
        ours: { capturedMinor: 0 },
        theirs: { capturedMinor: 4800 },
        resolution: 'healed',
      },
    ])
  })

  test('money for a payment that had ended is found, and goes back', async () => {
    const { input, state } = await shop.start(upi('pending@souk'))
    await shop.service.sql(
      `update payment set status = 'expired', action = null, next_check_at = null where id = $1`,
      [input.id],
    )
    await shop.answerPage(state.action?.url, 'approve')
    await run()
    await until('it is given back', async () => Number((await shop.row(input.id)).refunded_minor) === 4800)
    expect(await shop.charges(input.id)).toMatchObject([{ capturedAmount: 4800, refundedAmount: 4800 }])
  })

  test('a charge that we do not know is shown until a person has settled it, and not again', async () => {
    const body = {
      amount: 700,
      currency: 'EUR',
      method: { type: 'card', token: 'tok_visa' },
      reference: newId(),
      returnUrl: 'http://localhost:3000/',
    }
    const made = await shop.sandbox.call<{ id: string }>('POST', '/v1/charges', { body, key: newId() })
    const ofIt = async () => (await differences()).filter(({ providerRef }) => providerRef === made.body.id)
    for (let again = 0; again < 2; again += 1) await run()
    const [open] = await ofIt()
    expect(open).toMatchObject({
      kind: 'unknown_charge',
      ours: null,
      theirs: { capturedMinor: 700 },
      resolvedAt: null,
    })
    expect(await ofIt()).toHaveLength(1)
    await staff().reconciliation.settle.mutate({ id: open?.id ?? '', note: 'A test of the terminal' })
    await run()
    expect(await ofIt()).toMatchObject([{ resolution: 'by_hand', note: 'A test of the terminal' }])
  })

  test('a refund that only the provider knows stays open until it is gone', async () => {
    const { input } = await shop.start(card('tok_visa'))
    await refundAtProvider(input.id, 500)
    await run()
    expect(await about(input.id)).toMatchObject([
      { kind: 'refunded', ours: { refundedMinor: 0 }, theirs: { refundedMinor: 500 }, resolvedAt: null },
    ])
  })

  test('money of which the provider knows nothing is shown', async () => {
    const { input } = await shop.start(card('tok_visa'))
    const invented = newId()
    await shop.service.sql(
      `insert into payment (id, order_id, provider, provider_charge_id, status, method_type, method_label, request_hash,
         capture_mode, currency, amount_minor, authorized_minor, captured_minor, return_url)
       select $2, order_id, provider, 'ch_of_nobody', status, method_type, method_label, request_hash,
         capture_mode, currency, amount_minor, authorized_minor, captured_minor, return_url from payment where id = $1`,
      [input.id, invented],
    )
    await run()
    expect(await about(invented)).toMatchObject([{ kind: 'missing_charge', theirs: null, resolvedAt: null }])
    await shop.service.sql('delete from payment where id = $1', [invented])
  })

  test('is begun again where it began when the provider does not answer to its end', async () => {
    const { input, state } = await shop.start(upi('pending@souk'))
    await shop.service.sql('update payment set next_check_at = null where id = $1', [input.id])
    await shop.answerPage(state.action?.url, 'approve')
    await shop.fault({ mode: 'error_before', operation: 'read', times: 1 })
    expect(await run()).toEqual({ looked: 0, healed: 0, differences: 0 })
    await run()
    expect(await shop.statusOf(input.id)).toBe('captured')
  })

  test('what changed a moment ago is left for the next time', async () => {
    shop.setClockAhead(-5_000)
    const { input } = await shop.start(card('tok_visa'))
    await refundAtProvider(input.id, 500)
    await run()
    expect(await about(input.id)).toEqual([])
    shop.setClockAhead(0)
    await run()
    expect(await about(input.id)).toHaveLength(1)
  })

  test('is for staff', async () => {
    for (const [who, code] of [
      [nobody, 'UNAUTHENTICATED'],
      [person(), 'FORBIDDEN'],
    ] as const) {
      const client = shop.service.as(who).reconciliation
      await expect(client.run.mutate()).rejects.toMatchObject({ code })
      await expect(client.list.query()).rejects.toMatchObject({ code })
      await expect(client.settle.mutate({ id: newId(), note: 'x' })).rejects.toMatchObject({ code })
      await expect(client.stuckRefunds.query()).rejects.toMatchObject({ code })
    }
    await expect(staff().reconciliation.settle.mutate({ id: newId(), note: 'x' })).rejects.toMatchObject({
      code: 'NOT_FOUND',
    })
  })
})

test('a refund that was refused five times is shown to staff, who can try it again', async () => {
  const input = newPayment(card('tok_visa'))
  await shop.order.payment.start.mutate(input)
  await shop.fault({ mode: 'refund_fails', operation: 'refund', reference: input.id, delayMs: 1, times: 5 })
  await shop.publish('order.cancelled', input.orderId)
  const stuck = async () =>
    (await staff().reconciliation.stuckRefunds.query()).items.filter(
      ({ paymentId }) => paymentId === input.id,
    )
  await until(
    'it is stuck',
    async () => {
      await shop.service.sql(
        'update refund set next_check_at = now() where payment_id = $1 and next_check_at is not null',
        [input.id],
      )
      await shop.service.sql(
        'update payment set next_check_at = now() where id = $1 and refund_pending_minor = 0',
        [input.id],
      )
      return (await stuck()).length === 1
    },
    20_000,
  )
  expect(await stuck()).toMatchObject([{ orderId: input.orderId, left: { amount: 4800 }, tries: 5 }])
  await staff().payment.refund.mutate({ id: newId(), paymentId: input.id, reason: 'Tried again' })
  expect(await stuck()).toEqual([])
  expect(await shop.charges(input.id)).toMatchObject([{ refundedAmount: 4800 }])
})
