import { newId } from '@souk/kernel/id'
import { person } from '@souk/testing/service-harness'
import { until } from '@souk/testing/until'
import fc from 'fast-check'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { creditShop, eur, paidBy } from './credit-shop.ts'
import { card, type PaymentHarness, startPaymentHarness } from './harness.ts'

let shop: PaymentHarness
let credit: ReturnType<typeof creditShop>
beforeAll(async () => {
  shop = await startPaymentHarness()
  credit = creditShop(shop)
})
afterAll(async () => await shop?.stop())
afterEach(async () => await credit.ledgersAgree())

describe('an order paid by gift card', () => {
  test('in part: the provider is asked for the rest only, and both are in the books', async () => {
    const { id } = await credit.issue(3000)
    const { input, state } = await credit.pay([id], 4800, card('tok_visa'))
    expect(state).toMatchObject({ status: 'captured', credit: eur(3000), method: { type: 'card' } })
    expect(await shop.charges(input.id)).toMatchObject([{ amount: 1800, capturedAmount: 1800 }])
    expect(await credit.balanceOf(id)).toEqual({ balance: 0, held: 0 })
    expect(await credit.kindsOf(id)).toEqual(['issue 3000', 'hold 3000', 'spend 3000'])
    expect(await credit.staff.payment.get.query({ id: input.id })).toMatchObject({
      amount: eur(4800),
      captured: eur(4800),
      credit: eur(3000),
    })
  })

  test('as a whole: it is captured at once and no provider hears of it', async () => {
    const { id, last4 } = await credit.issue(6000)
    const { input, state } = await credit.pay([id], 4800, card('tok_declined'))
    expect(state).toMatchObject({
      status: 'captured',
      credit: eur(4800),
      method: { type: 'credit', label: `Gift card ending in ${last4}` },
    })
    expect(await shop.charges(input.id)).toEqual([])
    expect(await credit.balanceOf(id)).toEqual({ balance: 1200, held: 0 })
    expect(await shop.events(input.id)).toMatchObject([
      { name: 'payment.processed', version: 1, payload: { outcome: 'captured' } },
    ])
  })

  test('asked for again it is the same payment, and another amount is refused', async () => {
    const { id } = await credit.issue(6000)
    const { input } = await credit.pay([id], 4800, paidBy)
    expect(await shop.order.payment.start.mutate(input)).toMatchObject({ status: 'captured' })
    expect(await credit.balanceOf(id)).toEqual({ balance: 1200, held: 0 })
    await expect(shop.order.payment.start.mutate({ ...input, amount: eur(100) })).rejects.toMatchObject({
      code: 'CONFLICT',
    })
  })

  test('a declined card gives the gift card back in the same moment', async () => {
    const { id } = await credit.issue(3000)
    const { input, state } = await credit.pay([id], 4800, card('tok_declined'))
    expect(state).toMatchObject({ status: 'declined' })
    expect(state.credit).toBeUndefined()
    expect(await credit.balanceOf(id)).toEqual({ balance: 3000, held: 0 })
    await shop.publish('order.failed', input.orderId)
    await until(
      'the order is known to be over',
      async () => (await shop.row(input.id)).closed_reason !== null,
    )
    expect(await credit.kindsOf(id)).toEqual(['issue 3000', 'hold 3000', 'release 3000'])
  })

  test('a customer who does not approve in time, or whose order is cancelled, gets it back', async () => {
    const { id } = await credit.issue(3000)
    const { input, state } = await credit.pay([id], 4800, card('tok_3ds'))
    expect(state).toMatchObject({ status: 'requires_action', credit: eur(3000) })
    expect(await credit.balanceOf(id)).toEqual({ balance: 0, held: 3000 })
    await shop.publish('order.cancelled', input.orderId)
    await credit.untilBalance(id, 3000)
    await shop.untilStatus(input.id, 'voided')
  })

  test('an answer that never came is settled later, and the credit with it', async () => {
    const { id } = await credit.issue(3000)
    const { input, state } = await credit.pay([id], 4800, card('tok_drop_after_charge'))
    expect(['unknown', 'captured']).toContain(state.status)
    await shop.untilStatus(input.id, 'captured')
    expect(await credit.balanceOf(id)).toEqual({ balance: 0, held: 0 })
    expect(await shop.charges(input.id)).toHaveLength(1)
  })

  test('cash on delivery keeps it held until the cash is there', async () => {
    const { id } = await credit.issue(3000)
    const { input, state } = await credit.pay([id], 4800, { type: 'cod' })
    expect(state).toMatchObject({ status: 'authorized' })
    expect(await credit.balanceOf(id)).toEqual({ balance: 0, held: 3000 })
    await shop.order.payment.capture.mutate({ id: input.id })
    expect(await credit.kindsOf(id)).toEqual(['issue 3000', 'hold 3000', 'spend 3000'])
  })

  test('a gift card and store credit together, the card first', async () => {
    const customer = person()
    const { id } = await credit.issue(1000)
    const own = await credit.staff.credit.grant.mutate({
      id: newId(),
      userId: customer.userId,
      amount: eur(5000),
      reason: 'Late parcel',
    })
    const over = { userId: customer.userId }
    const { input } = await credit.pay([id, own.id], 4800, paidBy, over)
    expect(await credit.balanceOf(own.id)).toEqual({ balance: 1200, held: 0 })
    await credit.refund(input.id, 4000)
    expect(await credit.balanceOf(own.id)).toEqual({ balance: 5000, held: 0 })
    expect(await credit.balanceOf(id)).toEqual({ balance: 200, held: 0 })
    const mine = await shop.service.as(customer).credit.mine.query()
    expect(mine.balance).toEqual(eur(5000))
    expect(mine.entries.map(({ kind }) => kind)).toEqual(['give_back', 'spend', 'hold', 'issue'])
  })

  test('an order that names no credit to pay it is declined', async () => {
    expect((await shop.start(paidBy)).state).toMatchObject({
      status: 'declined',
      failure: { message: expect.stringMatching(/nothing left/) },
    })
  })

  test('an order that ended before its payment began takes nothing', async () => {
    const { id } = await credit.issue(3000)
    const orderId = newId()
    await shop.publish('order.cancelled', orderId)
    await until('it is known', async () => {
      return (
        (await shop.service.sql('select 1 from closed_order where order_id = $1', [orderId])).length === 1
      )
    })
    await expect(credit.pay([id], 2000, paidBy, { orderId })).rejects.toMatchObject({ code: 'INVALID_STATE' })
    expect(await credit.balanceOf(id)).toEqual({ balance: 3000, held: 0 })
  })
})

describe('of many orders that want the same card', () => {
  test('fifty at once spend what is on it and not a cent more; the others are told', async () => {
    const { id } = await credit.issue(10_000)
    const results = await Promise.all(
      Array.from({ length: 50 }, async () => (await credit.pay([id], 900, paidBy)).state),
    )
    const won = results.filter(({ status }) => status === 'captured')
    const lost = results.filter(({ status }) => status === 'declined')
    expect(won).toHaveLength(11)
    expect(lost).toHaveLength(39)
    for (const { failure } of lost) expect(failure?.message).toMatch(/covers only €1\.00|nothing left/)
    expect(await credit.balanceOf(id)).toEqual({ balance: 100, held: 0 })
  })

  test('nobody pays more by card than he saw', async () => {
    const { id } = await credit.issue(1000)
    await credit.pay([id], 600, paidBy)
    const { input, state } = await credit.pay([id], 4800, card('tok_visa'), {}, 1000)
    expect(state).toMatchObject({
      status: 'declined',
      failure: { message: expect.stringMatching(/Only €4\.00 is left/) },
    })
    expect(await shop.charges(input.id)).toEqual([])
  })
})

describe('a refund', () => {
  test('goes to the provider first, then to the gift card, each once', async () => {
    const { id } = await credit.issue(3000)
    const { input } = await credit.pay([id], 4800, card('tok_visa'))
    const refundId = newId()
    const first = await credit.refund(input.id, 2000, { id: refundId })
    expect(first).toMatchObject({ status: 'succeeded', amount: eur(2000), credit: eur(200) })
    await credit.refund(input.id, 2000, { id: refundId })
    expect(await shop.charges(input.id)).toMatchObject([{ refundedAmount: 1800 }])
    expect(await credit.balanceOf(id)).toEqual({ balance: 200, held: 0 })
    await credit.refund(input.id)
    expect(await credit.balanceOf(id)).toEqual({ balance: 3000, held: 0 })
    await expect(credit.refund(input.id, 1)).rejects.toMatchObject({ code: 'INVALID_STATE' })
    const told = (await shop.events(input.id)).filter(({ name }) => name === 'payment.refunded')
    expect(told.map(({ payload }) => payload.refundedTotalMinor)).toEqual([2000, 4800])
  })

  test('of which the provider refuses its part gives no credit back either', async () => {
    const { id } = await credit.issue(3000)
    const { input } = await credit.pay([id], 4800, card('tok_visa'))
    await shop.fault({ mode: 'refund_fails', operation: 'refund', reference: input.id, delayMs: 100 })
    await credit.refund(input.id, 4800)
    const payment = await until('the refund has failed', async () => {
      const seen = await credit.staff.payment.get.query({ id: input.id })
      return seen.refunds[0]?.status === 'failed' ? seen : undefined
    })
    expect(payment.refunded).toEqual(eur(0))
    expect(await credit.balanceOf(id)).toEqual({ balance: 0, held: 0 })
    expect(await credit.refund(input.id, 4800)).toMatchObject({ status: 'succeeded' })
    expect(await credit.balanceOf(id)).toEqual({ balance: 3000, held: 0 })
  })

  test('as store credit, also of what a card paid, up to what was paid', async () => {
    const customer = person()
    const { input } = await shop.start(card('tok_visa'), { userId: customer.userId })
    await credit.refund(input.id, 3000, { to: 'store_credit' })
    expect((await shop.service.as(customer).credit.mine.query()).balance).toEqual(eur(3000))
    expect(await shop.charges(input.id)).toMatchObject([{ refundedAmount: 0 }])
    await expect(credit.refund(input.id, 1801, { to: 'store_credit' })).rejects.toMatchObject({
      code: 'INVALID_STATE',
    })
    await credit.refund(input.id, 1800)
    expect(await shop.charges(input.id)).toMatchObject([{ refundedAmount: 1800 }])
  })

  test('of a guest is a new gift card whose code is mailed and stored nowhere', async () => {
    const { input } = await shop.start(card('tok_visa'))
    await expect(credit.refund(input.id, 500, { to: 'store_credit' })).rejects.toMatchObject({
      code: 'INVALID_INPUT',
    })
    await expect(credit.refund(input.id, 500, { to: 'gift_card' })).rejects.toMatchObject({
      code: 'INVALID_INPUT',
    })
    const over = { to: 'gift_card', recipientEmail: 'guest@example.test' } as const
    expect(await credit.refund(input.id, 500, over)).toMatchObject({ status: 'succeeded', credit: eur(500) })
    const { items } = await credit.staff.credit.list.query({ q: 'guest@example.test' })
    expect(items).toMatchObject([{ balance: eur(500), kind: 'gift_card' }])
  })

  test('an order that is over gives both back', async () => {
    const { id } = await credit.issue(3000)
    const { input } = await credit.pay([id], 4800, card('tok_visa'))
    const whole = await credit.issue(4800)
    const other = await credit.pay([whole.id], 4800, paidBy)
    await shop.publish('order.cancelled', input.orderId)
    await shop.publish('order.cancelled', other.input.orderId)
    await credit.untilBalance(id, 3000)
    await credit.untilBalance(whole.id, 4800)
    await until('the card got its part', async () => {
      return (await shop.charges(input.id))[0]?.refundedAmount === 1800
    })
    expect(await credit.kindsOf(id)).toEqual(['issue 3000', 'hold 3000', 'spend 3000', 'give_back 3000'])
  })
})

type Step =
  | { verb: 'pay'; amount: number; by: 'credit' | 'tok_visa' | 'tok_declined' | 'cod' }
  | { verb: 'refund' | 'capture' | 'cancel'; amount: number; by: null }
const step: fc.Arbitrary<Step> = fc.oneof(
  fc.record({
    verb: fc.constant('pay' as const),
    amount: fc.integer({ min: 1, max: 4000 }),
    by: fc.constantFrom('credit' as const, 'tok_visa' as const, 'tok_declined' as const, 'cod' as const),
  }),
  fc.record({
    verb: fc.constantFrom('refund' as const, 'capture' as const, 'cancel' as const),
    amount: fc.integer({ min: 1, max: 3000 }),
    by: fc.constant(null),
  }),
)

type Paid = { id: string; orderId: string; rest: number; credit: number; isHeld: boolean; back: number }

test('whatever is done with a card, in whatever order, it has what a simple sum says', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 1, maxLength: 8 }), async (steps) => {
      const { id } = await credit.issue(5000)
      const model = { balance: 5000 }
      const payments: Paid[] = []
      for (const { verb, amount, by } of steps) {
        const last = payments.at(-1)
        if (verb === 'pay') {
          const method = by === 'credit' || by === 'cod' ? { type: by } : card(by)
          const { input, state } = await credit.pay([id], amount, method)
          const part = Math.min(model.balance, amount)
          const isTaken =
            part > 0 && (by === 'credit' ? part === amount : part === amount || by !== 'tok_declined')
          expect(state.credit?.amount ?? 0).toBe(isTaken ? part : 0)
          if (!isTaken) continue
          model.balance -= part
          const isHeld = by === 'cod' && part < amount
          payments.push({
            id: input.id,
            orderId: input.orderId,
            rest: amount - part,
            credit: part,
            isHeld,
            back: 0,
          })
        } else if (last && verb === 'capture' && last.isHeld) {
          await shop.order.payment.capture.mutate({ id: last.id })
          last.isHeld = false
        } else if (last && verb === 'refund' && !last.isHeld) {
          const left = last.rest + last.credit - last.back
          const asked = credit.refund(last.id, amount)
          if (amount > left) await expect(asked).rejects.toMatchObject({ code: 'INVALID_STATE' })
          else {
            await asked
            const before = Math.max(0, last.back - last.rest)
            last.back += amount
            model.balance += Math.max(0, last.back - last.rest) - before
          }
        } else if (last && verb === 'cancel') {
          await shop.publish('order.cancelled', last.orderId)
          model.balance += last.credit - Math.max(0, last.back - last.rest)
          await credit.untilBalance(id, model.balance, heldOf(payments, last))
          payments.pop()
        }
        expect(await credit.balanceOf(id)).toEqual({ balance: model.balance, held: heldOf(payments) })
      }
      await credit.ledgersAgree()
    }),
    { numRuns: 20, endOnFailure: true },
  )
}, 120_000)

function heldOf(payments: readonly Paid[], but?: Paid): number {
  return payments
    .filter((payment) => payment.isHeld && payment !== but)
    .reduce((sum, payment) => sum + payment.credit, 0)
}
