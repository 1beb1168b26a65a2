import { nobody } from '@souk/testing/service-harness'
import { until } from '@souk/testing/until'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { PaymentMethod } from '../src/contract.ts'
import { type PaymentHarness, startPaymentHarness, upi } from './harness.ts'

let shop: PaymentHarness
beforeAll(async () => {
  shop = await startPaymentHarness({ SANDBOX_UPI_EXPIRES_MS: '2500', SANDBOX_APPROVE_AFTER_MS: '900' })
})
afterAll(async () => await shop?.stop())

const webhooksOf = async (paymentId: string) =>
  await shop.service.sql('select 1 from webhook_event where payment_id = $1', [paymentId])

test('anybody sees how one can pay, as the provider lists it', async () => {
  const methods = await shop.service.as(nobody).payment.methods.query()
  expect(methods.card).toBe('fields')
  expect(methods.banks).toContainEqual({ code: 'HDFC', name: 'HDFC Bank' })
  expect(methods.wallets).toContainEqual({ code: 'paytm', name: 'Paytm' })
})

test('the list stands while the provider does not answer', async () => {
  const before = await shop.order.payment.methods.query()
  await shop.fault({ mode: 'error_before', operation: 'read', times: 2 })
  shop.setClockAhead(5 * 60_000)
  expect(await shop.order.payment.methods.query()).toEqual(before)
  shop.setClockAhead(0)
  await shop.sandbox.call('DELETE', '/v1/faults')
})

type Kind = { good: PaymentMethod; refusing: PaymentMethod; slow: PaymentMethod }
const kinds: Record<string, Kind> = {
  netbanking: {
    good: { type: 'netbanking', bank: 'HDFC' },
    refusing: { type: 'netbanking', bank: 'FAIL' },
    slow: { type: 'netbanking', bank: 'SLOW' },
  },
  wallet: {
    good: { type: 'wallet', wallet: 'paytm' },
    refusing: { type: 'wallet', wallet: 'emptywallet' },
    slow: { type: 'wallet', wallet: 'slowwallet' },
  },
}

describe.each(Object.entries(kinds))('%s', (_name, { good, refusing, slow }) => {
  test('sends the customer away, hears by webhook that it is paid, and books it once', async () => {
    const { input, state } = await shop.start(good)
    expect(state).toMatchObject({ status: 'requires_action', action: { type: 'redirect' } })
    await shop.answerPage(state.action?.url, 'approve')
    await shop.untilStatus(input.id, 'captured')
    await until('the webhooks came', async () => (await webhooksOf(input.id)).length === 2)
    expect(await shop.journal(input.id)).toHaveLength(2)
    expect(await shop.events(input.id)).toHaveLength(1)
  })

  test('ends declined when the customer turns back, or the bank or wallet refuses', async () => {
    const turnedBack = await shop.start(good)
    await shop.answerPage(turnedBack.state.action?.url, 'decline')
    await shop.untilStatus(turnedBack.input.id, 'declined')
    const refused = await shop.start(refusing)
    await shop.answerPage(refused.state.action?.url, 'approve')
    await shop.untilStatus(refused.input.id, 'declined')
    expect(await shop.row(refused.input.id)).toMatchObject({ failure_code: 'bank_refused' })
    expect(await shop.journal(refused.input.id)).toEqual([])
  })

  test('waits as long as the bank or wallet takes, and is then paid', async () => {
    const { input, state } = await shop.start(slow)
    await shop.answerPage(state.action?.url, 'approve')
    expect((await shop.order.payment.sync.mutate({ id: input.id })).status).toBe('requires_action')
    await shop.untilStatus(input.id, 'captured')
  })
})

test('a UPI request that nobody approves is pending until its time, then expired; approving it then pays nothing', async () => {
  const { input, state } = await shop.start(upi('someone@okbank'))
  expect((await shop.order.payment.sync.mutate({ id: input.id })).status).toBe('requires_action')
  await shop.untilStatus(input.id, 'expired')
  await shop.answerPage(state.action?.url, 'approve')
  expect(await shop.charges(input.id)).toMatchObject([{ status: 'expired', capturedAmount: 0 }])
  expect((await shop.events(input.id)).map(({ payload }) => payload.outcome)).toEqual(['failed'])
})
