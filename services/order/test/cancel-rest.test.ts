import { AppError } from '@souk/kernel/errors'
import { newId } from '@souk/kernel/id'
import { money } from '@souk/kernel/money'
import type { Principal } from '@souk/kernel/principal'
import { nobody, person } from '@souk/testing/service-harness'
import { until } from '@souk/testing/until'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
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

/** Three mugs at 19.00 and a bowl at 10.00 with 4.90 shipping; a parcel with two mugs has left. */
async function partlySent(customer: Principal = person(), { isDelivered = false } = {}) {
  const [mug, bowl] = [shop.sku({ price: 1900 }), shop.sku({ price: 1000 })]
  const items = [
    { sku: mug, quantity: 3 },
    { sku: bowl, quantity: 1 },
  ]
  const placed = await shop.service.as(customer).order.place.mutate(orderFor(mug, { items }))
  if (placed.status !== 'placed') throw new Error(placed.status)
  const { id, accessToken, payment } = placed.order
  const shipmentId = newId()
  await staff().order.ship.mutate({ id, shipmentId, lines: [{ sku: mug, quantity: 2 }] })
  if (isDelivered) await staff().order.deliverShipment.mutate({ id, shipmentId })
  return { id, mug, bowl, customer, shipmentId, orderToken: accessToken ?? undefined, payment }
}
type Partly = Awaited<ReturnType<typeof partlySent>>

const rest = ({ id, orderToken }: Partly, over: object = {}) => ({ id, orderToken, editId: newId(), ...over })
const cancel = async (order: Partly, over: object = {}) =>
  await shop.service.as(order.customer).order.cancelRest.mutate(rest(order, over))
const seen = async ({ id }: Partly) => await staff().order.get.query({ id })
async function eventsOf({ id }: Partly) {
  return await shop.service.sql<{ name: string; payload: Record<string, unknown> }>(
    `select name, payload from outbox where aggregate_id = $1
       and name in ('order.edited', 'order.edit_settled', 'order.delivered', 'order.shipped') order by seq`,
    [id],
  )
}
const namesOf = async (order: Partly) => (await eventsOf(order)).map(({ name }) => name.slice(6))
async function sendBack(order: Partly, quantity: number) {
  const id = newId()
  const lines = [{ sku: order.mug, quantity }]
  await staff().return.request.mutate({ id: order.id, returnId: id, lines, reason: 'other' })
  await staff().return.approve.mutate({ id })
  await staff().return.receive.mutate({
    id,
    lines: [{ sku: order.mug, quantity, disposition: 'restock' }],
  })
  return id
}

describe('the rest of an order of which a part has left', () => {
  test('is cancelled: what has left is the order, its money goes back once, a credit note is due', async () => {
    const order = await partlySent()
    const preview = await shop.service.as(order.customer).order.previewRest.query({ id: order.id })
    expect(preview).toMatchObject({ refund: money(2900), totals: { total: money(4290) } })
    const input = rest(order, { reason: 'Out of clay', expectedTotal: preview.totals.total })
    const after = await staff().order.cancelRest.mutate(input)
    expect(after).toMatchObject({
      status: 'shipped',
      items: [{ sku: order.mug, quantity: 2, shippedQuantity: 2 }],
      totals: { total: money(4290), shipping: money(490) },
      edits: [{ id: input.editId, isRest: true, status: 'completed', refund: money(2900) }],
    })
    expect(after.edits[0]?.removed).toMatchObject([
      { sku: order.mug, quantity: 1 },
      { sku: order.bowl, quantity: 1 },
    ])
    expect(after.timeline.at(-1)).toMatchObject({ type: 'rest_cancelled', actor: clerk.userId })
    expect(shop.neighbours.refunds.get(input.editId)).toMatchObject({ amountMinor: 2900, asked: 1 })
    const events = await eventsOf(order)
    expect(events.map(({ name }) => name)).toEqual(['order.shipped', 'order.edited', 'order.edit_settled'])
    const share = Number(events[0]?.payload.amountMinor)
    expect(events[1]?.payload).toMatchObject({ isRest: true, loweredMinor: 2900 })
    expect(events[2]?.payload).toMatchObject({ problem: null, lastShareMinor: 4290 - share })
    await until('nothing is due', async () => {
      const due = await shop.service.sql('select 1 from document_due where order_id = $1', [order.id])
      return due.length === 0
    })
    const { items: documents } = await staff().invoice.list.query({ id: order.id })
    const signed = documents.map(({ kind, total }) => (kind === 'invoice' ? 1 : -1) * total.amount)
    expect(signed.reduce((sum, minor) => sum + minor, 0)).toBe(4290)
    await expect(staff().order.ship.mutate({ id: order.id, shipmentId: newId() })).rejects.toMatchObject({
      code: 'INVALID_STATE',
    })
    const done = await staff().order.deliverShipment.mutate({ id: order.id, shipmentId: order.shipmentId })
    expect(done.status).toBe('delivered')
    expect(await namesOf(order)).toEqual(['shipped', 'edited', 'edit_settled', 'delivered'])
  })

  test('is delivered when all that has left had arrived, and told so once its money is settled', async () => {
    const order = await partlySent(nobody, { isDelivered: true })
    shop.neighbours.decideRefund = (asked) => {
      if (asked === 1) throw new AppError('UNAVAILABLE', 'No answer')
      return 'succeeded'
    }
    const open = await cancel(order)
    expect(open).toMatchObject({ status: 'delivered', edits: [{ status: 'refunding' }] })
    expect(await namesOf(order)).toEqual(['shipped', 'edited'])
    await until('the job asks again', async () => {
      await shop.service.sql('update order_edit set next_check_at = now() where order_id = $1', [order.id])
      return (await seen(order)).edits[0]?.status === 'completed'
    })
    expect(await namesOf(order)).toEqual(['shipped', 'edited', 'edit_settled', 'delivered'])
    expect(open.items[0]?.returnableQuantity).toBe(2)
  })

  test('leaves an order that came back in part partly returned, and one that came back returned', async () => {
    const some = await partlySent(person(), { isDelivered: true })
    await sendBack(some, 1)
    expect((await cancel(some)).status).toBe('partially_returned')
    const all = await partlySent(person(), { isDelivered: true })
    const id = await sendBack(all, 2)
    expect((await cancel(all)).status).toBe('returned')
    const back = await staff().return.refund.mutate({ id, includesShipping: true })
    expect(back.refund).toEqual(money(4290))
  })

  test('takes what is refunded of it out of what the order shows as refunded, also when a part was never taken', async () => {
    const order = await partlySent(person(), { isDelivered: true })
    const { edits } = await cancel(order)
    const tell = async (refundId: string, amountMinor: number, refundedTotalMinor: number) =>
      await shop.publish('payment', {
        name: 'payment.refunded',
        aggregateId: newId(),
        data: {
          paymentId: newId(),
          orderId: order.id,
          refundId,
          amountMinor,
          refundedTotalMinor,
          currency: 'EUR',
          reason: 'x',
        },
      })
    await tell(edits[0]?.id ?? '', 700, 700)
    await tell(newId(), 1900, 2600)
    await until('the return is counted', async () => (await seen(order)).refunded.amount > 0)
    expect((await seen(order)).refunded).toEqual(money(1900))
  })

  test('whose refund was refused can be asked for again; only then nothing more is due of a hold', async () => {
    const order = await partlySent()
    shop.neighbours.decideRefund = () => 'failed'
    const refused = await cancel(order)
    expect(refused.edits).toMatchObject([{ status: 'refund_failed' }])
    const [, , settled] = await eventsOf(order)
    expect(settled?.payload.lastShareMinor).toBeUndefined()
    shop.neighbours.decideRefund = () => 'succeeded'
    await staff().order.retryEdit.mutate({ id: order.id, editId: refused.edits[0]?.id ?? '' })
    await until('it is settled', async () => (await seen(order)).edits[0]?.status === 'completed')
    expect((await eventsOf(order)).at(-1)?.payload.lastShareMinor).toEqual(expect.any(Number))
  })
})

describe('the rest of an order, twice or at once', () => {
  test('against the last parcel one of the two wins, never both', async () => {
    for (let round = 0; round < 4; round += 1) {
      const order = await partlySent()
      const send = staff().order.ship.mutate({ id: order.id, shipmentId: newId() })
      const outcomes = await Promise.allSettled(
        round % 2 === 0 ? [send, cancel(order)] : [send, cancel(order)].toReversed(),
      )
      expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
      const after = await seen(order)
      expect(after.items.every(({ quantity, shippedQuantity }) => quantity === shippedQuantity)).toBe(true)
      expect(after.shipments.length + after.edits.length).toBe(2)
      expect(after.status).toBe('shipped')
    }
  })

  test('under one id is one cancellation, by any number of clicks; under another there is no rest any more', async () => {
    const order = await partlySent()
    const input = rest(order)
    const answers = await Promise.all(
      Array.from(
        { length: 4 },
        async () => await shop.service.as(order.customer).order.cancelRest.mutate(input),
      ),
    )
    expect(new Set(answers.map(({ edits }) => edits.length))).toEqual(new Set([1]))
    expect(shop.neighbours.refunds.get(input.editId)?.amountMinor).toBe(2900)
    await expect(cancel(order)).rejects.toMatchObject({ code: 'INVALID_STATE' })
    const other = await partlySent()
    await expect(cancel(other, { editId: input.editId })).rejects.toMatchObject({ code: 'CONFLICT' })
    expect((await seen(other)).edits).toEqual([])
  })

  test('is nobody else’s to cancel, and not there before a part has left or after money went back by hand', async () => {
    const order = await partlySent()
    for (const who of [person(), nobody]) {
      await expect(shop.service.as(who).order.cancelRest.mutate(rest(order))).rejects.toMatchObject({
        code: 'NOT_FOUND',
      })
      await expect(shop.service.as(who).order.previewRest.query({ id: order.id })).rejects.toMatchObject({
        code: 'NOT_FOUND',
      })
    }
    await expect(cancel(order, { expectedTotal: money(4291) })).rejects.toMatchObject({ code: 'CONFLICT' })
    await shop.service.sql('update orders set refunded_minor = 100 where id = $1', [order.id])
    await expect(cancel(order)).rejects.toMatchObject({ message: expect.stringContaining('by hand') })
    const mug = shop.sku()
    const whole = await shop.service.as(clerk).order.place.mutate(orderFor(mug))
    if (whole.status !== 'placed') throw new Error(whole.status)
    await expect(
      staff().order.cancelRest.mutate({ id: whole.order.id, editId: newId() }),
    ).rejects.toMatchObject({ message: expect.stringContaining('as a whole') })
    expect((await seen(order)).edits).toEqual([])
  })

  test('is guarded by the database: no edit of a part that left, and no status that is ahead of its parcels', async () => {
    const order = await partlySent()
    await expect(
      shop.service.sql(
        `insert into order_edit (id, order_id, status, actor, removed, lowered_minor, refund_id, request_hash)
         values ($1, $2, 'refunding', 'x', '[]', 100, $1, 'x')`,
        [newId(), order.id],
      ),
    ).rejects.toThrow('only by cancelling the rest')
    for (const status of ['shipped', 'delivered', 'returned']) {
      await expect(
        shop.service.sql('update orders set status = $2 where id = $1', [order.id, status]),
      ).rejects.toThrow(/all of it has/)
    }
  })
})
