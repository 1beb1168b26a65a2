import { newId } from '@souk/kernel/id'
import { nobody, person } from '@souk/testing/service-harness'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { creditShop, eur } from '../../payment/test/credit-shop.ts'
import { type PaymentHarness, startPaymentHarness } from '../../payment/test/harness.ts'
import { type OrderHarness, orderFor, startOrderHarness } from './harness.ts'

let payment: PaymentHarness
let credit: ReturnType<typeof creditShop>
let shop: OrderHarness
beforeAll(async () => {
  payment = await startPaymentHarness()
  credit = creditShop(payment)
  shop = await startOrderHarness({ paymentUrl: payment.service.running.url })
})
afterAll(async () => {
  await shop?.stop()
  await payment?.stop()
})

const place = async (over: Parameters<typeof orderFor>[1]) => {
  const sku = shop.sku({ price: 1900, stock: 100 })
  return await shop.service.as(nobody).order.place.mutate(orderFor(sku, over))
}

test('an order paid by card and gift card, refunded in part: the card first, then the gift card', async () => {
  const { id, code } = await credit.issue(1000)
  const result = await place({ giftCardCode: code, expectedCredit: eur(1000), expectedTotal: eur(2390) })
  if (result.status !== 'placed') throw new Error(JSON.stringify(result))
  const { order } = result
  expect(order).toMatchObject({
    status: 'confirmed',
    totals: { total: eur(2390) },
    payment: { status: 'captured', credit: eur(1000), method: { type: 'card' } },
  })
  const paymentId = order.payment?.id ?? ''
  expect(await payment.charges(paymentId)).toMatchObject([{ capturedAmount: 1390 }])
  expect(await credit.refund(paymentId, 1790)).toMatchObject({ status: 'succeeded', credit: eur(400) })
  expect(await payment.charges(paymentId)).toMatchObject([{ refundedAmount: 1390 }])
  expect(await credit.balanceOf(id)).toEqual({ balance: 400, held: 0 })
})

test('fifty orders at once for one card: what is on it is spent, the losers are told, nothing is held', async () => {
  const { id, code } = await credit.issue(10_000)
  const sku = shop.sku({ price: 1900, stock: 100 })
  const results = await Promise.all(
    Array.from(
      { length: 50 },
      async () =>
        await shop.service
          .as(nobody)
          .order.place.mutate(orderFor(sku, { giftCardCode: code, paymentMethod: { type: 'credit' } })),
    ),
  )
  const lost = results.filter(({ status }) => status === 'payment_declined')
  expect([results.filter(({ status }) => status === 'placed').length, lost.length]).toEqual([4, 46])
  for (const each of lost) expect(each).toMatchObject({ message: expect.stringMatching(/Nothing was taken/) })
  expect(await credit.balanceOf(id)).toEqual({ balance: 10_000 - 4 * 2390, held: 0 })
  await credit.ledgersAgree()
})

test('a customer pays with store credit; an expired or disabled card is refused before anything is written', async () => {
  const customer = person()
  const grant = { id: newId(), userId: customer.userId, amount: eur(5000), reason: 'Late parcel' }
  await credit.staff.credit.grant.mutate(grant)
  const input = orderFor(shop.sku(), { useStoreCredit: true, paymentMethod: { type: 'credit' } })
  expect(await shop.service.as(customer).order.place.mutate(input)).toMatchObject({
    status: 'placed',
    order: { status: 'confirmed', payment: { credit: eur(2390), method: { type: 'credit' } } },
  })
  expect((await payment.service.as(customer).credit.mine.query()).balance).toEqual(eur(2610))
  const [old, lost] = [await credit.issue(1000), await credit.issue(1000)]
  await payment.service.sql(`update credit set expires_at = now() - interval '1 s' where id = $1`, [old.id])
  await credit.staff.credit.disable.mutate({ id: lost.id, reason: 'Lost' })
  for (const [code, words] of [
    [old.code, /expired/],
    [lost.code, /not valid any more/],
  ] as const)
    await expect(place({ giftCardCode: code })).rejects.toMatchObject({
      code: 'INVALID_INPUT',
      details: { errors: [{ path: 'giftCardCode', message: expect.stringMatching(words) }] },
    })
})
