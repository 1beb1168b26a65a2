import { newId } from '@souk/kernel/id'
import { money } from '@souk/kernel/money'
import { nobody, person } from '@souk/testing/service-harness'
import { until } from '@souk/testing/until'
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest'
import type { CreatePromotion, PlaceOrder, PlaceResult } from '../src/contract.ts'
import { type OrderHarness, orderFor, startOrderHarness } from './harness.ts'

let shop: OrderHarness
beforeAll(async () => {
  shop = await startOrderHarness()
})
afterAll(async () => await shop.stop())

type NewPromotion = Partial<CreatePromotion> & Pick<CreatePromotion, 'kind'>
const staff = () => shop.service.as(person('staff'))
async function promotion(input: NewPromotion): Promise<{ id: string; code: string }> {
  const id = newId()
  const code = input.code === undefined ? `C${id.slice(-12).toUpperCase()}` : input.code
  const made = await staff().promotion.create.mutate({ id, name: `Offer ${id.slice(-6)}`, ...input, code })
  onTestFinished(async () => {
    await staff().promotion.pause.mutate({ id, isActive: false })
  })
  return { id, code: made.code ?? '' }
}
const place = async (input: PlaceOrder, as = nobody) => await shop.service.as(as).order.place.mutate(input)
function placed(result: PlaceResult) {
  if (result.status !== 'placed') throw new Error(`Expected placed, got ${JSON.stringify(result)}`)
  return result.order
}
const usesOf = async (id: string) => (await staff().promotion.get.query({ id })).uses
const claimsOf = async (id: string) =>
  (await shop.service.sql<{ used_count: number }>('select used_count from promotion where id = $1', [id]))[0]
    ?.used_count
const guest = () => `${newId()}@example.test`

describe('promotions of an order', () => {
  test('several are recorded with it and with its lines', async () => {
    const sku = shop.sku({ price: 1000, stock: 100 })
    const off = await promotion({ kind: 'percentage', value: 1000 })
    const free = await promotion({ kind: 'free_shipping' })
    const input = orderFor(sku, {
      items: [{ sku, quantity: 3 }],
      promotionCode: off.code.toLowerCase(),
      promotionCodes: [free.code],
      expectedTotal: money(2700),
    })
    const order = placed(await place(input))
    const read = await staff().order.get.query({ id: order.id })
    expect(read.promotions.map(({ id, code, amount }) => [id, code, amount.amount])).toEqual([
      [off.id, off.code, 300],
      [free.id, free.code, 490],
    ])
    expect(read.items[0]).toMatchObject({
      total: money(3000),
      discount: money(300),
      discounts: [{ promotionId: off.id, amount: money(300) }],
    })
    expect(read.taxLines).toEqual([{ rateBasisPoints: 1900, netMinor: 2700 - 431, taxMinor: 431 }])
    expect(await usesOf(off.id)).toBe(1)
  })

  test('one that applies by itself is in the cart, the quote and the order by its name', async () => {
    const sku = shop.sku({ price: 1000, stock: 100 })
    const made = await promotion({
      kind: 'buy_x_get_y',
      value: 10_000,
      code: null,
      name: '3 for 2',
      scope: { categories: [], products: [], skus: [sku] },
      offer: { buyQuantity: 2, getQuantity: 1, get: null, maxSets: null },
    })
    const shown = [{ id: made.id, code: null, name: '3 for 2', amount: money(1000) }]
    const cart = await shop.service.as(nobody).cart.addItem.mutate({ cartId: newId(), sku, quantity: 3 })
    expect(cart).toMatchObject({ promotions: shown, discount: money(1000) })
    const quote = await shop.service.as(nobody).checkout.quote.query({ items: [{ sku, quantity: 3 }] })
    expect(quote).toMatchObject({ promotions: shown, totals: { discount: money(1000) } })
    expect(placed(await place(orderFor(sku, { items: [{ sku, quantity: 3 }] }))).promotions).toEqual(shown)
  })

  test.each([
    ['below its least', { minSubtotalMinor: 5000 }, 'This code needs an order of €50.00 or more.'],
    ['that is for others', { customers: ['somebody@example.test'] }, 'This code is not for this customer.'],
    ['that is over', { endsAt: '2020-01-01T00:00:00Z' }, 'This code is not valid any more.'],
    ['that is paused', { isActive: false }, 'This code is not valid.'],
  ])(
    'a code %s says why in the quote, and is refused by path when it is placed',
    async (_what, over, message) => {
      const sku = shop.sku({ price: 1000 })
      const { code } = await promotion({ kind: 'amount', value: 500, ...over })
      const email = guest()
      const items = [{ sku, quantity: 1 }]
      const quote = await shop.service
        .as(nobody)
        .checkout.quote.query({ items, email, promotionCodes: [code] })
      expect(quote.codes).toMatchObject([{ code, isApplied: false, message }])
      const input = orderFor(sku, { email, promotionCodes: [code] })
      await expect(place(input)).rejects.toMatchObject({
        code: 'INVALID_INPUT',
        details: { errors: [{ path: 'promotionCodes.0', message }] },
      })
      expect(await shop.service.sql('select 1 from orders where id = $1', [input.id])).toEqual([])
    },
  )

  test('of an exclusive code and a better offer the better one is taken, and the code says so', async () => {
    const sku = shop.sku({ price: 10_000 })
    const better = await promotion({ kind: 'percentage', value: 2000 })
    const alone = await promotion({ kind: 'percentage', value: 1000, isExclusive: true })
    const quote = await shop.service
      .as(nobody)
      .checkout.quote.query({ items: [{ sku, quantity: 1 }], promotionCodes: [better.code, alone.code] })
    expect(quote.codes.map(({ isApplied, reason }) => [isApplied, reason])).toEqual([
      [true, null],
      [false, 'no_effect'],
    ])
    expect(quote.totals.discount).toEqual(money(2000))
  })

  test('a named customer is known by e-mail or by account', async () => {
    const sku = shop.sku({ price: 1000 })
    const ada = person()
    const { code } = await promotion({ kind: 'amount', value: 100, customers: [ada.userId] })
    expect(placed(await place(orderFor(sku, { promotionCode: code }), ada)).totals.discount).toEqual(
      money(100),
    )
    await expect(place(orderFor(sku, { promotionCode: code }), person())).rejects.toMatchObject({
      code: 'INVALID_INPUT',
    })
  })
})

describe('limits of promotions', () => {
  test('of fifty buyers at once exactly ten get a code that is limited to ten', async () => {
    const sku = shop.sku({ price: 1000, stock: 1000 })
    const { id, code } = await promotion({ kind: 'amount', value: 100, usageLimit: 10 })
    const answers = await Promise.allSettled(
      Array.from(
        { length: 50 },
        async () => await place(orderFor(sku, { email: guest(), promotionCode: code })),
      ),
    )
    const won = answers.filter((answer) => answer.status === 'fulfilled')
    const lost = answers.filter((answer) => answer.status === 'rejected')
    expect(won).toHaveLength(10)
    for (const { reason } of lost) {
      expect(reason).toMatchObject({
        code: 'INVALID_INPUT',
        details: { errors: [{ path: 'promotionCode', message: 'This code is used up.' }] },
      })
    }
    expect([await claimsOf(id), await usesOf(id)]).toEqual([10, 10])
    const written = await shop.service.sql(
      'select 1 from orders o join order_line l on l.order_id = o.id where l.sku = $1',
      [sku],
    )
    expect(written).toHaveLength(10)
  })

  test('a double click uses a code for one use once, as a guest and signed in', async () => {
    const sku = shop.sku({ price: 1000, stock: 100 })
    const { id, code } = await promotion({ kind: 'amount', value: 100, perCustomerLimit: 1 })
    const ada = person()
    const clicks = await Promise.allSettled([
      ...Array.from(
        { length: 5 },
        async () => await place(orderFor(sku, { email: ada.email, promotionCode: code })),
      ),
      ...Array.from(
        { length: 5 },
        async () => await place(orderFor(sku, { email: ada.email, promotionCode: code }), ada),
      ),
    ])
    expect(clicks.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
    expect(await claimsOf(id)).toBe(1)
    expect(
      placed(await place(orderFor(sku, { email: guest(), promotionCode: code }))).totals.discount,
    ).toEqual(money(100))
  })

  test('promotions are never applied twice to a line when requests race', async () => {
    const sku = shop.sku({ price: 1000, stock: 1000 })
    const { id, code } = await promotion({ kind: 'percentage', value: 5000, usageLimit: 100 })
    const key = newId()
    const input = orderFor(sku, {
      items: [
        { sku, quantity: 1 },
        { sku, quantity: 1 },
      ],
      promotionCode: code,
      promotionCodes: [code, code.toLowerCase()],
    })
    const answers = await Promise.all(
      Array.from({ length: 20 }, async () =>
        placed(
          await shop.service
            .as(nobody, { idempotencyKey: key })
            .order.place.mutate({ ...input, id: newId() }),
        ),
      ),
    )
    expect(new Set(answers.map((order) => order.id)).size).toBe(1)
    expect(answers[0]?.items).toMatchObject([
      { total: money(2000), discount: money(1000), discounts: [{ promotionId: id, amount: money(1000) }] },
    ])
    expect(answers[0]?.totals).toMatchObject({ discount: money(1000), total: money(1490) })
    expect(await claimsOf(id)).toBe(1)
  })

  test('a first order is one, also when two are placed at once', async () => {
    const sku = shop.sku({ price: 1000, stock: 100 })
    const { code } = await promotion({ kind: 'amount', value: 100, isFirstOrder: true })
    const email = guest()
    const both = await Promise.allSettled(
      [0, 1].map(async () => await place(orderFor(sku, { email, promotionCode: code }))),
    )
    expect(both.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
    const other = guest()
    placed(await place(orderFor(sku, { email: other })))
    await expect(place(orderFor(sku, { email: other, promotionCode: code }))).rejects.toMatchObject({
      details: { errors: [{ path: 'promotionCode', message: 'This code is for a first order only.' }] },
    })
  })

  test('a use is given back once when the order fails or is cancelled, and can be used again', async () => {
    const sku = shop.sku({ price: 1000, stock: 100 })
    const { id, code } = await promotion({ kind: 'amount', value: 100, usageLimit: 1, perCustomerLimit: 1 })
    const email = guest()
    const declined = orderFor(sku, {
      email,
      promotionCode: code,
      paymentMethod: { type: 'card', token: 'tok_declined' },
    })
    expect((await place(declined)).status).toBe('payment_declined')
    expect([await claimsOf(id), await usesOf(id)]).toEqual([0, 0])
    const order = placed(await place(orderFor(sku, { email, promotionCode: code })))
    expect(await claimsOf(id)).toBe(1)
    await Promise.all(
      Array.from(
        { length: 3 },
        async () =>
          await staff()
            .order.cancel.mutate({ id: order.id })
            .catch(() => {}),
      ),
    )
    await until(
      'it is cancelled',
      async () => (await staff().order.get.query({ id: order.id })).status === 'cancelled',
    )
    expect([await claimsOf(id), await usesOf(id)]).toEqual([0, 0])
    expect(placed(await place(orderFor(sku, { email, promotionCode: code }))).totals.discount).toEqual(
      money(100),
    )
  })

  test('an offer that applies by itself and was used up meanwhile is another price, and nothing is ordered', async () => {
    const sku = shop.sku({ price: 1000, stock: 100 })
    await promotion({
      kind: 'amount',
      value: 100,
      code: null,
      usageLimit: 1,
      scope: { categories: [], products: [], skus: [sku] },
    })
    const input = () => orderFor(sku, { email: guest(), expectedTotal: money(1390) })
    const answers = await Promise.all([place(input()), place(input()), place(input())])
    expect(answers.map(({ status }) => status).sort()).toEqual(['placed', 'price_changed', 'price_changed'])
    expect(answers.find(({ status }) => status === 'price_changed')).toMatchObject({
      totals: { total: money(1490) },
    })
  })
})
