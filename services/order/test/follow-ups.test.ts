import { AppError } from '@souk/kernel/errors'
import { newId } from '@souk/kernel/id'
import { money } from '@souk/kernel/money'
import { nobody, person } from '@souk/testing/service-harness'
import { until } from '@souk/testing/until'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { type EditOrder, followUpEdges, type PlaceOrder } from '../src/contract.ts'
import { type OrderHarness, orderFor, startOrderHarness } from './harness.ts'
import { decideByToken } from './neighbours.ts'

let shop: OrderHarness
beforeAll(async () => {
  shop = await startOrderHarness()
})
afterEach(() => {
  const { neighbours } = shop
  neighbours.decideRefund = () => 'succeeded'
  neighbours.decide = decideByToken
  neighbours.beforeRelease = () => {}
})
afterAll(async () => await shop.stop())

const clerk = person('staff')
const staff = () => shop.service.as(clerk).order
const guest = () => shop.service.as(nobody)
const card = { type: 'card', token: 'tok_visa' } as const

/** A mug at 19.00 and a bowl at 25.00, confirmed and paid; other mugs are there to be had instead. */
async function sold(over: Partial<PlaceOrder> = {}) {
  const [mug, bowl] = [shop.sku({ price: 1900 }), shop.sku({ price: 2500 })]
  const [blue, red] = [shop.sku({ price: 2400, stock: 1 }), shop.sku({ price: 1500, stock: 2 })]
  const items = [
    { sku: mug, quantity: 1 },
    { sku: bowl, quantity: 1 },
  ]
  const placed = await guest().order.place.mutate(orderFor(mug, { items, ...over }))
  if (placed.status !== 'placed') throw new Error(placed.status)
  const { id, accessToken, payment, totals } = placed.order
  return { id, mug, bowl, blue, red, items, orderToken: accessToken, payment, total: totals.total }
}
type Sold = Awaited<ReturnType<typeof sold>>

/** The mug goes, another comes. */
const swap = (order: Sold, sku: string, over: Partial<EditOrder> = {}): EditOrder => ({
  id: order.id,
  editId: newId(),
  items: [{ sku: order.bowl, quantity: 1 }],
  add: [{ sku, quantity: 1 }],
  ...over,
})
const seen = async ({ id }: { id: string }) => await staff().get.query({ id })
const rowOf = async (id: string) =>
  (
    await shop.service.sql<{
      state: string
      draft_id: string
      is_done: boolean
      steps: { step: string; result: string | null }[]
    }>('select * from follow_up where id = $1', [id])
  )[0]
const refundOf = (editId: string) => shop.neighbours.refunds.get(editId)
const stockOf = (sku: string) => shop.neighbours.stock.get(sku)
const codeOf = async (answer: Promise<unknown>) =>
  await answer.then(
    () => 'none',
    (error: unknown) => (error instanceof Error && 'code' in error ? error.code : error),
  )

/** The key that the customer's page and mail have. */
async function keyOf({ id, orderToken }: Pick<Sold, 'id' | 'orderToken'>) {
  const order = await guest().order.get.query({ id, orderToken: orderToken ?? undefined })
  const payment = order.followUps.at(-1)?.payment
  return payment && { id: payment.draftId, draftToken: payment.draftToken ?? undefined }
}
async function pay(
  order: Pick<Sold, 'id' | 'orderToken'>,
  paymentMethod: PlaceOrder['paymentMethod'] = card,
) {
  const key = await keyOf(order)
  if (!key) throw new Error('There is nothing to pay')
  const { totals } = await guest().draft.offer.query(key)
  return await guest().draft.place.mutate({ ...key, paymentMethod, expectedTotal: totals.total })
}
const lookNow = async (editId: string) =>
  await shop.service.sql('update follow_up set next_check_at = now() where id = $1', [editId])
async function untilEnded(editId: string) {
  await until('it has ended', async () => {
    await lookNow(editId)
    const row = await rowOf(editId)
    return row?.state === 'ended' && row.is_done
  })
}
/** On a busy machine the job does what the request had no time for. */
async function untilPlaced(order: { id: string }, editId: string) {
  return await until('it is ordered and settled', async () => {
    await lookNow(editId)
    const now = await seen(order)
    return now.followUps[0]?.state === 'placed' && now.edits[0]?.status === 'completed' ? now : undefined
  })
}
const isSettled = async (order: Sold) => (await seen(order)).edits[0]?.status === 'completed'

describe('what is added to an order', () => {
  test('and costs no more than what goes is ordered at once; its money moves and the rest goes back', async () => {
    const order = await sold()
    const input = swap(order, order.red)
    const { id, items, add } = input
    const preview = await staff().previewEdit.query({ id, items, add })
    expect(preview).toMatchObject({
      refund: money(400),
      added: { moved: money(1500), toPay: money(0), totals: { shipping: money(0), total: money(1500) } },
    })
    const expectedTotal = preview.totals.total
    await staff().edit.mutate({ ...input, expectedTotal, expectedToPay: money(0) })
    const edited = await untilPlaced(order, input.editId)
    expect(edited).toMatchObject({
      status: 'confirmed',
      items: [{ sku: order.bowl }],
      edits: [{ status: 'completed', lowered: money(1900), refund: money(400) }],
      followUps: [{ id: input.editId, state: 'placed', moved: money(1500), toPay: money(0), payment: null }],
    })
    const following = edited.followUps[0]?.order?.id ?? ''
    expect(await seen({ id: following })).toMatchObject({
      status: 'confirmed',
      items: [{ sku: order.red, quantity: 1 }],
      totals: { total: money(1500) },
      origin: { orderId: order.id, kind: 'addition' },
    })
    expect(refundOf(input.editId)).toMatchObject({ paymentId: order.payment?.id, amountMinor: 400, asked: 1 })
    expect(shop.neighbours.started.find(({ orderId }) => orderId === following)).toMatchObject({
      method: { type: 'credit' },
      transfer: { fromPaymentId: order.payment?.id, amountMinor: 1500 },
    })
    expect(shop.neighbours.reservations.get(following)?.status).toBe('committed')
    expect((await rowOf(input.editId))?.steps.map(({ step, result }) => [step, result])).toEqual([
      ['hold', 'reserved'],
      ['promise', 'promised'],
      ['pay', 'confirmed'],
      ['release', null],
    ])
  })

  test('and costs more waits for the customer, who pays the difference by the link; the goods are his meanwhile', async () => {
    const order = await sold()
    const input = { ...swap(order, order.blue), expectedToPay: money(500) }
    expect(await staff().edit.mutate(input)).toMatchObject({
      edits: [{ status: 'waiting' }],
      followUps: [
        { state: 'started', total: money(2400), moved: money(1900), toPay: money(500), order: null },
      ],
    })
    expect(stockOf(order.blue)).toBe(0)
    expect(refundOf(input.editId)).toBeUndefined()
    const [offer] = await shop.service.sql<{ payload: object }>(
      `select payload from outbox where aggregate_id = $1 and name = 'order.follow_up_offered'`,
      [order.id],
    )
    expect(offer?.payload).toMatchObject({ toPayMinor: 500, movedMinor: 1900, lines: [{ sku: order.blue }] })
    const paid = await pay(order)
    expect(paid).toMatchObject({
      status: 'placed',
      order: { status: 'confirmed', totals: { total: money(2400) } },
    })
    expect((await untilPlaced(order, input.editId)).edits).toMatchObject([{ refund: money(0) }])
    expect(refundOf(input.editId)).toBeUndefined()
    expect((await staff().edit.mutate(input)).followUps).toHaveLength(1)
  })

  test('to an order of one thing takes its whole place: shipping goes with it and the first order is over', async () => {
    const [mug, dear] = [shop.sku({ price: 1900 }), shop.sku({ price: 2400 })]
    const placed = await guest().order.place.mutate(orderFor(mug))
    if (placed.status !== 'placed') throw new Error(placed.status)
    const { id, accessToken: orderToken } = placed.order
    const documents = async () => (await shop.service.as(clerk).invoice.list.query({ id })).items
    await until('it has its invoice', async () => (await documents()).length === 1)
    const input = { id, editId: newId(), items: [], add: [{ sku: dear, quantity: 1 }] }
    expect(await staff().edit.mutate(input)).toMatchObject({
      status: 'confirmed',
      items: [],
      totals: { total: money(0) },
      followUps: [{ total: money(2890), moved: money(2390), toPay: money(500) }],
    })
    const paid = await pay({ id, orderToken })
    expect(paid).toMatchObject({ status: 'placed', order: { totals: { shipping: money(490) } } })
    expect(await untilPlaced({ id }, input.editId)).toMatchObject({
      status: 'cancelled',
      edits: [{ refund: money(0) }],
    })
    await until('the invoice is taken back', async () => (await documents()).length === 2)
    expect((await documents()).map(({ total }) => total.amount)).toEqual([2390, 2390])
  })

  test('may cost what was paid for what it takes the place of, or for another piece of the same', async () => {
    const order = await sold()
    shop.neighbours.prices.set(order.mug, 9900)
    const add = [order.mug, order.blue].map((sku) => ({ sku, quantity: 1, pricedAs: order.mug }))
    const edited = await staff().edit.mutate(swap(order, order.blue, { items: order.items, add }))
    expect(edited).toMatchObject({
      totals: { total: order.total },
      edits: [{ status: 'completed', lowered: money(0), removed: [] }],
      followUps: [{ total: money(3800), moved: money(0), toPay: money(3800) }],
    })
    expect(edited.followUps[0]?.lines.map(({ unitPrice }) => unitPrice.amount)).toEqual([1900, 1900])
  })

  test('to an order that is paid on delivery is paid on delivery, and ordered at once', async () => {
    shop.neighbours.decide = () => ({ status: 'authorized', action: null, failure: null })
    const order = await sold({ paymentMethod: { type: 'cod' } })
    const input = swap(order, order.blue)
    await staff().edit.mutate(input)
    expect(await untilPlaced(order, input.editId)).toMatchObject({
      followUps: [{ state: 'placed', isCod: true, moved: money(0), toPay: money(2400) }],
    })
    await until('less of the hold is taken', async () => await isSettled(order))
    expect(refundOf(input.editId)).toMatchObject({ amountMinor: 1900, asked: 1 })
    const following = shop.neighbours.started.at(-1)
    expect(following?.method).toEqual({ type: 'cod' })
    expect(following?.transfer).toBeUndefined()
  })

  test('to an order whose money is only held is paid in full by its customer', async () => {
    shop.neighbours.decide = () => ({ status: 'authorized', action: null, failure: null })
    const order = await sold()
    const input = swap(order, order.blue)
    expect(await staff().edit.mutate(input)).toMatchObject({
      followUps: [{ state: 'started', moved: money(0), toPay: money(2400) }],
    })
    expect(refundOf(input.editId)).toMatchObject({ amountMinor: 1900 })
    expect(await pay(order)).toMatchObject({ status: 'placed' })
  })
})

describe('what is not paid', () => {
  test('after a refused card can be paid with another: the goods are held anew', async () => {
    const order = await sold()
    const input = swap(order, order.blue)
    await staff().edit.mutate(input)
    const declined = await pay(order, { type: 'card', token: 'tok_declined' })
    expect(declined).toMatchObject({ status: 'payment_declined' })
    await until('it can be paid again', async () => (await keyOf(order)) !== null)
    expect(stockOf(order.blue)).toBe(0)
    expect(await pay(order)).toMatchObject({ status: 'placed' })
    await untilPlaced(order, input.editId)
    const orders = await shop.service.sql<{ status: string }>(
      `select status from orders where caller = 'draft' and command_key like $1 order by command_key`,
      [`${(await rowOf(input.editId))?.draft_id}:%`],
    )
    expect(orders.map(({ status }) => status)).toEqual(['failed', 'confirmed'])
  })

  test('is withdrawn by staff: its goods and all the money go back, and the link says so', async () => {
    const order = await sold()
    const input = swap(order, order.blue)
    await staff().edit.mutate(input)
    const key = await keyOf(order)
    const withdrawn = { id: order.id, followUpId: input.editId }
    await staff().withdrawFollowUp.mutate(withdrawn)
    await staff().withdrawFollowUp.mutate(withdrawn)
    expect(await seen(order)).toMatchObject({
      edits: [{ status: 'completed', refund: money(1900) }],
      followUps: [{ state: 'ended', reason: 'withdrawn', payment: null }],
    })
    expect(refundOf(input.editId)).toMatchObject({ amountMinor: 1900, asked: 1 })
    expect(stockOf(order.blue)).toBe(1)
    expect((await rowOf(input.editId))?.is_done).toBe(true)
    if (!key) throw new Error('There was no link')
    expect((await guest().draft.offer.query(key)).state).toBe('discarded')
    const late = guest().draft.place.mutate({ ...key, paymentMethod: card, expectedTotal: money(2400) })
    expect(await codeOf(late)).toBe('INVALID_STATE')
  })

  test('ends when its time is over, and when the first order is cancelled', async () => {
    const [late, cancelled] = [await sold(), await sold()]
    const [first, second] = [swap(late, late.blue), swap(cancelled, cancelled.blue)]
    await staff().edit.mutate(first)
    await staff().edit.mutate(second)
    await shop.service.sql(
      'update draft_order set expires_at = now() where id = (select draft_id from follow_up where id = $1)',
      [first.editId],
    )
    await staff().cancel.mutate({ id: cancelled.id })
    await untilEnded(first.editId)
    await untilEnded(second.editId)
    expect((await seen(late)).followUps).toMatchObject([{ reason: 'expired' }])
    expect((await seen(cancelled)).followUps).toMatchObject([{ reason: 'origin_cancelled' }])
    await until('the money is back', async () => await isSettled(late))
    expect(refundOf(first.editId)).toMatchObject({ amountMinor: 1900 })
    expect([stockOf(late.blue), stockOf(cancelled.blue)]).toEqual([1, 1])
  })

  test('is not ordered when money of the first order cannot move any more: all of it goes back', async () => {
    const order = await sold()
    const failure = { code: 'transfer', message: 'Only € 0.00 is left of the earlier payment.' }
    shop.neighbours.decide = () => ({ status: 'declined', action: null, failure })
    const input = swap(order, order.red)
    await staff().edit.mutate(input)
    await untilEnded(input.editId)
    expect((await seen(order)).followUps).toMatchObject([{ state: 'ended', reason: 'declined' }])
    await until('the edit is settled', async () => await isSettled(order))
    expect(refundOf(input.editId)).toMatchObject({ amountMinor: 1900 })
  })
})

describe('at the same moment', () => {
  test('paying and withdrawing: one of the two happens, and the money is in one place', async () => {
    for (let round = 0; round < 3; round += 1) {
      const order = await sold()
      const input = swap(order, order.blue)
      await staff().edit.mutate(input)
      const [paid, withdrawn] = await Promise.all([
        pay(order).then(
          ({ status }) => status,
          () => 'refused',
        ),
        codeOf(staff().withdrawFollowUp.mutate({ id: order.id, followUpId: input.editId })),
      ])
      expect([paid === 'placed', withdrawn === 'none'].filter(Boolean)).toHaveLength(1)
      await until('all is settled', async () => await isSettled(order))
      expect((await seen(order)).followUps[0]?.state).toBe(paid === 'placed' ? 'placed' : 'ended')
      expect(refundOf(input.editId)?.amountMinor).toBe(paid === 'placed' ? undefined : 1900)
    }
  })

  test('the same edit twice is one; of two that take the last piece, one is told that it is gone', async () => {
    const order = await sold()
    const input = swap(order, order.red, { add: [{ sku: order.red, quantity: 2 }] })
    const twice = await Promise.allSettled([staff().edit.mutate(input), staff().edit.mutate(input)])
    expect(twice.map(({ status }) => status)).toEqual(['fulfilled', 'fulfilled'])
    expect((await seen(order)).followUps).toHaveLength(1)
    expect(stockOf(order.red)).toBe(0)
    const other = await sold()
    const codes = await Promise.all(
      [newId(), newId()].map(
        async (editId) =>
          await codeOf(staff().edit.mutate(swap(other, other.blue, { editId, items: other.items }))),
      ),
    )
    expect(codes.toSorted()).toEqual(['CONFLICT', 'none'])
    expect((await seen(other)).followUps).toHaveLength(1)
  })

  test('a parcel and a swap: one of the two is refused, and what was held for a refused one is let go', async () => {
    const order = await sold()
    const codes = await Promise.all([
      codeOf(staff().edit.mutate(swap(order, order.blue))),
      codeOf(staff().ship.mutate({ id: order.id, shipmentId: newId(), lines: order.items })),
    ])
    expect(codes.filter((code) => code === 'none')).toHaveLength(1)
    const after = await seen(order)
    expect(after.status === 'shipped').toBe(after.followUps.length === 0)
    expect(stockOf(order.blue)).toBe(after.status === 'shipped' ? 1 : 0)
  })
})

describe('nothing is promised that is not there', () => {
  test('too few in stock: staff are told how many are left, and nothing else happens', async () => {
    const order = await sold()
    const input = swap(order, order.red, { add: [{ sku: order.red, quantity: 3 }] })
    await expect(staff().edit.mutate(input)).rejects.toMatchObject({
      code: 'CONFLICT',
      details: {
        reason: 'out_of_stock',
        errors: [{ path: 'add.0.quantity', message: `Only 2 of ${order.red} are left` }],
      },
    })
    expect(await seen(order)).toMatchObject({ edits: [], followUps: [], totals: { total: order.total } })
    expect(await rowOf(input.editId)).toBeUndefined()
    const fewer = await staff().edit.mutate({ ...input, add: [{ sku: order.red, quantity: 2 }] })
    expect(fewer.followUps).toMatchObject([{ toPay: money(1100) }])
  })

  test('what was held for an edit that did not come about is let go, also after a neighbour was away, and leaves no trace', async () => {
    const order = await sold()
    const input = swap(order, order.blue)
    shop.neighbours.beforeRelease = () => {
      throw new AppError('UNAVAILABLE', 'No answer')
    }
    // Refused after the goods were held, and nobody could let them go.
    expect(await codeOf(staff().edit.mutate({ ...input, expectedToPay: money(1) }))).not.toBe('none')
    expect(stockOf(order.blue)).toBe(0)
    shop.neighbours.beforeRelease = () => {}
    await until('it is gone', async () => {
      await lookNow(input.editId)
      return (await rowOf(input.editId)) === undefined
    })
    expect(stockOf(order.blue)).toBe(1)
    expect((await seen(order)).followUps).toEqual([])
  })

  test('bad input, others than staff, foreign ids and its draft by itself are refused', async () => {
    const [order, other] = [await sold(), await sold()]
    const input = swap(order, order.blue)
    const refused: [Partial<EditOrder>, string][] = [
      [{ add: [{ sku: 'NO-SUCH', quantity: 1 }] }, 'INVALID_INPUT'],
      [{ add: [{ sku: order.blue, quantity: 1, pricedAs: 'NO-SUCH' }] }, 'INVALID_INPUT'],
      [{ add: [{ sku: order.blue, quantity: 0 }] }, 'INVALID_INPUT'],
      [{ expectedToPay: money(1) }, 'CONFLICT'],
      [{ id: newId() }, 'NOT_FOUND'],
    ]
    for (const [over, code] of refused)
      expect(await codeOf(staff().edit.mutate({ ...input, ...over })), JSON.stringify(over)).toBe(code)
    await staff().edit.mutate(input)
    const { draft_id: id = '' } = (await rowOf(input.editId)) ?? {}
    const drafts = shop.service.as(clerk).draft
    expect(await codeOf(drafts.discard.mutate({ id }))).toBe('INVALID_STATE')
    expect(await codeOf(drafts.send.mutate({ id }))).toBe('INVALID_STATE')
    const cod = { type: 'cod' } as const
    const onDelivery = drafts.place.mutate({ id, paymentMethod: cod, expectedTotal: money(2400) })
    expect(await codeOf(onDelivery)).toBe('INVALID_INPUT')
    const ref = { id: order.id, followUpId: input.editId }
    expect(await codeOf(staff().withdrawFollowUp.mutate({ ...ref, id: other.id }))).toBe('NOT_FOUND')
    for (const caller of [guest(), shop.service.as(person())])
      expect(['UNAUTHENTICATED', 'FORBIDDEN']).toContain(
        await codeOf(caller.order.withdrawFollowUp.mutate(ref)),
      )
  })

  test('the database knows the same steps, and keeps what was promised', async () => {
    const edges = await shop.service.sql<{ from: string; to: string }>(
      'select from_state as "from", to_state as "to" from follow_up_edge',
    )
    const words = (all: readonly { from: string; to: string }[]) =>
      all.map(({ from, to }) => `${from} ${to}`).toSorted()
    expect(words(edges)).toEqual(words(followUpEdges))
    const order = await sold()
    const input = swap(order, order.blue)
    await staff().edit.mutate(input)
    for (const change of [`state = 'open'`, 'moves_minor = 0', `kind = 'exchange'`])
      await expect(
        shop.service.sql(`update follow_up set ${change} where id = $1`, [input.editId]),
        change,
      ).rejects.toThrow(/follow-up/)
    const gone = shop.service.sql('delete from follow_up where id = $1', [input.editId])
    await expect(gone).rejects.toThrow(/kept/)
  })
})
