import { newId } from '@souk/kernel/id'
import { nobody, person } from '@souk/testing/service-harness'
import { until } from '@souk/testing/until'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { card, newPayment, type PaymentHarness, startPaymentHarness } from './harness.ts'
import { type StripeServer, startStripeServer } from './stripe-server.ts'

let shop: PaymentHarness
let stripe: StripeServer
beforeAll(async () => {
  stripe = await startStripeServer()
  shop = await startPaymentHarness({}, stripe.settings)
})
afterAll(async () => {
  await shop?.stop()
  await stripe?.stop()
})

const eur = (amount: number) => ({ amount, currency: 'EUR' as const })
const good = card('pm_card_visa')
const captured = async (id: string) => {
  expect(await shop.statusOf(id)).toBe('captured')
  expect(await shop.journal(id)).toHaveLength(2)
  expect((await shop.events(id)).map(({ payload }) => payload.outcome)).toEqual(['captured'])
  expect(stripe.intents(id)).toHaveLength(1)
}
const tell = async (type: string, object: object, options?: { secret?: string; timestamp?: number }) => {
  const { raw, headers } = stripe.event(type, object as Record<string, unknown>, options)
  return await send(raw, headers)
}
const send = async (raw: string, headers: Record<string, string>) =>
  await fetch(`${shop.service.running.url}/webhooks/stripe`, { method: 'POST', headers, body: raw })

describe('a card by Stripe', () => {
  test('is charged once, with our attempt as the idempotency key and our id in the metadata', async () => {
    const { input, state } = await shop.start(good)
    expect(state.status).toBe('captured')
    await captured(input.id)
    const [attempt] = await shop.service.sql<{ id: string }>('select id from attempt where payment_id = $1', [
      input.id,
    ])
    const request = stripe.requests.find(({ key }) => key === attempt?.id)
    expect(request).toMatchObject({
      path: '/v1/payment_intents',
      body: {
        amount: '4800',
        currency: 'eur',
        metadata: { reference: input.id },
        capture_method: 'automatic',
      },
    })
    expect((await shop.row(input.id)).provider).toBe('stripe')
  })

  test('that is declined says why, and takes nothing', async () => {
    const { input, state } = await shop.start(card('pm_card_chargeDeclined'))
    expect(state).toMatchObject({
      status: 'declined',
      failure: { code: 'generic_decline', message: 'Your card was declined.' },
    })
    expect(await shop.journal(input.id)).toEqual([])
  })

  test('that asks for 3-D Secure sends the customer on, and hears of the end by webhook', async () => {
    const { input, state } = await shop.start(card('pm_card_threeDSecureRequired'))
    expect(state).toMatchObject({
      status: 'requires_action',
      action: { type: 'redirect', url: expect.stringContaining('3d_secure') },
    })
    const [intent] = stripe.intents(input.id)
    stripe.approve(intent as never)
    expect((await tell('payment_intent.succeeded', intent ?? {})).status).toBe(200)
    await captured(input.id)
  })

  test('other means of payment stay where they were', async () => {
    const { input } = await shop.start({ type: 'upi', vpa: 'failure@souk' })
    expect((await shop.row(input.id)).provider).toBe('sandbox')
  })
})

describe('a card typed on Stripe’s own page', () => {
  const onPage = async () => await shop.start(card('hosted_page'))

  test('is what the checkout offers: no card number and no foreign script with us', async () => {
    expect((await shop.service.as(nobody).payment.methods.query()).card).toBe('hosted_page')
  })

  test('is captured when the customer has paid there', async () => {
    const { input, state } = await onPage()
    const [session] = stripe.sessions(input.id)
    expect(state).toMatchObject({
      status: 'requires_action',
      action: { type: 'redirect', url: session?.url },
    })
    const intent = stripe.payOn(session)
    expect((await tell('checkout.session.completed', session ?? {})).status).toBe(200)
    expect((await tell('payment_intent.succeeded', intent)).status).toBe(200)
    await captured(input.id)
    const refund = { id: newId(), paymentId: input.id, amount: eur(800), reason: 'Scratched' }
    expect(await shop.order.payment.refund.mutate(refund)).toMatchObject({ status: 'succeeded' })
  })

  test('is found paid although every webhook was lost', async () => {
    const { input } = await onPage()
    stripe.payOn(stripe.sessions(input.id)[0])
    expect((await shop.order.payment.sync.mutate({ id: input.id })).status).toBe('captured')
    await captured(input.id)
  })

  test('is closed when its order is over, so that nobody pays there any more', async () => {
    const { input } = await onPage()
    await shop.publish('order.cancelled', input.orderId)
    await shop.untilStatus(input.id, 'voided')
    expect(stripe.sessions(input.id)[0]?.status).toBe('expired')
    expect(await shop.events(input.id)).toEqual([])
  })

  test('whose page’s address was lost on the way is the same page when asked again', async () => {
    const input = newPayment(card('hosted_page'))
    stripe.failNext(/checkout\/sessions$/, 'drop_after')
    expect((await shop.order.payment.start.mutate(input)).status).toBe('unknown')
    await shop.untilStatus(input.id, 'requires_action')
    expect(stripe.sessions(input.id)).toHaveLength(1)
  })
})

describe('an answer of Stripe that does not come', () => {
  test.each(['drop_after', 'hang_after', 'error_after', 'drop_before'] as const)(
    '%s: unknown first, then charged once',
    async (fault) => {
      const input = newPayment(good)
      stripe.failNext(/payment_intents$/, fault)
      expect((await shop.order.payment.start.mutate(input)).status).toBe('unknown')
      await shop.untilStatus(input.id, 'captured')
      await captured(input.id)
    },
  )

  test('a refund whose answer is lost is given once', async () => {
    const { input } = await shop.start(good)
    stripe.failNext(/refunds$/, 'drop_after')
    const refund = { id: newId(), paymentId: input.id, amount: eur(1500), reason: 'Scratched' }
    expect((await shop.order.payment.refund.mutate(refund)).status).toBe('unknown')
    await until('it is given', async () => Number((await shop.row(input.id)).refunded_minor) === 1500)
    const [intent] = stripe.intents(input.id)
    expect(stripe.refunds(intent?.id).map(({ amount }) => amount)).toEqual([1500])
  })
})

describe('a hold at Stripe', () => {
  const held = async () => (await shop.start(good, { captureMode: 'manual' })).input

  test('ends when the bank says so; a part is captured once and can be refunded in parts', async () => {
    const { id } = await held()
    const releaseAt = (await shop.row(id)).release_at as Date
    expect(releaseAt.getTime() - Date.now()).toBeGreaterThan(5.9 * 86_400_000)
    expect(releaseAt.getTime() - Date.now()).toBeLessThan(6 * 86_400_000)
    await shop.order.payment.capture.mutate({ id, amount: eur(3000) })
    expect(stripe.intents(id)[0]).toMatchObject({ status: 'succeeded', amount_received: 3000 })
    for (const amount of [1000, 500])
      await shop.order.payment.refund.mutate({ id: newId(), paymentId: id, amount: eur(amount), reason: 'x' })
    expect(await shop.row(id)).toMatchObject({ captured_minor: 3000, refunded_minor: 1500 })
    expect(stripe.refunds(stripe.intents(id)[0]?.id).map(({ amount }) => amount)).toEqual([1000, 500])
  })

  test('of which one capture is all: parcels are taken together with the last', async () => {
    const { id, orderId } = await held()
    await shop.ship(orderId, { amountMinor: 1000, isComplete: false })
    await until('it is remembered', async () => {
      const row = await shop.row(id)
      return Number(row.capture_wanted_minor) === 1000 && row.capture_due_at === null
    })
    expect(await shop.statusOf(id)).toBe('authorized')
    await shop.ship(orderId, { amountMinor: 3800, isComplete: true })
    await shop.untilStatus(id, 'captured')
    expect(stripe.intents(id)[0]).toMatchObject({ amount_received: 4800 })
    expect(await shop.journal(id)).toHaveLength(2)
  })

  test('is let go when the order is cancelled', async () => {
    const { id, orderId } = await held()
    await shop.publish('order.cancelled', orderId)
    await shop.untilStatus(id, 'voided')
    expect(stripe.intents(id)[0]?.status).toBe('canceled')
  })
})

test('Stripe’s own list is compared with our books, and what was lost is found', async () => {
  const { input } = await shop.start(card('pm_card_threeDSecureRequired'))
  await shop.service.sql('update payment set next_check_at = null where id = $1', [input.id])
  const [intent] = stripe.intents(input.id)
  if (!intent) throw new Error('There is no intent')
  stripe.approve(intent)
  const staff = shop.service.as(person('staff')).reconciliation
  expect((await staff.run.mutate()).healed).toBeGreaterThanOrEqual(1)
  await captured(input.id)
  const open = (await staff.list.query()).items.filter(({ resolvedAt }) => resolvedAt === null)
  expect(open).toEqual([])
})

describe('Stripe’s webhooks', () => {
  const waiting = async () => {
    const { input } = await shop.start(card('pm_card_threeDSecureRequired'))
    const [intent] = stripe.intents(input.id)
    if (!intent) throw new Error('There is no intent')
    return { input, intent }
  }

  test('twenty of the same at once, and an old one last, book once', async () => {
    const { input, intent } = await waiting()
    const old = stripe.event('payment_intent.requires_action', { ...intent })
    stripe.approve(intent)
    const event = stripe.event('payment_intent.succeeded', intent)
    const answers = await Promise.all(
      Array.from({ length: 20 }, async () => await send(event.raw, event.headers)),
    )
    expect(answers.every(({ status }) => status === 200)).toBe(true)
    expect((await send(old.raw, old.headers)).status).toBe(200)
    await captured(input.id)
  })

  test('that come before the answer find the payment, and the answer changes nothing more', async () => {
    const { input, intent } = await waiting()
    await shop.service.sql(`update payment set provider_charge_id = null where id = $1`, [input.id])
    stripe.approve(intent)
    expect((await tell('payment_intent.succeeded', intent)).status).toBe(200)
    await captured(input.id)
  })

  test('have to come again while Stripe does not say what happened', async () => {
    const { input, intent } = await waiting()
    stripe.approve(intent)
    stripe.failNext(/payment_intents\/pi_/, 'drop_before')
    expect((await tell('payment_intent.succeeded', intent)).status).toBe(503)
    expect((await tell('payment_intent.succeeded', intent)).status).toBe(200)
    await captured(input.id)
  })

  test('about what we never asked for are taken note of by nobody', async () => {
    expect((await tell('customer.created', { id: 'cus_1', object: 'customer' })).status).toBe(200)
    const foreign = { id: 'pi_x', object: 'payment_intent', metadata: { reference: newId() } }
    expect((await tell('payment_intent.succeeded', foreign)).status).toBe(404)
  })

  test.each([
    ['another secret', 401, { secret: 'whsec_forged_by_somebody' }],
    ['a time a week ago', 400, { timestamp: Math.floor(Date.now() / 1000) - 7 * 86_400 }],
  ])('with %s are refused', async (_name, status, options) => {
    const { input, intent } = await waiting()
    stripe.approve(intent)
    expect((await tell('payment_intent.succeeded', intent, options)).status).toBe(status)
    expect(await shop.statusOf(input.id)).toBe('requires_action')
  })

  test('with one byte changed, or no signature, are refused', async () => {
    const { input, intent } = await waiting()
    const { raw, headers } = stripe.event('payment_intent.succeeded', intent)
    expect((await send(raw.replace('4800', '4801'), headers)).status).toBe(401)
    expect((await send(raw, {})).status).toBe(400)
    expect((await send(raw, { 'stripe-signature': 'nonsense' })).status).toBe(400)
    expect(await shop.statusOf(input.id)).toBe('requires_action')
  })
})
