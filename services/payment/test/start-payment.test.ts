import { newId } from '@souk/kernel/id'
import { serviceActor } from '@souk/testing/service-harness'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { PaymentMethod } from '../src/contract.ts'
import { card, newPayment, type PaymentHarness, startPaymentHarness, upi } from './harness.ts'

let shop: PaymentHarness
beforeAll(async () => {
  shop = await startPaymentHarness({ SANDBOX_UPI_EXPIRES_MS: '4000' })
})
afterAll(async () => await shop?.stop())

describe('what a means of payment leads to', () => {
  test.each([
    ['tok_visa', 'captured', null],
    ['tok_mastercard', 'captured', null],
    ['tok_declined', 'declined', 'card_declined'],
    ['tok_insufficient_funds', 'declined', 'insufficient_funds'],
    ['tok_expired_card', 'declined', 'expired_card'],
    ['tok_nobody_knows', 'declined', 'invalid_token'],
    ['tok_3ds', 'requires_action', null],
  ])('%s is %s', async (token, status, failure) => {
    const { input, state } = await shop.start(card(token))
    expect(state).toMatchObject({ id: input.id, orderId: input.orderId, status })
    expect(state.failure?.code ?? null).toBe(failure)
    expect(state.action === null).toBe(status !== 'requires_action')
  })

  test.each<[string, PaymentMethod]>([
    ['Card', card('tok_visa')],
    ['UPI s***@souk', upi('success@souk')],
    ['Netbanking, State Bank of India', { type: 'netbanking', bank: 'SBIN' }],
    ['Paytm', { type: 'wallet', wallet: 'paytm' }],
    ['Cash on delivery', { type: 'cod' }],
  ])('is shown as %s', async (label, method) => {
    await shop.order.payment.methods.query()
    expect((await shop.start(method)).state.method.label).toBe(label)
  })

  test('success@souk is approved by the customer a moment later', async () => {
    const { input, state } = await shop.start(upi('success@souk'))
    expect(state).toMatchObject({ status: 'requires_action', action: { type: 'approve' } })
    await shop.untilStatus(input.id, 'captured')
  })

  test('failure@souk is declined', async () => {
    expect((await shop.start(upi('failure@souk'))).state.status).toBe('declined')
  })

  test('pending@souk waits for its page, or expires', async () => {
    const approved = await shop.start(upi('pending@souk'))
    const forgotten = await shop.start(upi('pending@souk'))
    await shop.answerPage(approved.state.action?.url, 'approve')
    await shop.untilStatus(approved.input.id, 'captured')
    await shop.untilStatus(forgotten.input.id, 'expired')
    expect((await shop.events(forgotten.input.id)).map(({ payload }) => payload.outcome)).toEqual(['failed'])
  })

  test.each([
    ['approve', 'captured'],
    ['decline', 'declined'],
  ] as const)('3-D Secure: %s leads to %s', async (answer, status) => {
    const { input, state } = await shop.start(card('tok_3ds'))
    await shop.answerPage(state.action?.url, answer)
    await shop.untilStatus(input.id, status)
  })

  test('cash on delivery stands at once and is captured when the cash has come', async () => {
    const { input, state } = await shop.start({ type: 'cod' })
    expect(state.status).toBe('authorized')
    expect(await shop.charges(input.id)).toEqual([])
    const captured = await shop.order.payment.capture.mutate({ id: input.id })
    expect(captured).toMatchObject({ status: 'captured', captured: { amount: 4800 } })
    expect(await shop.journal(input.id)).toEqual([
      { account: 'receivable', debit: 4800, credit: 0 },
      { account: 'revenue', debit: 0, credit: 4800 },
    ])
    expect((await shop.events(input.id)).map(({ payload }) => payload.outcome)).toEqual([
      'authorized',
      'captured',
    ])
  })
})

describe('a payment that goes through', () => {
  test('is in the journal, the outbox and the provider’s list, each once', async () => {
    const { input } = await shop.start(card('tok_visa'))
    expect(await shop.charges(input.id)).toMatchObject([{ amount: 4800, capturedAmount: 4800 }])
    expect(await shop.journal(input.id)).toEqual([
      { account: 'provider', debit: 4800, credit: 0 },
      { account: 'revenue', debit: 0, credit: 4800 },
    ])
    expect(await shop.events(input.id)).toMatchObject([
      {
        name: 'payment.processed',
        version: 1,
        payload: { outcome: 'captured', orderId: input.orderId, amountMinor: 4800, method: 'card' },
      },
    ])
  })

  test('forgets the token once the provider has the charge', async () => {
    for (const method of [card('tok_visa'), upi('pending@souk'), card('tok_declined')]) {
      const { input } = await shop.start(method)
      const row = await shop.row(input.id)
      expect(row.method_detail).toBeNull()
      expect(JSON.stringify(row)).not.toMatch(/tok_|pending@souk/)
    }
  })
})

describe('the same id again', () => {
  test('many at once charge once and agree in the end', async () => {
    const input = newPayment(card('tok_visa'))
    const states = await Promise.all(
      Array.from({ length: 20 }, async () => await shop.order.payment.start.mutate(input)),
    )
    expect(states.some(({ status }) => status === 'captured')).toBe(true)
    expect(states.every(({ status }) => status === 'captured' || status === 'created')).toBe(true)
    expect(await shop.charges(input.id)).toHaveLength(1)
    expect((await shop.order.payment.start.mutate(input)).status).toBe('captured')
    expect(await shop.events(input.id)).toHaveLength(1)
  })

  test.each([
    ['amount', { amount: { amount: 1, currency: 'EUR' as const } }],
    ['order', { orderId: newId() }],
    ['method', { method: card('tok_mastercard') }],
    ['capture mode', { captureMode: 'manual' as const }],
  ])('with another %s is refused', async (_what, change) => {
    const { input } = await shop.start(card('tok_visa'))
    await expect(shop.order.payment.start.mutate({ ...input, ...change })).rejects.toMatchObject({
      code: 'CONFLICT',
      details: { reason: 'idempotency_conflict' },
    })
    expect(await shop.charges(input.id)).toHaveLength(1)
  })
})

describe('bad input', () => {
  const good = newPayment(card('tok_visa'))
  test.each<[string, object]>([
    ['a card number as token', { method: { type: 'card', token: '4242424242424242' } }],
    ['a card number inside a token', { method: { type: 'card', token: 'tok_4242424242424242' } }],
    ['a token with a space', { method: { type: 'card', token: 'tok visa' } }],
    [
      'a card with a number field',
      { method: { type: 'card', token: 'tok_visa', number: '4242424242424242' } },
    ],
    ['a UPI id without a bank', { method: { type: 'upi', vpa: 'someone' } }],
    ['an unknown method', { method: { type: 'cheque' } }],
    ['amount zero', { amount: { amount: 0, currency: 'EUR' } }],
    ['amount below zero', { amount: { amount: -1, currency: 'EUR' } }],
    ['a fraction', { amount: { amount: 1.5, currency: 'EUR' } }],
    ['an amount beyond all bounds', { amount: { amount: 2 ** 53, currency: 'EUR' } }],
    ['an amount as text', { amount: { amount: '4800', currency: 'EUR' } }],
    ['another currency', { amount: { amount: 4800, currency: 'XXX' } }],
    ['an id that is none', { id: 'payment-1' }],
    ['an id of another kind', { id: crypto.randomUUID() }],
    ['a return address that is none', { returnUrl: 'orders/1' }],
    ['an extra field', { status: 'captured' }],
    ['no order', { orderId: undefined }],
  ])('%s is refused and writes nothing', async (_name, change) => {
    const id = newId()
    const input = { ...good, id, ...change }
    await expect(shop.order.payment.start.mutate(input as never)).rejects.toMatchObject({
      code: 'INVALID_INPUT',
    })
    const [count] = await shop.service.sql<{ count: number }>(
      'select count(*)::int as count from payment where id = $1',
      [id],
    )
    expect(count).toEqual({ count: 0 })
  })

  test('the token’s fault names its path', async () => {
    const input = newPayment({ type: 'card', token: '4242424242424242' })
    await expect(shop.order.payment.start.mutate(input)).rejects.toMatchObject({
      details: { errors: [{ path: 'method.token', message: expect.stringContaining('card number') }] },
    })
  })
})

test('only the order service starts payments', async () => {
  for (const name of ['gateway', 'inventory', 'payment'])
    await expect(
      shop.service.as(serviceActor(name)).payment.start.mutate(newPayment(card('tok_visa'))),
    ).rejects.toMatchObject({ code: 'FORBIDDEN' })
})
