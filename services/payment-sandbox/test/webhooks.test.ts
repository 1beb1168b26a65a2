import { newId } from '@souk/kernel/id'
import { startSandboxProcess, type TestSandbox } from '@souk/testing/sandbox-process'
import { until } from '@souk/testing/until'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Charge } from '../src/charge/charge.ts'
import type { Refund } from '../src/refund/refund.ts'
import { card, chargeBody, createCharge, upi } from './charge-body.ts'
import { isSignedBy, startReceiver } from './receiver.ts'

let receiver: Awaited<ReturnType<typeof startReceiver>>
let sandbox: TestSandbox
beforeAll(async () => {
  receiver = await startReceiver()
  sandbox = await startSandboxProcess({ webhookUrl: receiver.url })
})
afterAll(async () => {
  await sandbox?.stop()
  receiver?.stop()
})

const typesOf = (reference: string) => receiver.of(reference).map((event) => event.type)
const fault = async (body: object) => {
  const answer = await sandbox.call('POST', '/v1/faults', { body })
  expect(answer.status).toBe(201)
}

describe('webhooks', () => {
  test('every change is told, signed over the raw body', async () => {
    const charge = await createCharge(sandbox, upi('success@souk'))
    await until('both changes are told', () => receiver.of(charge.reference).length === 2)
    expect(typesOf(charge.reference)).toEqual(['charge.requires_action', 'charge.captured'])
    for (const event of receiver.of(charge.reference)) {
      expect(isSignedBy(sandbox.webhookSecret, event)).toBe(true)
      expect(isSignedBy('another-secret-altogether', event)).toBe(false)
    }
  })

  test('an event is sent until it is accepted, also over a restart', async () => {
    receiver.answerWith(500)
    const charge = await createCharge(sandbox, card('tok_visa'))
    await until('it is tried', () => receiver.of(charge.reference).length >= 1)
    sandbox.kill('SIGKILL')
    await sandbox.restart()
    receiver.answerWith(200)
    const before = receiver.of(charge.reference).length
    await until('it is tried again', () => receiver.of(charge.reference).length > before)
    expect(new Set(receiver.of(charge.reference).map((event) => event.id)).size).toBe(1)
    const isMarked = (line: string) =>
      line.startsWith('{"delivered"') && line.includes(receiver.of(charge.reference)[0]?.id ?? '?')
    await until('it is marked delivered', async () => (await sandbox.log()).split('\n').some(isMarked))
  })

  test('a webhook may come before the answer', async () => {
    const reference = newId()
    await createCharge(sandbox, card('tok_webhook_first'), { reference })
    expect(typesOf(reference)).toEqual(['charge.captured'])
  })

  test('a webhook may come twice, with the same event id', async () => {
    const charge = await createCharge(sandbox, card('tok_webhook_twice'))
    await until('it came twice', () => receiver.of(charge.reference).length === 2)
    expect(new Set(receiver.of(charge.reference).map((event) => event.id)).size).toBe(1)
  })

  test('webhooks may come in another order', async () => {
    const reference = newId()
    await fault({ mode: 'webhook_reorder', operation: 'charge', reference, delayMs: 5000 })
    await createCharge(sandbox, upi('success@souk'), { reference })
    await until('both came', () => receiver.of(reference).length === 2)
    expect(typesOf(reference)).toEqual(['charge.captured', 'charge.requires_action'])
  })

  test('a webhook may be lost', async () => {
    const reference = newId()
    await fault({ mode: 'webhook_lost', operation: 'charge', reference })
    await createCharge(sandbox, card('tok_visa'), { reference })
    const next = await createCharge(sandbox, card('tok_visa'))
    await until('a later one came', () => receiver.of(next.reference).length === 1)
    expect(typesOf(reference)).toEqual([])
  })
})

describe('faults', () => {
  const charge = async (reference: string, key: string, signal?: AbortSignal) =>
    await sandbox.call<Charge>('POST', '/v1/charges', {
      body: chargeBody(card('tok_visa'), { reference }),
      key,
      ...(signal ? { signal } : {}),
    })
  const charged = async (reference: string) =>
    (await sandbox.call<{ items: Charge[] }>('GET', `/v1/charges?reference=${reference}`)).body.items

  test.each([
    ['error_before', 0],
    ['error_after', 1],
  ])('%s answers 500 and leaves %i charges', async (mode, count) => {
    const reference = newId()
    const key = newId()
    await fault({ mode, operation: 'charge', reference })
    expect((await charge(reference, key)).status).toBe(500)
    expect(await charged(reference)).toHaveLength(count)
    expect((await charge(reference, key)).status).toBe(201)
    expect(await charged(reference)).toHaveLength(1)
  })

  test.each([
    ['hang', 0],
    ['hang_after', 1],
    ['drop_after', 1],
  ])('%s gives no answer and leaves %i charges', async (mode, count) => {
    const reference = newId()
    await fault({ mode, operation: 'charge', reference })
    await expect(charge(reference, newId(), AbortSignal.timeout(400))).rejects.toThrow()
    expect(await charged(reference)).toHaveLength(count)
  })

  test('while a slow request runs its key is taken, and the effect comes at the end', async () => {
    const reference = newId()
    const key = newId()
    await fault({ mode: 'slow', operation: 'charge', reference, delayMs: 500 })
    const slow = charge(reference, key)
    const second = await until('the second meets the first', async () => {
      const answer = await charge(reference, key)
      return answer.status === 409 && answer
    })
    expect(second.body).toMatchObject({ error: { code: 'idempotency_in_flight' } })
    expect(await charged(reference)).toHaveLength(0)
    expect((await slow).status).toBe(201)
    expect(await charged(reference)).toHaveLength(1)
  })

  test.each([
    ['refund_pending', 'succeeded', 1200],
    ['refund_fails', 'failed', 0],
  ])('%s ends %s', async (mode, status, refundedAmount) => {
    const made = await createCharge(sandbox, card('tok_visa'))
    await fault({ mode, operation: 'refund', reference: made.reference, delayMs: 100 })
    const body = { charge: made.id, amount: 1200, reference: newId() }
    const refund = await sandbox.call<Refund>('POST', '/v1/refunds', { body, key: newId() })
    expect(refund.body.status).toBe('pending')
    await until('the end is told', () => typesOf(made.reference).includes(`refund.${status}`))
    expect(await charged(made.reference)).toMatchObject([{ refundedAmount }])
  })
})
