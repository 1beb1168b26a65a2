import { newId } from '@souk/kernel/id'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { card, type PaymentHarness, sign, startPaymentHarness, upi } from './harness.ts'

let shop: PaymentHarness
beforeAll(async () => {
  shop = await startPaymentHarness()
})
afterAll(async () => await shop?.stop())

type Row = { charge: Record<string, unknown>; input: { id: string } }

/** A payment that waits for its customer, and the charge as the provider would send it when it is paid. */
async function waiting(): Promise<Row> {
  const { input } = await shop.start(upi('pending@souk'))
  const [charge] = await shop.charges(input.id)
  return { input, charge: { ...charge, status: 'captured', capturedAmount: 4800, action: null } }
}

function eventOf(charge: object, overrides: object = {}): string {
  const event = { id: `evt_${newId()}`, type: 'charge.captured', createdAt: new Date().toISOString() }
  return JSON.stringify({ ...event, data: { charge }, ...overrides })
}

const secret = () => shop.sandbox.webhookSecret
const minutesAgo = (minutes: number) => new Date(Date.now() - minutes * 60_000)
const everything = async (paymentId: string) => ({
  row: await shop.row(paymentId),
  attempts: await shop.service.sql('select * from attempt where payment_id = $1 order by id', [paymentId]),
  journal: await shop.journal(paymentId),
  events: await shop.events(paymentId),
  webhooks: (
    await shop.service.sql('select event_id from webhook_event where payment_id = $1', [paymentId])
  ).filter((event) => !String((event as { event_id: string }).event_id).startsWith('evt_0')),
})

describe('a webhook that is right', () => {
  test('is applied, and answered 200', async () => {
    const { input, charge } = await waiting()
    const raw = eventOf(charge)
    const answer = await shop.webhook(raw, sign(raw, secret()))
    expect([answer.status, await answer.json()]).toEqual([200, { outcome: 'moved' }])
    expect(await shop.statusOf(input.id)).toBe('captured')
    expect(await shop.journal(input.id)).toHaveLength(2)
  })

  test('delivered twenty times at once is applied once', async () => {
    const { input, charge } = await waiting()
    const raw = eventOf(charge)
    const answers = await Promise.all(
      Array.from({ length: 20 }, async () => await shop.webhook(raw, sign(raw, secret()))),
    )
    expect(answers.every(({ status }) => status === 200)).toBe(true)
    expect(await shop.journal(input.id)).toHaveLength(2)
    expect(await shop.events(input.id)).toHaveLength(1)
    const again = await shop.webhook(raw, sign(raw, secret()))
    expect(await again.json()).toEqual({ outcome: 'repeated' })
  })

  test('may be signed with the next secret while one is replaced', async () => {
    const { input, charge } = await waiting()
    const raw = eventOf(charge)
    expect((await shop.webhook(raw, sign(raw, 'the-next-secret-for-tests'))).status).toBe(200)
    expect(await shop.statusOf(input.id)).toBe('captured')
  })

  test('may carry a signature of each secret', async () => {
    const { charge } = await waiting()
    const raw = eventOf(charge)
    const [first, second] = [sign(raw, secret()), sign(raw, 'a-secret-that-is-not-active')]
    const both = `${second['souk-signature']},${first['souk-signature']?.split(',')[1]}`
    expect((await shop.webhook(raw, { 'souk-signature': both })).status).toBe(200)
  })
})

type Attack = {
  name: string
  status: number
  raw?: (raw: string) => string
  headers?: (raw: string) => Record<string, string>
}

const attacks: readonly Attack[] = [
  { name: 'no signature', status: 400, headers: () => ({}) },
  { name: 'an empty signature', status: 400, headers: () => ({ 'souk-signature': '' }) },
  { name: 'a signature of nonsense', status: 400, headers: () => ({ 'souk-signature': 't=now,v1=zz' }) },
  { name: 'another secret', status: 401, headers: (raw) => sign(raw, 'a-secret-that-is-not-active') },
  { name: 'no secret at all', status: 401, headers: (raw) => sign(raw, '') },
  { name: 'a time six minutes ago', status: 400, headers: (raw) => sign(raw, secret(), minutesAgo(6)) },
  { name: 'a time a week ago', status: 400, headers: (raw) => sign(raw, secret(), minutesAgo(7 * 24 * 60)) },
  { name: 'a time in the future', status: 400, headers: (raw) => sign(raw, secret(), minutesAgo(-6)) },
  {
    name: 'a fresh time on an old signature',
    status: 401,
    headers: (raw) => {
      const old = sign(raw, secret(), minutesAgo(60))['souk-signature'] ?? ''
      return { 'souk-signature': old.replace(/^t=\d+/, `t=${Math.floor(Date.now() / 1000)}`) }
    },
  },
  { name: 'one byte of the body changed', status: 401, raw: (raw) => raw.replace('4800', '4801') },
  { name: 'a space added to the body', status: 401, raw: (raw) => `${raw} ` },
  {
    name: 'one hexadecimal digit of the signature changed',
    status: 401,
    headers: (raw) => {
      const header = sign(raw, secret())['souk-signature'] ?? ''
      return { 'souk-signature': header.replace(/.$/, (digit) => (digit === '0' ? '1' : '0')) }
    },
  },
]

describe('F28 webhook forged, replayed, a week old, one byte changed', () => {
  test.each(attacks)('$name: refused, nothing written', async ({ status, raw, headers }) => {
    const { input, charge } = await waiting()
    const before = await everything(input.id)
    const body = eventOf(charge)
    const answer = await shop.webhook(raw?.(body) ?? body, headers?.(body) ?? sign(body, secret()))
    expect(answer.status).toBe(status)
    expect(await everything(input.id)).toEqual(before)
  })
})

describe('F28 webhook replayed', () => {
  test('within its time it changes nothing, later it is refused', async () => {
    const { input, charge } = await waiting()
    const raw = eventOf(charge)
    const headers = sign(raw, secret())
    expect((await shop.webhook(raw, headers)).status).toBe(200)
    const refund = { id: newId(), paymentId: input.id, reason: 'Scratched' }
    await shop.order.payment.refund.mutate(refund)
    const before = await everything(input.id)
    expect(await (await shop.webhook(raw, headers)).json()).toEqual({ outcome: 'repeated' })
    const old = sign(raw, secret(), minutesAgo(6))
    expect((await shop.webhook(raw, old)).status).toBe(400)
    expect(await everything(input.id)).toEqual(before)
  })
})

describe('F28 webhook for someone else’s payment, or one that does not fit', () => {
  test.each<[string, number, object]>([
    ['another amount', 409, { amount: 4801, capturedAmount: 4801 }],
    ['a captured part of an automatic payment', 409, { capturedAmount: 1 }],
    ['more captured than charged', 409, { capturedAmount: 9999 }],
    ['another charge id', 409, { id: 'ch_of_somebody_else' }],
    ['a payment that we do not know', 404, { reference: newId() }],
    ['a reference that is no id', 404, { reference: "' or 1=1 --" }],
    ['another currency', 400, { currency: 'USD' }],
    ['an unknown status', 400, { status: 'paid' }],
    ['a fraction', 400, { amount: 48.5 }],
  ])('%s: %i, nothing written', async (_name, status, change) => {
    const { input, charge } = await waiting()
    const before = await everything(input.id)
    const raw = eventOf({ ...charge, ...change })
    expect((await shop.webhook(raw, sign(raw, secret()))).status).toBe(status)
    expect(await everything(input.id)).toEqual(before)
  })

  test('someone else’s charge under our payment’s reference', async () => {
    const mine = await waiting()
    const other = await waiting()
    const raw = eventOf({ ...other.charge, reference: mine.input.id })
    expect((await shop.webhook(raw, sign(raw, secret()))).status).toBe(409)
    expect(await shop.statusOf(mine.input.id)).toBe('requires_action')
  })

  test('a refund that we never asked for', async () => {
    const { input } = await shop.start(card('tok_visa'))
    const [charge] = await shop.charges(input.id)
    const refund = {
      id: 're_1',
      charge: charge?.id,
      reference: newId(),
      amount: 100,
      currency: 'EUR',
      status: 'succeeded',
      failure: null,
    }
    const raw = eventOf({}, { type: 'refund.succeeded', data: { refund } })
    expect((await shop.webhook(raw, sign(raw, secret()))).status).toBe(404)
    expect((await shop.row(input.id)).refunded_minor).toBe(0)
  })

  test.each([
    ['no JSON', '{"id":'],
    ['an array', '[]'],
    ['nothing', ''],
    ['bytes that are no text', '\u0000\u0001'],
    ['an event about nothing', JSON.stringify({ id: 'evt_x', type: 'x', data: {} })],
  ])('%s', async (_name, raw) => {
    const answer = await shop.webhook(raw, sign(raw, secret()))
    expect([400, 404]).toContain(answer.status)
  })

  test('a body that is too large, and a provider that is unknown', async () => {
    const { input, charge } = await waiting()
    const before = await everything(input.id)
    for (const size of [300_000, 10_000_000]) {
      const huge = eventOf(charge, { padding: 'x'.repeat(size) })
      expect((await shop.webhook(huge, sign(huge, secret()))).status).toBe(413)
    }
    expect(await everything(input.id)).toEqual(before)
    const raw = '{}'
    for (const provider of ['cod', 'stripe', 'constructor']) {
      const url = `${shop.service.running.url}/webhooks/${provider}`
      expect((await fetch(url, { method: 'POST', body: raw, headers: sign(raw, secret()) })).status).toBe(404)
    }
  })
})

test('what came is counted', async () => {
  const metrics = await (await fetch(`${shop.service.running.url}/metrics`)).text()
  for (const outcome of [
    'wrong_signature',
    'too_old',
    'no_signature',
    'mismatch',
    'unknown_payment',
    'moved',
  ])
    expect(metrics).toMatch(
      new RegExp(`souk_payment_webhooks_total\\{provider="sandbox",outcome="${outcome}"\\} [1-9]`),
    )
})
