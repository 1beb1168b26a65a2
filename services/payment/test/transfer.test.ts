import { newId } from '@souk/kernel/id'
import { until } from '@souk/testing/until'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { eur } from './credit-shop.ts'
import { card, type PaymentHarness, startPaymentHarness } from './harness.ts'
import { transferShop } from './transfer-shop.ts'

let shop: PaymentHarness
let till: ReturnType<typeof transferShop>
beforeAll(async () => {
  shop = await startPaymentHarness()
  till = transferShop(shop)
})
afterAll(async () => await shop?.stop())
afterEach(async () => await till.booksAgree())

describe('money of an earlier payment', () => {
  test('pays all of a new one at once, and no provider hears of it', async () => {
    const { id } = await till.paid()
    const { input, state } = await till.move(id, 2000)
    expect(state).toMatchObject({
      status: 'captured',
      transfer: eur(2000),
      method: { type: 'transfer', label: 'Already paid' },
    })
    expect(await shop.charges(input.id)).toEqual([])
    expect(await shop.events(input.id)).toMatchObject([
      { name: 'payment.processed', payload: { outcome: 'captured', amountMinor: 2000, transferMinor: 2000 } },
    ])
    expect(await till.staff.payment.get.query({ id })).toMatchObject({
      captured: eur(4800),
      refunded: eur(0),
      transferred: eur(2000),
      left: eur(2800),
      transfers: [
        {
          fromPaymentId: id,
          toPaymentId: input.id,
          toOrderId: input.orderId,
          amount: eur(2000),
          status: 'spent',
        },
      ],
    })
    expect(await till.staff.payment.get.query({ id: input.id })).toMatchObject({
      amount: eur(2000),
      captured: eur(2000),
      transfer: eur(2000),
      left: eur(2000),
    })
    expect([await till.earned(id), await till.earned(input.id)]).toEqual([2800, 2000])
    expect([await till.inClearing(id), await till.inClearing(input.id)]).toEqual([-2000, 2000])
  })

  test('pays a part: the provider is asked for the rest, and declines without harm', async () => {
    const { id } = await till.paid()
    const taken = await till.move(id, 2000, 3500, card('tok_visa'))
    expect(taken.state).toMatchObject({ status: 'captured', transfer: eur(2000), method: { type: 'card' } })
    expect(await shop.charges(taken.input.id)).toMatchObject([{ amount: 1500, capturedAmount: 1500 }])
    const declined = await till.move(id, 2800, 3500, card('tok_declined'))
    expect(declined.state).toMatchObject({ status: 'declined' })
    expect(declined.state.transfer).toBeUndefined()
    expect(await till.transferStatus(declined.input.id)).toBe('released')
    expect(await till.sums(id)).toMatchObject({ transferred: 2000 })
    expect(await till.inClearing(declined.input.id)).toBe(0)
  })

  test('is held while the customer approves, and spent or free with the end', async () => {
    const { id } = await till.paid()
    const yes = await till.move(id, 1000, 1500, card('tok_3ds'))
    const no = await till.move(id, 1000, 1500, card('tok_3ds'))
    expect(yes.state).toMatchObject({ status: 'requires_action', transfer: eur(1000) })
    expect(await till.transferStatus(yes.input.id)).toBe('held')
    expect(await till.sums(id)).toMatchObject({ transferred: 2000 })
    await shop.answerPage(yes.state.action?.url, 'approve')
    await shop.answerPage(no.state.action?.url, 'decline')
    await shop.untilStatus(yes.input.id, 'captured')
    await shop.untilStatus(no.input.id, 'declined')
    expect(await till.transferStatus(yes.input.id)).toBe('spent')
    expect(await till.transferStatus(no.input.id)).toBe('released')
    expect(await till.sums(id)).toMatchObject({ transferred: 1000 })
  })

  test('stays held while nobody knows what the provider did, and is spent once that is known', async () => {
    const { id } = await till.paid()
    const { input, state } = await till.move(id, 1000, 1500, card('tok_drop_after_charge'))
    expect(['unknown', 'captured']).toContain(state.status)
    await shop.untilStatus(input.id, 'captured')
    expect(await till.transferStatus(input.id)).toBe('spent')
    expect(await shop.charges(input.id)).toMatchObject([{ capturedAmount: 500 }])
    expect(await till.sums(id)).toMatchObject({ transferred: 1000 })
  })

  test('is free again when the order of the new payment is over before it was paid', async () => {
    const { id } = await till.paid()
    const { input } = await till.move(id, 1000, 1500, card('tok_3ds'))
    await shop.publish('order.failed', input.orderId)
    await shop.untilStatus(input.id, 'voided')
    expect(await till.transferStatus(input.id)).toBe('released')
    expect(await till.staff.payment.get.query({ id })).toMatchObject({ left: eur(4800) })
  })

  test('stays held until the rest is taken: cash at the door, or a hold with the goods', async () => {
    const { id } = await till.paid()
    const cash = await till.move(id, 1000, 1500, { type: 'cod' })
    const held = await till.move(id, 1000, 1500, card('tok_visa'), { captureMode: 'manual' })
    for (const { input, state } of [cash, held]) {
      expect(state).toMatchObject({ status: 'authorized', transfer: eur(1000) })
      expect(await till.transferStatus(input.id)).toBe('held')
    }
    await shop.order.payment.capture.mutate({ id: cash.input.id })
    const part = { id: held.input.id, captureId: newId(), amount: eur(200), isFinal: false }
    await shop.order.payment.capture.mutate(part)
    expect(await till.transferStatus(held.input.id)).toBe('held')
    expect(await till.refund(held.input.id, 200)).toMatchObject({ status: 'succeeded' })
    await expect(till.refund(held.input.id, 1)).rejects.toMatchObject({ code: 'INVALID_STATE' })
    await shop.order.payment.capture.mutate({ id: held.input.id })
    for (const { input } of [cash, held]) expect(await till.transferStatus(input.id)).toBe('spent')
    expect(await till.refund(cash.input.id)).toMatchObject({ status: 'succeeded', transfer: eur(1000) })
    expect(await till.refundedAtProvider(id)).toBe(1000)
  })

  test('goes together with a gift card and a card: each pays its part once', async () => {
    const { id } = await till.paid()
    const gift = await till.issue(700)
    const { input, state } = await till.move(id, 1000, 2500, card('tok_visa'), { credit: { ids: [gift.id] } })
    expect(state).toMatchObject({ status: 'captured', transfer: eur(1000), credit: eur(700) })
    expect(await shop.charges(input.id)).toMatchObject([{ capturedAmount: 800 }])
    await till.refund(input.id, 2200)
    expect(await till.refundedAtProvider(input.id)).toBe(800)
    expect(await till.refundedAtProvider(id)).toBe(1000)
    expect(await till.balanceOf(gift.id)).toEqual({ balance: 400, held: 0 })
  })

  test('is moved once, however often and at once it is asked for', async () => {
    const { id } = await till.paid()
    const { input } = await till.move(id, 2000)
    const again = await Promise.all(
      Array.from({ length: 6 }, async () => await shop.order.payment.start.mutate(input)),
    )
    expect(new Set(again.map(({ status }) => status))).toEqual(new Set(['captured']))
    expect(await till.sums(id)).toMatchObject({ transferred: 2000 })
    const transfer = { ...input.transfer, id: newId(), fromPaymentId: id, amountMinor: 2000 }
    await expect(shop.order.payment.start.mutate({ ...input, transfer })).rejects.toMatchObject({
      code: 'CONFLICT',
    })
    const other = { ...input, id: newId() }
    await expect(shop.order.payment.start.mutate(other)).rejects.toMatchObject({ code: 'CONFLICT' })
    expect(await shop.statusOf(other.id)).toBe('missing')
  })

  test.each<[string, (id: string) => Promise<{ state: { failure: { message: string } | null } }>, RegExp]>([
    ['more than is left', async (id) => await till.move(id, 4801), /Only €48\.00 is left/],
    [
      'less than the price, with nothing else',
      async (id) => await till.move(id, 1000, 1200),
      /covers only €10/,
    ],
  ])('does not pay %s: the new payment is declined and nothing is moved', async (_name, start, why) => {
    const { id } = await till.paid()
    const { state } = await start(id)
    expect(state).toMatchObject({ status: 'declined', failure: { code: 'transfer_refused' } })
    expect(state.failure?.message).toMatch(why)
    expect(await till.sums(id)).toMatchObject({ transferred: 0 })
  })

  test('is not there while it is only held, after a decline, or when its order is over', async () => {
    const held = (await shop.start(card('tok_visa'), { captureMode: 'manual' })).input
    const declined = (await shop.start(card('tok_declined'))).input
    for (const { id } of [held, declined])
      expect((await till.move(id, 100)).state.failure?.message).toMatch(/Nothing of the earlier payment/)
    const over = await till.paid()
    await shop.publish('order.cancelled', over.orderId)
    await until('it is given back', async () => (await till.sums(over.id)).kept === 0)
    expect((await till.move(over.id, 100)).state.failure?.message).toMatch(/is over/)
  })

  test('that nobody can name is refused: unknown, or more than the price', async () => {
    const { id } = await till.paid()
    await expect(till.move(newId(), 100)).rejects.toMatchObject({ code: 'NOT_FOUND' })
    await expect(till.move(id, 200, 100)).rejects.toMatchObject({ code: 'INVALID_INPUT' })
    await expect(till.move(id, 0)).rejects.toMatchObject({ code: 'INVALID_INPUT' })
  })

  test('can be moved on from a payment that was paid with it', async () => {
    const { id } = await till.paid()
    const second = await till.move(id, 3000)
    const third = await till.move(second.input.id, 1200)
    expect(third.state.status).toBe('captured')
    expect(await till.refund(third.input.id, 1200)).toMatchObject({
      status: 'succeeded',
      transfer: eur(1200),
    })
    expect(await till.refundedAtProvider(id)).toBe(1200)
    expect(await till.sums(second.input.id)).toMatchObject({ transferred: 0, back: 1200 })
    for (const each of [id, second.input.id, third.input.id])
      expect(Math.abs(await till.inClearing(each))).toBe(each === third.input.id ? 0 : 1800)
  })
})
