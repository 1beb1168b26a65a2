import { newId } from '@souk/kernel/id'
import { money } from '@souk/kernel/money'
import type { Principal } from '@souk/kernel/principal'
import { armFaultPoint } from '@souk/service/fault-point'
import { nobody, person } from '@souk/testing/service-harness'
import { until } from '@souk/testing/until'
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from 'vitest'
import { type OrderHarness, orderFor, startOrderHarness } from './harness.ts'

let shop: OrderHarness
beforeAll(async () => {
  shop = await startOrderHarness()
})
afterEach(() => {
  shop.neighbours.decideRefund = () => 'succeeded'
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

async function requested(order: Delivered, over: object = {}) {
  const input = asked(order, over)
  await shop.service.as(order.customer).return.request.mutate(input)
  return input.returnId
}
const wish = ({ m }: Delivered, exchangeFor: string, quantity = 1) => ({
  lines: [{ sku: m, quantity, exchangeFor }],
})
async function approved(order: Delivered, over: object = {}) {
  const id = await requested(order, over)
  return await staff().return.approve.mutate({ id })
}
const arrive = async (id: string, lines: { sku: string; quantity: number }[]) =>
  await staff().return.receive.mutate({
    id,
    lines: lines.map(({ sku, quantity }) => ({ sku, quantity, disposition: 'restock' })),
  })
async function received(order: Delivered, over: object = {}) {
  const { id, lines } = await approved(order, over)
  return await arrive(id, lines)
}
const seenReturn = async (id: string) => await staff().return.get.query({ id })
const seenOrder = async ({ id, orderToken, customer }: Delivered) =>
  await shop.service.as(customer).order.get.query({ id, orderToken })
const stockOf = (sku: string) => shop.neighbours.stock.get(sku)
/** Goes on with what waits for the job, without waiting for its time. */
async function settled(id: string, status = 'completed') {
  await until(`the return is ${status}`, async () => {
    await shop.service.sql('update return_request set next_check_at = now() where id = $1', [id])
    await shop.service.sql('update follow_up set next_check_at = now() where not is_done')
    return (await seenReturn(id)).status === status
  })
  return await seenReturn(id)
}
/** The payment that the order started which the exchange became. */
const paidBy = (orderId: string | undefined) =>
  shop.neighbours.starts.filter((start) => start.orderId === orderId)

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

describe('an exchange', () => {
  test('of equal worth is held at approval and ordered when the goods are here, without the customer and without a refund', async () => {
    const order = await delivered()
    const { id, exchange } = await approved(order)
    expect(exchange).toMatchObject({ state: 'open', total: money(1900), lines: [{ sku: order.l }] })
    expect(stockOf(order.l)).toBe(4)
    const [told] = await shop.service.sql<{ payload: object }>(
      `select payload from outbox where aggregate_id = $1 and name = 'order.return_approved'`,
      [order.id],
    )
    expect(told?.payload).toMatchObject({
      exchange: { lines: [{ sku: order.l, quantity: 1 }], toPayMinor: 0, backMinor: 0 },
    })
    await arrive(id, [{ sku: order.m, quantity: 1 }])
    const done = await settled(id)
    expect(done).toMatchObject({ refund: money(0), exchange: { state: 'placed', moved: money(1900) } })
    const sent = done.exchange?.order
    expect(await shop.service.as(order.customer).order.get.query({ id: sent?.id ?? '' })).toMatchObject({
      status: 'confirmed',
      items: [{ sku: order.l, quantity: 1, total: money(1900) }],
      totals: { total: money(1900), shipping: money(0) },
      origin: { orderId: order.id, kind: 'exchange' },
    })
    const origin = await seenOrder(order)
    expect(paidBy(sent?.id)).toMatchObject([
      { amount: money(1900), transfer: { fromPaymentId: origin.payment?.id, amountMinor: 1900 } },
    ])
    expect(shop.neighbours.refunds.has(id)).toBe(false)
    expect(origin).toMatchObject({
      returns: [{ exchangeId: id, status: 'completed' }],
      followUps: [{ id, kind: 'exchange', state: 'placed', order: { id: sent?.id } }],
    })
    await until('what came back is credited', async () => {
      const { items } = await staff().invoice.list.query({ id: order.id })
      return items.some(({ kind, total }) => kind === 'credit_note' && total.amount === 1900)
    })
  })

  test('for something cheaper gives the rest back by itself, once', async () => {
    const order = await delivered(nobody)
    const { id } = await received(order, wish(order, order.s))
    const done = await settled(id)
    expect(done).toMatchObject({ refund: money(400), exchange: { state: 'placed', moved: money(1500) } })
    expect(shop.neighbours.refunds.get(id)).toMatchObject({ amountMinor: 400, asked: 1 })
    // A guest finds what is sent instead by the order it follows from.
    expect((await seenOrder(order)).followUps).toMatchObject([{ state: 'placed', toPay: money(0) }])
  })

  test('for something dearer waits for the customer, who pays the difference by the link; staff refund nothing meanwhile', async () => {
    const order = await delivered(nobody)
    const { id } = await received(order, wish(order, order.xl))
    const open = await seenReturn(id)
    expect(open).toMatchObject({
      status: 'received',
      exchange: { state: 'started', moved: money(1900), toPay: money(500) },
    })
    await expect(staff().return.refund.mutate({ id })).rejects.toMatchObject({
      code: 'INVALID_STATE',
      details: { reason: 'exchange_open' },
    })
    const [offer] = (await seenOrder(order)).followUps
    const placed = await shop.service.as(nobody).draft.place.mutate({
      id: offer?.payment?.draftId ?? '',
      draftToken: offer?.payment?.draftToken ?? '',
      paymentMethod: { type: 'card', token: 'tok_visa' },
      expectedTotal: money(2400),
    })
    expect(placed.status).toBe('placed')
    const done = await settled(id)
    expect(done).toMatchObject({ refund: money(0), exchange: { state: 'placed' } })
    expect(paidBy(done.exchange?.order?.id)).toMatchObject([
      { amount: money(2400), transfer: { amountMinor: 1900 } },
    ])
    expect(shop.neighbours.refunds.has(id)).toBe(false)
  })

  test('that nobody paid for in time lets its goods go and gives everything back', async () => {
    const order = await delivered()
    const { id } = await received(order, wish(order, order.xl))
    expect(stockOf(order.xl)).toBe(4)
    await shop.service.sql(
      `update draft_order set expires_at = now() - interval '1 minute' where id = (
         select draft_id from follow_up where id = $1)`,
      [id],
    )
    const done = await settled(id)
    expect(done).toMatchObject({ refund: money(1900), exchange: { state: 'ended', reason: 'expired' } })
    expect(shop.neighbours.refunds.get(id)).toMatchObject({ amountMinor: 1900 })
    await until('the goods are free', () => Promise.resolve(stockOf(order.xl) === 5))
  })

  test('beside lines that are paid back gives their money back with what it leaves', async () => {
    const order = await delivered(person(), 2)
    const vase = shop.sku({ price: 3000 })
    const customer = shop.service.as(order.customer)
    const placed = await customer.order.place.mutate(
      orderFor(vase, { items: [order.m, vase].map((sku) => ({ sku, quantity: 1 })) }),
    )
    if (placed.status !== 'placed') throw new Error(placed.status)
    for (const status of ['shipped', 'delivered'] as const)
      await staff().order.changeStatus.mutate({ id: placed.order.id, status })
    const { id } = await received(
      { ...order, id: placed.order.id },
      {
        lines: [
          { sku: order.m, quantity: 1, exchangeFor: order.s },
          { sku: vase, quantity: 1 },
        ],
      },
    )
    expect(await settled(id)).toMatchObject({ refund: money(3400), exchange: { moved: money(1500) } })
  })
})

describe('what is held for an exchange', () => {
  test('is all or nothing: too little left is a refusal that says so, and another size may be approved instead', async () => {
    const order = await delivered()
    const id = await requested(order, wish(order, order.l, 2))
    shop.neighbours.stock.set(order.l, 1)
    await expect(staff().return.approve.mutate({ id })).rejects.toMatchObject({
      code: 'CONFLICT',
      message: expect.stringContaining(`Only 1 of ${order.l} are left`),
      details: { reason: 'out_of_stock' },
    })
    expect(stockOf(order.l)).toBe(1)
    expect(await seenReturn(id)).toMatchObject({ status: 'requested', exchange: null })
    const exchange = [{ sku: order.m, exchangeFor: order.xl }]
    expect(await staff().return.approve.mutate({ id, exchange })).toMatchObject({
      status: 'approved',
      lines: [{ exchangeFor: { sku: order.xl } }],
      exchange: { state: 'open', total: money(4800) },
    })
    expect(stockOf(order.xl)).toBe(3)
  })

  test('is nothing when staff approve the money back instead', async () => {
    const order = await delivered()
    const id = await requested(order)
    const money = await staff().return.approve.mutate({ id, exchange: [] })
    expect(money).toMatchObject({ status: 'approved', lines: [{ exchangeFor: null }], exchange: null })
    expect(stockOf(order.l)).toBe(5)
  })

  test('goes free when the return is declined, and when another size is chosen, once however often it is said', async () => {
    const order = await delivered()
    const { id } = await approved(order)
    const change = { id, exchangeId: newId(), exchange: [{ sku: order.m, exchangeFor: order.s }] }
    const answers = await Promise.all([1, 2].map(async () => await staff().return.exchange.mutate(change)))
    expect(answers).toMatchObject([1, 2].map(() => ({ exchange: { id: change.exchangeId, state: 'open' } })))
    await staff().return.exchange.mutate(change)
    expect([stockOf(order.l), stockOf(order.s)]).toEqual([5, 4])
    expect((await seenOrder(order)).followUps).toMatchObject([{ state: 'ended' }, { state: 'open' }])
    const declined = await staff().return.decline.mutate({ id, answer: 'It was worn.' })
    expect(declined).toMatchObject({ status: 'declined', exchange: { state: 'ended', reason: 'withdrawn' } })
    await until('the goods are free', () => Promise.resolve(stockOf(order.s) === 5))
    await expect(staff().return.exchange.mutate({ ...change, exchangeId: newId() })).rejects.toMatchObject({
      code: 'INVALID_STATE',
    })
  })

  test('goes free when staff take it back after the goods came; then they refund as ever', async () => {
    const order = await delivered()
    const { id } = await received(order, wish(order, order.xl))
    const back = await staff().return.exchange.mutate({ id, exchangeId: newId(), exchange: [] })
    expect(back).toMatchObject({ status: 'received', exchange: null, lines: [{ exchangeFor: null }] })
    await until('the goods are free', () => Promise.resolve(stockOf(order.xl) === 5))
    expect(await staff().return.refund.mutate({ id, amount: money(1500) })).toMatchObject({
      status: 'completed',
      refund: money(1500),
    })
  })

  test('goes free when less came back than was to be exchanged; staff exchange what came', async () => {
    const order = await delivered()
    const { id } = await approved(order, wish(order, order.l, 2))
    expect(stockOf(order.l)).toBe(3)
    const back = await arrive(id, [{ sku: order.m, quantity: 1 }])
    expect(back).toMatchObject({ status: 'received', exchange: { state: 'ended' } })
    await until('the goods are free', () => Promise.resolve(stockOf(order.l) === 5))
    const exchange = [{ sku: order.m, exchangeFor: order.l }]
    await staff().return.exchange.mutate({ id, exchangeId: newId(), exchange })
    const done = await settled(id)
    expect(done).toMatchObject({ refund: money(0), exchange: { state: 'placed', moved: money(1900) } })
    expect(stockOf(order.l)).toBe(4)
    await expect(
      staff().return.exchange.mutate({ id, exchangeId: newId(), exchange: [] }),
    ).rejects.toMatchObject({ code: 'INVALID_STATE' })
  })

  test('is one hold and one order, by however many people it is approved and taken in at once', async () => {
    const order = await delivered()
    const id = await requested(order)
    const many = async (ask: () => Promise<unknown>) => await Promise.allSettled([1, 2, 3].map(ask))
    await many(async () => await staff().return.approve.mutate({ id }))
    expect(stockOf(order.l)).toBe(4)
    const lines = [{ sku: order.m, quantity: 1 }]
    const answers = await many(async () => await arrive(id, lines))
    expect(answers.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
    const done = await settled(id)
    expect(paidBy(done.exchange?.order?.id)).toHaveLength(1)
    expect((await seenOrder(order)).items).toMatchObject([{ returnedQuantity: 1 }])
  })
})

describe('a process that dies', () => {
  /** The process ends at the point, as far as its request can tell. */
  async function dying(point: string, work: () => Promise<unknown>): Promise<void> {
    const kill = vi.spyOn(process, 'kill').mockImplementation(() => {
      throw new Error(`killed at ${point}`)
    })
    armFaultPoint(point)
    await work().catch(() => undefined)
    expect(kill).toHaveBeenCalled()
    armFaultPoint(point, Number.MAX_SAFE_INTEGER)
    kill.mockRestore()
  }

  test('before the approval stood leaves nothing held, and the same approval can be made again', async () => {
    const order = await delivered()
    const id = await requested(order)
    await dying('return.exchange_held', async () => await staff().return.approve.mutate({ id }))
    expect(await seenReturn(id)).toMatchObject({ status: 'requested', exchange: null })
    expect(stockOf(order.l)).toBe(4)
    await shop.service.sql(
      `update follow_up set next_check_at = now(), steps = (
         select jsonb_agg(step || '{"deadlineAt": "2020-01-01T00:00:00.000Z"}') from jsonb_array_elements(steps) as step)
       where id = $1`,
      [id],
    )
    await until('the goods are free', () => Promise.resolve(stockOf(order.l) === 5))
    expect(await staff().return.approve.mutate({ id })).toMatchObject({ exchange: { state: 'open' } })
    expect(stockOf(order.l)).toBe(4)
  })

  test.each([
    'return.received',
    'followup.ordered',
    'order.reserved',
    'order.paid',
    'order.saved',
    'followup.over',
  ])('at %s leaves an exchange that is gone on with, ordered once and paid once', async (point) => {
    const order = await delivered()
    const { id, lines } = await approved(order, wish(order, order.s))
    await dying(point, async () => await arrive(id, lines))
    await shop.service.sql(
      'update orders set lease_until = null, next_check_at = now() where placed_at is null',
    )
    const done = await settled(id)
    expect(done).toMatchObject({ refund: money(400), exchange: { state: 'placed', moved: money(1500) } })
    expect(paidBy(done.exchange?.order?.id)).toHaveLength(1)
    expect(stockOf(order.s)).toBe(4)
    expect(shop.neighbours.refunds.get(id)).toMatchObject({ amountMinor: 400 })
  })
})
