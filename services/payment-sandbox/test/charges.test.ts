import { newId } from '@souk/kernel/id'
import { startSandboxProcess, type TestSandbox } from '@souk/testing/sandbox-process'
import { until } from '@souk/testing/until'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Charge } from '../src/charge/charge.ts'
import { card, chargeBody, createCharge, getCharge, upi } from './charge-body.ts'

type Problem = { error: { code: string; message: string } }
type List = { items: Charge[]; nextCursor: string | null }

let sandbox: TestSandbox
beforeAll(async () => {
  sandbox = await startSandboxProcess({ env: { SANDBOX_UPI_EXPIRES_MS: '400' } })
})
afterAll(async () => await sandbox?.stop())

describe('what a token does', () => {
  test.each([
    ['tok_visa', 'captured', null],
    ['tok_mastercard', 'captured', null],
    ['tok_declined', 'declined', 'card_declined'],
    ['tok_insufficient_funds', 'declined', 'insufficient_funds'],
    ['tok_expired_card', 'declined', 'expired_card'],
    ['tok_incorrect_cvc', 'declined', 'incorrect_cvc'],
    ['tok_3ds', 'requires_action', null],
  ])('%s is answered %s', async (token, status, failure) => {
    const charge = await createCharge(sandbox, card(token))
    expect(charge.status).toBe(status)
    expect(charge.failure?.code ?? null).toBe(failure)
    expect(charge.capturedAmount).toBe(status === 'captured' ? 4800 : 0)
  })

  test('without capture the amount is only held', async () => {
    const charge = await createCharge(sandbox, card('tok_visa'), { capture: false })
    expect(charge).toMatchObject({ status: 'authorized', capturedAmount: 0 })
    expect(Date.parse(charge.expiresAt ?? '')).toBeGreaterThan(Date.now())
  })

  test('success@souk is approved by itself', async () => {
    const charge = await createCharge(sandbox, upi('success@souk'))
    expect(charge).toMatchObject({ status: 'requires_action', action: { type: 'approve' } })
    await until('it is captured', async () => (await getCharge(sandbox, charge.id)).status === 'captured')
  })

  test('failure@souk is declined', async () => {
    expect((await createCharge(sandbox, upi('failure@souk'))).status).toBe('declined')
  })

  test('pending@souk waits, and expires when nobody approves', async () => {
    const charge = await createCharge(sandbox, upi('pending@souk'))
    expect(charge.status).toBe('requires_action')
    const later = await until('it expires', async () => {
      const now = await getCharge(sandbox, charge.id)
      return now.status === 'expired' && now
    })
    expect(later.failure?.code).toBe('expired')
  })
})

describe('idempotency', () => {
  test('the first answer to a key is given again, whatever has happened since', async () => {
    const body = chargeBody(card('tok_3ds'))
    const key = newId()
    const first = await sandbox.call<Charge>('POST', '/v1/charges', { body, key })
    await sandbox.call('POST', `/v1/charges/${first.body.id}/void`, { key: newId() })
    const second = await sandbox.call<Charge>('POST', '/v1/charges', { body, key })
    expect(second.body).toEqual(first.body)
    expect(second.headers.get('idempotent-replayed')).toBe('true')
  })

  test('one key used at once by many makes one charge', async () => {
    const body = chargeBody(card('tok_visa'))
    const key = newId()
    await Promise.all(
      Array.from({ length: 20 }, async () => await sandbox.call('POST', '/v1/charges', { body, key })),
    )
    const list = await sandbox.call<List>('GET', `/v1/charges?reference=${body.reference}`)
    expect(list.body.items).toHaveLength(1)
  })

  test('the same key with another body is refused and makes nothing', async () => {
    const body = chargeBody(card('tok_visa'))
    const key = newId()
    await sandbox.call('POST', '/v1/charges', { body, key })
    const other = { ...body, amount: 1, reference: newId() }
    const refused = await sandbox.call<Problem>('POST', '/v1/charges', { body: other, key })
    expect(refused).toMatchObject({ status: 400, body: { error: { code: 'idempotency_key_reused' } } })
    const list = await sandbox.call<List>('GET', `/v1/charges?reference=${other.reference}`)
    expect(list.body.items).toEqual([])
  })

  test('a charge is found by its key, for a merchant that never heard the answer', async () => {
    const body = chargeBody(card('tok_timeout_after_charge'))
    const key = newId()
    const gaveUp = sandbox.call('POST', '/v1/charges', { body, key, signal: AbortSignal.timeout(300) })
    await expect(gaveUp).rejects.toThrow()
    const found = await sandbox.call<List>('GET', `/v1/charges?idempotencyKey=${key}`)
    expect(found.body.items).toMatchObject([{ status: 'captured', reference: body.reference }])
    const again = await sandbox.call<Charge>('POST', '/v1/charges', { body, key })
    expect(again.body.id).toBe(found.body.items[0]?.id)
  })
})

describe('capture, void and refund', () => {
  test('a part may be captured, once', async () => {
    const charge = await createCharge(sandbox, card('tok_visa'), { capture: false })
    const path = `/v1/charges/${charge.id}/capture`
    const tooMuch = await sandbox.call<Problem>('POST', path, { body: { amount: 4801 }, key: newId() })
    expect(tooMuch).toMatchObject({ status: 400, body: { error: { code: 'amount_too_large' } } })
    const done = await sandbox.call<Charge>('POST', path, { body: { amount: 1000 }, key: newId() })
    expect(done.body).toMatchObject({ status: 'captured', capturedAmount: 1000 })
    const twice = await sandbox.call<Problem>('POST', path, { body: { amount: 1000 }, key: newId() })
    expect(twice).toMatchObject({ status: 409, body: { error: { code: 'charge_not_authorized' } } })
  })

  test('refunds never pass what was captured, however many come at once', async () => {
    const charge = await createCharge(sandbox, card('tok_visa'))
    const body = { charge: charge.id, amount: 1000, reference: newId() }
    const answers = await Promise.all(
      Array.from(
        { length: 8 },
        async () => await sandbox.call('POST', '/v1/refunds', { body, key: newId() }),
      ),
    )
    expect(answers.filter(({ status }) => status === 201)).toHaveLength(4)
    expect((await getCharge(sandbox, charge.id)).refundedAmount).toBe(4000)
  })

  test('what was not captured can neither be refunded nor, once captured, voided', async () => {
    const held = await createCharge(sandbox, card('tok_visa'), { capture: false })
    const refund = { charge: held.id, amount: 1, reference: newId() }
    expect((await sandbox.call('POST', '/v1/refunds', { body: refund, key: newId() })).status).toBe(409)
    const taken = await createCharge(sandbox, card('tok_visa'))
    expect((await sandbox.call('POST', `/v1/charges/${taken.id}/void`, { key: newId() })).status).toBe(409)
  })
})

describe('bad input', () => {
  const good = chargeBody(card('tok_visa'))
  test.each([
    ['no amount', { ...good, amount: undefined }],
    ['amount zero', { ...good, amount: 0 }],
    ['amount below zero', { ...good, amount: -1 }],
    ['a fraction', { ...good, amount: 10.5 }],
    ['an amount as text', { ...good, amount: '10' }],
    ['a huge amount', { ...good, amount: 2 ** 53 }],
    ['a currency that is none', { ...good, currency: 'euro' }],
    ['an unknown token', { ...good, method: card('tok_nothing') }],
    ['a card number as token', { ...good, method: card('4242424242424242') }],
    ['an unknown method', { ...good, method: { type: 'cheque' } }],
    ['a return address that runs code', { ...good, returnUrl: 'javascript:alert(1)' }],
    ['an extra field', { ...good, status: 'captured' }],
    ['a prototype', JSON.parse('{"__proto__":{"amount":1}}')],
  ])('%s is refused with 400', async (_name, body) => {
    const answer = await sandbox.call<Problem>('POST', '/v1/charges', { body, key: newId() })
    expect(answer.status).toBe(400)
    expect(answer.body.error.message.length).toBeGreaterThan(5)
  })

  test('a write without a key, a wrong API key, and an unknown charge are refused', async () => {
    expect((await sandbox.call('POST', '/v1/charges', { body: good })).status).toBe(400)
    const stranger = await fetch(`${sandbox.url}/v1/charges`, { headers: { authorization: 'Bearer x' } })
    expect(stranger.status).toBe(401)
    expect((await sandbox.call('GET', '/v1/charges/ch_nothing')).status).toBe(404)
  })
})

test('a killed provider knows every charge it answered for', async () => {
  const kept = await startSandboxProcess()
  try {
    const made: Charge[] = []
    for (let number = 0; number < 30; number += 1) made.push(await createCharge(kept, card('tok_visa')))
    const first = made[0]
    if (!first) throw new Error('no charge')
    await kept.call('POST', '/v1/refunds', {
      body: { charge: first.id, amount: 800, reference: newId() },
      key: 'refund-before-the-kill',
    })
    kept.kill('SIGKILL')
    await kept.restart()
    const list = await kept.call<List>('GET', '/v1/charges?limit=1000')
    expect(list.body.items.map((charge) => charge.id)).toEqual(made.map((charge) => charge.id))
    expect(await getCharge(kept, first.id)).toMatchObject({ refundedAmount: 800 })
    const replay = await kept.call('POST', '/v1/refunds', {
      body: { charge: first.id, amount: 800, reference: newId() },
      key: 'refund-before-the-kill',
    })
    expect(replay.status).toBe(400)
  } finally {
    await kept.stop()
  }
})

test('the list pages through every charge once, oldest first', async () => {
  const seen: string[] = []
  let after = ''
  for (let page = 0; page < 100; page += 1) {
    const list = await sandbox.call<List>('GET', `/v1/charges?limit=7${after}`)
    seen.push(...list.body.items.map((charge) => charge.id))
    if (list.body.nextCursor === null) break
    after = `&after=${list.body.nextCursor}`
  }
  expect(seen.length).toBeGreaterThan(10)
  expect(new Set(seen).size).toBe(seen.length)
  expect([...seen].sort()).toEqual(seen)
})
