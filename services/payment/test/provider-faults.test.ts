import { newId } from '@souk/kernel/id'
import { until } from '@souk/testing/until'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { card, newPayment, type PaymentHarness, startPaymentHarness } from './harness.ts'

let shop: PaymentHarness
beforeAll(async () => {
  shop = await startPaymentHarness()
})
afterAll(async () => await shop?.stop())

const attemptsOf = async (paymentId: string) =>
  await shop.service.sql<{ operation: string; outcome: string; message: string | null }>(
    'select operation, outcome, message from attempt where payment_id = $1 order by id',
    [paymentId],
  )

async function expectChargedOnce(paymentId: string): Promise<void> {
  expect(await shop.charges(paymentId)).toMatchObject([{ status: 'captured', capturedAmount: 4800 }])
  expect(await shop.journal(paymentId)).toHaveLength(2)
  expect((await shop.events(paymentId)).map(({ payload }) => payload.outcome)).toEqual(['captured'])
  expect(await attemptsOf(paymentId)).toMatchObject([{ operation: 'charge', outcome: 'succeeded' }])
}

describe('an answer that does not come is not a refusal', () => {
  test('F25 timeout after charging: unknown, then settled, charged once', async () => {
    const input = newPayment(card('tok_timeout_after_charge'))
    await shop.fault({ mode: 'webhook_lost', operation: 'charge', reference: input.id, times: 3 })
    const state = await shop.order.payment.start.mutate(input)
    expect(state).toMatchObject({ status: 'unknown', failure: null })
    await shop.untilStatus(input.id, 'captured')
    await expectChargedOnce(input.id)
  })

  test.each([
    ['F24 provider slow: a request that hangs before its effect', 'tok_hang_before_charge'],
    ['F26 500 before the effect', 'tok_error_before_charge'],
    ['F26 500 after the effect', 'tok_error_after_charge'],
    ['F25 timeout after charging: a socket dropped after the effect', 'tok_drop_after_charge'],
    ['F24 provider slow: an answer slower than we wait', 'tok_slow'],
  ])('%s ends captured, charged once', async (_name, token) => {
    const { input, state } = await shop.start(card(token))
    expect(['unknown', 'captured']).toContain(state.status)
    expect(state.failure).toBeNull()
    await shop.untilStatus(input.id, 'captured')
    await expectChargedOnce(input.id)
  })

  test('a decline that is not heard is still a decline', async () => {
    const input = newPayment(card('tok_declined'))
    await shop.fault({ mode: 'error_after', operation: 'charge', reference: input.id })
    await shop.order.payment.start.mutate(input)
    await shop.untilStatus(input.id, 'declined')
    expect((await shop.events(input.id)).map(({ payload }) => payload.outcome)).toEqual(['failed'])
    expect(await shop.journal(input.id)).toEqual([])
  })

  test('asking fails too, for a while', async () => {
    const input = newPayment(card('tok_drop_after_charge'))
    await shop.fault({ mode: 'webhook_lost', operation: 'charge', reference: input.id })
    await shop.fault({ mode: 'error_before', operation: 'read', times: 3 })
    await shop.order.payment.start.mutate(input)
    await shop.untilStatus(input.id, 'captured')
    await expectChargedOnce(input.id)
  })

  test('sync and a repeated start ask at once', async () => {
    for (const again of ['sync', 'start'] as const) {
      const input = newPayment(card('tok_drop_after_charge'))
      await shop.fault({ mode: 'webhook_lost', operation: 'charge', reference: input.id })
      await shop.order.payment.start.mutate(input)
      const state =
        again === 'sync'
          ? await shop.order.payment.sync.mutate({ id: input.id })
          : await shop.order.payment.start.mutate(input)
      expect(state.status).toBe('captured')
      await expectChargedOnce(input.id)
    }
  })
})

describe('F27 webhook before the answer, twice, out of order', () => {
  test.each([
    ['before the answer', 'tok_webhook_first'],
    ['twice', 'tok_webhook_twice'],
    ['late', 'tok_webhook_late'],
  ])('a webhook %s changes nothing about the outcome', async (_name, token) => {
    const { input, state } = await shop.start(card(token))
    expect(state.status).toBe('captured')
    await until('the webhook is remembered', async () => {
      const rows = await shop.service.sql('select 1 from webhook_event where payment_id = $1', [input.id])
      return rows.length === 1
    })
    await expectChargedOnce(input.id)
  })

  test.each(['webhook_first', 'webhook_delay', 'webhook_duplicate', 'webhook_lost'])(
    'no double capture, whichever of webhook and answer comes first: %s',
    async (mode) => {
      const { input } = await shop.start(card('tok_visa'), { captureMode: 'manual' })
      await shop.fault({ mode, operation: 'capture', reference: input.id, delayMs: 300 })
      const part = { id: input.id, amount: { amount: 1000, currency: 'EUR' as const } }
      await shop.order.payment.capture.mutate({ ...part, captureId: newId(), isFinal: false })
      await shop.fault({ mode, operation: 'capture', reference: input.id, delayMs: 300 })
      await shop.order.payment.capture.mutate({ id: input.id })
      const expected = mode === 'webhook_lost' ? 1 : 3
      await until('the webhooks came', async () => {
        const rows = await shop.service.sql('select 1 from webhook_event where payment_id = $1', [input.id])
        return rows.length === expected
      })
      expect(await shop.charges(input.id)).toMatchObject([{ status: 'captured', capturedAmount: 4800 }])
      expect((await shop.journal(input.id)).map(({ debit }) => debit)).toEqual([1000, 0, 3800, 0])
      expect((await shop.events(input.id)).map(({ payload }) => payload.outcome)).toEqual([
        'authorized',
        'captured',
        'captured',
      ])
    },
  )

  test('the older webhook coming last does not take the payment back', async () => {
    const input = newPayment({ type: 'upi', vpa: 'success@souk' })
    await shop.fault({ mode: 'webhook_reorder', operation: 'charge', reference: input.id, delayMs: 9000 })
    await shop.order.payment.start.mutate(input)
    await until('both webhooks came', async () => {
      const rows = await shop.service.sql('select 1 from webhook_event where payment_id = $1', [input.id])
      return rows.length === 2
    })
    expect(await shop.statusOf(input.id)).toBe('captured')
    await expectChargedOnce(input.id)
  })
})

describe('the provider’s process', () => {
  test('dies in the middle of twenty payments: after its restart all are charged once', async () => {
    const inputs = Array.from({ length: 20 }, () => newPayment(card('tok_visa')))
    const started = inputs.map(async (input) => await shop.order.payment.start.mutate(input))
    setTimeout(() => shop.sandbox.kill('SIGKILL'), 5)
    const states = await Promise.all(started)
    expect(states.every(({ status }) => status === 'captured' || status === 'unknown')).toBe(true)
    await shop.sandbox.restart()
    for (const { id } of inputs) await shop.untilStatus(id, 'captured')
    for (const { id } of inputs) await expectChargedOnce(id)
  })

  test('F24 provider slow: frozen, payments are unknown in time, and settled when it thaws', async () => {
    shop.sandbox.kill('SIGSTOP')
    const startedAt = Date.now()
    const { input, state } = await shop.start(card('tok_visa'))
    expect(Date.now() - startedAt).toBeLessThan(2500)
    expect(state.status).toBe('unknown')
    shop.sandbox.kill('SIGCONT')
    await shop.untilStatus(input.id, 'captured')
    await expectChargedOnce(input.id)
  })
})

test('the provider’s whole list is our whole journal', async () => {
  const list = await shop.sandbox.call<{ items: { reference: string; capturedAmount: number }[] }>(
    'GET',
    '/v1/charges?limit=1000',
  )
  const theirs = list.body.items
    .filter(({ capturedAmount }) => capturedAmount > 0)
    .map(({ reference, capturedAmount }) => `${reference} ${capturedAmount}`)
  const ours = await shop.service.sql<{ line: string }>(
    `select payment_id || ' ' || sum(debit_minor - credit_minor) as line from journal_posting
     join journal_entry on journal_entry.id = entry_id where account = 'provider' group by payment_id`,
  )
  expect(theirs.length).toBeGreaterThan(20)
  expect(ours.map(({ line }) => line).sort()).toEqual([...theirs].sort())
})
