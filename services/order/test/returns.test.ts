import { AppError } from '@souk/kernel/errors'
import { newId } from '@souk/kernel/id'
import { money } from '@souk/kernel/money'
import type { Principal } from '@souk/kernel/principal'
import { nobody, person } from '@souk/testing/service-harness'
import { until } from '@souk/testing/until'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { returnEdges } from '../src/contract.ts'
import { endReturnTime, type OrderHarness, orderFor, startOrderHarness } from './harness.ts'

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

/** Two mugs at 19.00, delivered. */
async function delivered(customer: Principal = person(), quantity = 2) {
  const mug = shop.sku({ price: 1900 })
  const placed = await shop.service
    .as(customer)
    .order.place.mutate(orderFor(mug, { items: [{ sku: mug, quantity }] }))
  if (placed.status !== 'placed') throw new Error(placed.status)
  const { id, accessToken } = placed.order
  await staff().order.changeStatus.mutate({ id, status: 'shipped' })
  await staff().order.changeStatus.mutate({ id, status: 'delivered' })
  return { id, mug, customer, orderToken: accessToken ?? undefined, payment: placed.order.payment }
}
type Delivered = Awaited<ReturnType<typeof delivered>>

const asked = ({ id, mug, orderToken }: Delivered, over: object = {}) => ({
  id,
  orderToken,
  returnId: newId(),
  lines: [{ sku: mug, quantity: 1 }],
  reason: 'damaged' as const,
  ...over,
})

async function requested(order: Delivered, over: object = {}) {
  const input = asked(order, over)
  await shop.service.as(order.customer).return.request.mutate(input)
  return input.returnId
}

async function received(order: Delivered, over: object = {}) {
  const id = await requested(order, over)
  await staff().return.approve.mutate({ id })
  const { lines } = await staff().return.get.query({ id })
  return await staff().return.receive.mutate({
    id,
    lines: lines.map(({ sku, quantity }) => ({ sku, quantity, disposition: 'restock' })),
  })
}

async function eventsOf(orderId: string) {
  return await shop.service.sql<{ name: string; payload: Record<string, unknown> }>(
    `select name, payload from outbox where aggregate_id = $1 and name like 'order.return%' order by seq`,
    [orderId],
  )
}

describe('a return from asking to the money', () => {
  test('is asked for, approved, received, refunded and completed; every step is announced and in the timeline', async () => {
    const order = await delivered()
    const id = await requested(order, { note: 'The handle came off.' })
    const seen = await shop.service.as(order.customer).order.get.query({ id: order.id })
    expect(seen.returns).toMatchObject([
      { id, number: expect.stringMatching(/^R-\d{4,}$/), status: 'requested', note: 'The handle came off.' },
    ])
    expect(seen.items).toMatchObject([{ returnPendingQuantity: 1, returnedQuantity: 0 }])
    expect(seen.returnableUntil).not.toBeNull()
    const approved = await staff().return.approve.mutate({ id, answer: 'Please use the label we sent.' })
    expect(approved).toMatchObject({ status: 'approved', answer: 'Please use the label we sent.' })
    const back = await staff().return.receive.mutate({
      id,
      lines: [{ sku: order.mug, quantity: 1, disposition: 'write_off' }],
    })
    expect(back).toMatchObject({
      status: 'received',
      lines: [{ restockedQuantity: 0, writtenOffQuantity: 1 }],
      proposal: { goods: money(1900), shipping: money(490), most: money(2390) },
    })
    const done = await staff().return.refund.mutate({ id })
    expect(done).toMatchObject({ status: 'completed', refund: money(1900) })
    expect(shop.neighbours.refunds.get(id)).toMatchObject({
      paymentId: order.payment?.id,
      amountMinor: 1900,
      asked: 1,
    })
    const after = await shop.service.as(order.customer).order.get.query({ id: order.id })
    expect(after).toMatchObject({
      status: 'partially_returned',
      items: [{ returnedQuantity: 1, returnPendingQuantity: 0 }],
      returns: [{ status: 'completed', refund: money(1900), lines: [{ receivedQuantity: 1 }] }],
    })
    expect(after.timeline.slice(-5).map(({ type }) => type)).toEqual([
      'return_requested',
      'return_approved',
      'partially_returned',
      'return_refunding',
      'return_completed',
    ])
    const events = await eventsOf(order.id)
    expect(events.map(({ name }) => name)).toEqual([
      'order.return_requested',
      'order.return_approved',
      'order.returned',
      'order.return_refunding',
      'order.return_completed',
    ])
    expect(events[0]?.payload).toMatchObject({ returnId: id, lines: [{ sku: order.mug, quantity: 1 }] })
    expect(events[2]?.payload).toMatchObject({
      returnId: id,
      isPartial: true,
      lines: [{ sku: order.mug, quantity: 1, disposition: 'write_off' }],
    })
  })

  test('can be asked for by a guest with the key of the order, and for everything', async () => {
    const order = await delivered(nobody)
    const whole = await received(order, { lines: [{ sku: order.mug, quantity: 2 }] })
    expect((await staff().order.get.query({ id: order.id })).status).toBe('returned')
    expect(whole.proposal).toEqual({ goods: money(3800), shipping: money(490), most: money(4290) })
    const done = await staff().return.refund.mutate({ id: whole.id, includesShipping: true })
    expect(done.refund).toEqual(money(4290))
  })

  test('that is declined frees its pieces for another one', async () => {
    const order = await delivered(person(), 1)
    const id = await requested(order)
    await expect(shop.service.as(order.customer).return.request.mutate(asked(order))).rejects.toMatchObject({
      code: 'INVALID_STATE',
      message: `Only 0 of ${order.mug} can still be returned.`,
    })
    const declined = await staff().return.decline.mutate({ id, answer: 'It was used for a year.' })
    expect(declined).toMatchObject({ status: 'declined', answer: 'It was used for a year.' })
    await requested(order)
  })

  test('of which fewer pieces arrive frees the others, and splits those that came by where they go', async () => {
    const order = await delivered(person(), 4)
    const id = await requested(order, { lines: [{ sku: order.mug, quantity: 4 }] })
    await staff().return.approve.mutate({ id })
    const back = await staff().return.receive.mutate({
      id,
      lines: [
        { sku: order.mug, quantity: 1, disposition: 'restock' },
        { sku: order.mug, quantity: 2, disposition: 'write_off' },
      ],
    })
    expect(back).toMatchObject({
      lines: [{ quantity: 4, restockedQuantity: 1, writtenOffQuantity: 2 }],
      proposal: { goods: money(5700) },
    })
    const [line] = (await staff().order.get.query({ id: order.id })).items
    expect(line).toMatchObject({ returnedQuantity: 3, returnPendingQuantity: 0 })
  })

  test('can be closed without a refund', async () => {
    const back = await received(await delivered())
    const closed = await staff().return.refund.mutate({ id: back.id, amount: money(0) })
    expect(closed).toMatchObject({ status: 'completed', refund: money(0) })
    expect(shop.neighbours.refunds.has(back.id)).toBe(false)
  })
})

describe('the refund of a return', () => {
  test('as credit, to buy something else with, is the customer’s store credit, or a guest’s gift card by mail', async () => {
    const own = await received(await delivered())
    await staff().return.refund.mutate({ id: own.id, as: 'credit' })
    expect(shop.neighbours.refunds.get(own.id)).toMatchObject({ to: 'store_credit', amountMinor: 1900 })
    const guests = await delivered(nobody)
    const back = await received(guests)
    const done = await staff().return.refund.mutate({ id: back.id, as: 'credit' })
    expect(done.status).toBe('completed')
    expect(shop.neighbours.refunds.get(back.id)).toMatchObject({
      to: 'gift_card',
      recipientEmail: done.email,
    })
  })

  test('whose answer never came is asked for again under the same id until it is known, and paid once', async () => {
    const back = await received(await delivered())
    shop.neighbours.decideRefund = (times) => {
      if (times === 1) throw new AppError('UNAVAILABLE', 'No answer')
      return times === 2 ? 'unknown' : 'succeeded'
    }
    const open = await staff().return.refund.mutate({ id: back.id })
    expect(open.status).toBe('refunding')
    await until('the job has settled it', async () => {
      await shop.service.sql('update return_request set next_check_at = now() where id = $1', [back.id])
      return (await staff().return.get.query({ id: back.id })).status === 'completed'
    })
    const asked = shop.neighbours.refunds.get(back.id)
    expect(asked).toMatchObject({ amountMinor: 1900 })
    expect(asked?.asked).toBeGreaterThanOrEqual(3)
    await expect(staff().return.refund.mutate({ id: back.id })).rejects.toMatchObject({
      code: 'INVALID_STATE',
    })
    const all = [...shop.neighbours.refunds.values()].filter(
      ({ paymentId }) => paymentId === shop.neighbours.refunds.get(back.id)?.paymentId,
    )
    expect(all).toHaveLength(1)
  })

  test('that was refused can be decided again, and has another id then', async () => {
    const order = await delivered()
    const back = await received(order)
    shop.neighbours.decideRefund = () => 'failed'
    const refused = await staff().return.refund.mutate({ id: back.id })
    expect(refused).toMatchObject({
      status: 'received',
      refund: null,
      refundProblem: expect.stringContaining('refused'),
    })
    shop.neighbours.decideRefund = () => {
      throw new AppError('INVALID_STATE', 'More than is left of this payment cannot be refunded.')
    }
    expect(await staff().return.refund.mutate({ id: back.id })).toMatchObject({
      status: 'received',
      refundProblem: 'More than is left of this payment cannot be refunded.',
    })
    shop.neighbours.decideRefund = () => 'succeeded'
    const done = await staff().return.refund.mutate({ id: back.id, amount: money(500) })
    expect(done).toMatchObject({ status: 'completed', refund: money(500), refundProblem: null })
    const ids = [...shop.neighbours.refunds].filter(([, each]) => each.paymentId === order.payment?.id)
    expect(ids).toHaveLength(3)
  })

  test('of cash or a hold whose delivery payment has not heard of yet is given back when it has', async () => {
    const back = await received(await delivered())
    shop.neighbours.decideRefund = () => {
      throw new AppError('INVALID_STATE', 'This payment is held but not captured yet.', {
        details: { reason: 'invalid_state', isHeld: true },
      })
    }
    expect(await staff().return.refund.mutate({ id: back.id })).toMatchObject({
      status: 'refunding',
      refundProblem: null,
    })
    shop.neighbours.decideRefund = () => 'succeeded'
    await until('the job has settled it', async () => {
      await shop.service.sql('update return_request set next_check_at = now() where id = $1', [back.id])
      return (await staff().return.get.query({ id: back.id })).status === 'completed'
    })
  })

  test('started by two people at once is one refund; more than was paid is refused', async () => {
    const back = await received(await delivered())
    await expect(staff().return.refund.mutate({ id: back.id, amount: money(2391) })).rejects.toMatchObject({
      code: 'INVALID_INPUT',
    })
    const outcomes = await Promise.allSettled(
      Array.from({ length: 3 }, async () => await staff().return.refund.mutate({ id: back.id })),
    )
    expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
    expect(shop.neighbours.refunds.get(back.id)).toMatchObject({ amountMinor: 1900 })
  })

  test('gives shipping back once, over all returns of an order', async () => {
    const order = await delivered()
    const [first, second] = [await received(order), await received(order)]
    await staff().return.refund.mutate({ id: first.id, includesShipping: true })
    const rest = await staff().return.refund.mutate({ id: second.id, includesShipping: true })
    expect(rest).toMatchObject({ refund: money(1900), proposal: { shipping: money(0) } })
  })
})

describe('the same goods twice', () => {
  test('under one return id are one return, also at once; other words under that id are refused', async () => {
    const order = await delivered()
    const input = asked(order)
    const customer = () => shop.service.as(order.customer)
    const answers = await Promise.all(
      Array.from({ length: 4 }, async () => await customer().return.request.mutate(input)),
    )
    expect(new Set(answers.map(({ returns }) => returns.length))).toEqual(new Set([1]))
    await expect(customer().return.request.mutate({ ...input, reason: 'other' })).rejects.toMatchObject({
      code: 'CONFLICT',
    })
    expect((await eventsOf(order.id)).filter(({ name }) => name === 'order.return_requested')).toHaveLength(1)
  })

  test('in many returns at once never exceed what was delivered', async () => {
    const order = await delivered()
    const outcomes = await Promise.allSettled(
      Array.from(
        { length: 5 },
        async () => await shop.service.as(order.customer).return.request.mutate(asked(order)),
      ),
    )
    expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(2)
    const [line] = (await staff().order.get.query({ id: order.id })).items
    expect(line?.returnPendingQuantity).toBe(2)
  })

  test('are not taken in by staff beside an open return', async () => {
    const order = await delivered()
    await requested(order)
    await expect(
      staff().order.changeStatus.mutate({
        id: order.id,
        status: 'partially_returned',
        lines: [{ sku: order.mug, quantity: 2 }],
      }),
    ).rejects.toMatchObject({ code: 'INVALID_INPUT' })
    const taken = await staff().order.changeStatus.mutate({ id: order.id, status: 'returned' })
    expect(taken).toMatchObject({ status: 'partially_returned', items: [{ returnedQuantity: 1 }] })
    await expect(
      staff().order.changeStatus.mutate({ id: order.id, status: 'returned' }),
    ).rejects.toMatchObject({ code: 'INVALID_STATE' })
  })

  test('are refused by the database itself', async () => {
    const order = await delivered()
    const id = await requested(order)
    const sql = shop.service.sql
    const other = newId()
    await sql(
      `insert into return_request (id, order_id, requested_by, reason) values ($1, $2, 'customer', 'other')`,
      [other, order.id],
    )
    await expect(
      sql('insert into return_line (return_id, order_id, sku, quantity) values ($1, $2, $3, 2)', [
        other,
        order.id,
        order.mug,
      ]),
    ).rejects.toThrow('order_line_returns')
    await expect(sql(`update return_request set status = 'completed' where id = $1`, [id])).rejects.toThrow(
      'cannot go from requested',
    )
    await expect(
      sql('update return_line set quantity = 1 where return_id = $1 and quantity = 2', [id]),
    ).resolves.toEqual([])
    await expect(sql('delete from return_request where id = $1', [id])).rejects.toThrow('append-only')
    await sql(`update return_request set status = 'approved' where id = $1`, [id])
    await sql(`update return_request set status = 'received', goods_minor = 9000000 where id = $1`, [id])
    await expect(
      sql(
        `update return_request set status = 'refunding', refund_minor = 5000000, refund_id = $2 where id = $1`,
        [id, newId()],
      ),
    ).rejects.toThrow('more than was paid')
  })

  test('the database knows the same steps as the contract', async () => {
    const rows = await shop.service.sql<{ step: string }>(
      `select from_status || '>' || to_status as step from return_edge`,
    )
    const legal = returnEdges.flatMap(({ from, to }) => from.map((each) => `${each}>${to}`))
    expect(rows.map(({ step }) => step).sort()).toEqual([...new Set(legal)].sort())
  })
})

describe('what cannot be returned', () => {
  test('is refused with the reason, and nothing is written', async () => {
    const order = await delivered()
    const other = await delivered()
    const customer = shop.service.as(order.customer)
    const ask = async (over: object) => await customer.return.request.mutate(asked(order, over))
    const refused: [() => Promise<unknown>, string][] = [
      [async () => await ask({ lines: [{ sku: order.mug, quantity: 3 }] }), 'INVALID_INPUT'],
      [async () => await ask({ lines: [{ sku: order.mug, quantity: 2 ** 31 }] }), 'INVALID_INPUT'],
      [async () => await ask({ lines: [{ sku: order.mug, quantity: -1 }] }), 'INVALID_INPUT'],
      [async () => await ask({ lines: [{ sku: other.mug, quantity: 1 }] }), 'INVALID_INPUT'],
      [async () => await ask({ lines: [] }), 'INVALID_INPUT'],
      [async () => await ask({ note: 'x'.repeat(10_000) }), 'INVALID_INPUT'],
      [async () => await ask({ reason: 'because' }), 'INVALID_INPUT'],
    ]
    for (const [attempt, code] of refused) await expect(attempt()).rejects.toMatchObject({ code })
    expect((await customer.order.get.query({ id: order.id })).returns).toEqual([])
  })

  test('before it was delivered, and after its time is over; staff may still take it', async () => {
    const mug = shop.sku()
    const customer = person()
    const placed = await shop.service.as(customer).order.place.mutate(orderFor(mug))
    if (placed.status !== 'placed') throw new Error(placed.status)
    const input = {
      id: placed.order.id,
      returnId: newId(),
      lines: [{ sku: mug, quantity: 1 }],
      reason: 'other' as const,
    }
    await expect(shop.service.as(customer).return.request.mutate(input)).rejects.toMatchObject({
      code: 'INVALID_STATE',
    })
    const order = await delivered()
    await endReturnTime(shop.service, order.id)
    await expect(shop.service.as(order.customer).return.request.mutate(asked(order))).rejects.toMatchObject({
      code: 'INVALID_STATE',
      message: expect.stringContaining('is over'),
    })
    const taken = await staff().return.request.mutate(asked(order))
    expect(taken.returns).toMatchObject([{ status: 'requested' }])
  })

  test('steps in the wrong order are refused', async () => {
    const order = await delivered()
    const id = await requested(order)
    const lines = [{ sku: order.mug, quantity: 1, disposition: 'restock' as const }]
    await expect(staff().return.receive.mutate({ id, lines })).rejects.toMatchObject({
      code: 'INVALID_STATE',
    })
    await expect(staff().return.refund.mutate({ id })).rejects.toMatchObject({ code: 'INVALID_STATE' })
    await staff().return.approve.mutate({ id })
    await expect(
      staff().return.receive.mutate({
        id,
        lines: [...lines, { sku: order.mug, quantity: 1, disposition: 'write_off' }],
      }),
    ).rejects.toMatchObject({ code: 'INVALID_INPUT' })
    await staff().return.receive.mutate({ id, lines })
    for (const attempt of [
      async () => await staff().return.receive.mutate({ id, lines }),
      async () => await staff().return.approve.mutate({ id, answer: 'Again' }),
      async () => await staff().return.decline.mutate({ id, answer: 'No' }),
    ]) {
      await expect(attempt()).rejects.toMatchObject({ code: 'INVALID_STATE' })
    }
    expect(await staff().return.get.query({ id })).toMatchObject({ status: 'received' })
  })
})

describe('who may see and move a return', () => {
  test('a foreign order is like a missing one; customers do not reach what staff do', async () => {
    const order = await delivered()
    const id = await requested(order)
    const stranger = shop.service.as(person())
    for (const input of [asked(order), asked(order, { id: newId() })]) {
      await expect(stranger.return.request.mutate(input)).rejects.toMatchObject({
        code: 'NOT_FOUND',
        message: 'There is no such order.',
      })
    }
    const guestOrder = await delivered(nobody)
    const wrongKey = asked(guestOrder, { orderToken: 'not-the-key' })
    await expect(shop.service.as(nobody).return.request.mutate(wrongKey)).rejects.toMatchObject({
      code: 'NOT_FOUND',
    })
    const attempts = (client: ReturnType<typeof staff>) => [
      async () => await client.return.get.query({ id }),
      async () => await client.return.list.query({}),
      async () => await client.return.approve.mutate({ id }),
      async () => await client.return.decline.mutate({ id, answer: 'No' }),
      async () => await client.return.refund.mutate({ id }),
      async () =>
        await client.return.receive.mutate({
          id,
          lines: [{ sku: order.mug, quantity: 1, disposition: 'restock' }],
        }),
    ]
    for (const attempt of attempts(shop.service.as(order.customer))) {
      await expect(attempt()).rejects.toMatchObject({ code: 'FORBIDDEN' })
    }
    for (const attempt of attempts(shop.service.as(nobody))) {
      await expect(attempt()).rejects.toMatchObject({ code: 'UNAUTHENTICATED' })
    }
    await expect(staff().return.get.query({ id: newId() })).rejects.toMatchObject({ code: 'NOT_FOUND' })
    expect(await staff().return.get.query({ id })).toMatchObject({ status: 'requested' })
  })

  test('staff find it by its number, the order’s number or the customer, and by its status', async () => {
    const order = await delivered()
    const id = await requested(order)
    const { number, orderNumber } = await staff().return.get.query({ id })
    for (const q of [number.toLowerCase(), orderNumber]) {
      const found = await staff().return.list.query({ q })
      expect(found.items).toMatchObject([{ id, number, itemCount: 1, customerName: 'Ada Guest' }])
    }
    const declined = await staff().return.list.query({ status: 'declined', q: number })
    expect(declined.items).toEqual([])
    const first = await staff().return.list.query({ limit: 1 })
    const next = await staff().return.list.query({ limit: 1, cursor: first.nextCursor ?? '' })
    expect(next.items[0]?.id).not.toBe(first.items[0]?.id)
  })
})
