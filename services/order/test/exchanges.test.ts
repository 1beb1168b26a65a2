import { newId } from '@souk/kernel/id'
import { money } from '@souk/kernel/money'
import type { Principal } from '@souk/kernel/principal'
import { nobody, person } from '@souk/testing/service-harness'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type OrderHarness, orderFor, startOrderHarness } from './harness.ts'

let shop: OrderHarness
beforeAll(async () => {
  shop = await startOrderHarness()
})
afterAll(async () => await shop.stop())

const clerk = person('staff')
const staff = () => shop.service.as(clerk)

/** Two shirts of size M at 19.00, delivered; of the other sizes L costs the same, XL more and S less. */
async function delivered(customer: Principal = person(), quantity = 2) {
  const m = shop.sku({ price: 1900 })
  const [l, xl, s] = [1900, 2400, 1500].map((price) => shop.sku({ price, variantOf: m, stock: 5 }))
  if (!l || !xl || !s) throw new Error('no sizes')
  const placed = await shop.service
    .as(customer)
    .order.place.mutate(orderFor(m, { items: [{ sku: m, quantity }] }))
  if (placed.status !== 'placed') throw new Error(placed.status)
  const { id, accessToken } = placed.order
  await staff().order.changeStatus.mutate({ id, status: 'shipped' })
  await staff().order.changeStatus.mutate({ id, status: 'delivered' })
  return { id, m, l, xl, s, customer, orderToken: accessToken ?? undefined }
}
type Delivered = Awaited<ReturnType<typeof delivered>>

const asked = ({ id, m, l, orderToken }: Delivered, over: object = {}) => ({
  id,
  orderToken,
  returnId: newId(),
  lines: [{ sku: m, quantity: 1, exchangeFor: l }],
  reason: 'other' as const,
  ...over,
})

describe('what a piece can be exchanged for', () => {
  test('is every variant of its product, with what is to pay or goes back and whether it is there', async () => {
    const order = await delivered(nobody)
    shop.neighbours.stock.set(order.xl, 0)
    const { id, orderToken, m, l, xl, s } = order
    const { items } = await shop.service.as(nobody).return.exchangeOptions.query({ id, orderToken, sku: m })
    const none = money(0)
    expect(items).toMatchObject([
      { sku: m, isSame: true, isAvailable: true, toPay: none, refund: none },
      { sku: l, isSame: false, isAvailable: true, toPay: none, refund: none },
      { sku: xl, isAvailable: false, toPay: money(500), refund: none },
      { sku: s, toPay: none, refund: money(400) },
    ])
  })

  test('is nothing for a product that is not sold any more, and nobody else’s business', async () => {
    const { id, m, l, xl, s, customer } = await delivered()
    const ask = (who: Principal, sku: string) =>
      shop.service.as(who).return.exchangeOptions.query({ id, sku })
    await expect(ask(person(), m)).rejects.toMatchObject({ code: 'NOT_FOUND' })
    await expect(ask(nobody, m)).rejects.toMatchObject({ code: 'NOT_FOUND' })
    await expect(ask(customer, l)).rejects.toMatchObject({ code: 'NOT_FOUND' })
    for (const sku of [m, l, xl, s]) shop.neighbours.prices.delete(sku)
    expect(await ask(customer, m)).toEqual({ items: [] })
  })
})

describe('a return that asks for another variant', () => {
  test('says so to the customer and to staff; the same again with another wish is another request', async () => {
    const order = await delivered()
    const customer = shop.service.as(order.customer)
    const input = asked(order)
    const seen = await customer.return.request.mutate(input)
    expect(seen.returns).toMatchObject([{ lines: [{ sku: order.m, exchangeFor: { sku: order.l } }] }])
    expect(await staff().return.get.query({ id: input.returnId })).toMatchObject({
      lines: [{ exchangeFor: { sku: order.l, name: `Name of ${order.l}`, optionsLabel: 'Oat' } }],
    })
    expect((await customer.return.request.mutate(input)).returns).toHaveLength(1)
    const other = { ...input, lines: [{ sku: order.m, quantity: 1, exchangeFor: order.xl }] }
    await expect(customer.return.request.mutate(other)).rejects.toMatchObject({ code: 'CONFLICT' })
    const money = { ...input, lines: [{ sku: order.m, quantity: 1 }] }
    await expect(customer.return.request.mutate(money)).rejects.toMatchObject({ code: 'CONFLICT' })
  })

  test('is refused for what is no variant of it, is not for sale, or is two things at once', async () => {
    const order = await delivered()
    const foreign = shop.sku()
    const lines = (...wishes: (string | undefined)[]) =>
      wishes.map((exchangeFor) => ({ sku: order.m, quantity: 1, exchangeFor }))
    const ask = async (who: Principal, ...wishes: (string | undefined)[]) =>
      await shop.service.as(who).return.request.mutate(asked(order, { lines: lines(...wishes) }))
    const at = (path: string) => ({ code: 'INVALID_INPUT', details: { errors: [{ path }] } })
    for (const wishes of [[foreign], ['NOT-SOLD']])
      await expect(ask(order.customer, ...wishes)).rejects.toMatchObject(at('lines.0.exchangeFor'))
    for (const wishes of [
      [order.l, order.xl],
      [order.l, undefined],
      [undefined, order.l],
    ])
      await expect(ask(order.customer, ...wishes)).rejects.toMatchObject(at('lines.1.exchangeFor'))
    await expect(ask(person(), order.l)).rejects.toMatchObject({ code: 'NOT_FOUND' })
    expect((await staff().order.get.query({ id: order.id })).returns).toEqual([])
    expect((await ask(clerk, foreign)).returns).toMatchObject([
      { lines: [{ exchangeFor: { sku: foreign } }] },
    ])
  })
})
