import { AppError } from '@souk/kernel/errors'
import { newId } from '@souk/kernel/id'
import { money } from '@souk/kernel/money'
import { nobody, person } from '@souk/testing/service-harness'
import { until } from '@souk/testing/until'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { orderEditEdges } from '../src/contract.ts'
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

/** Three mugs at 19.00 and a bowl at 25.00, confirmed and paid. */
async function confirmed() {
  const [mug, bowl] = [shop.sku({ price: 1900 }), shop.sku({ price: 2500 })]
  const items = [
    { sku: mug, quantity: 3 },
    { sku: bowl, quantity: 1 },
  ]
  const placed = await shop.service.as(nobody).order.place.mutate(orderFor(mug, { items }))
  if (placed.status !== 'placed') throw new Error(placed.status)
  const { id, accessToken, payment } = placed.order
  return { id, mug, bowl, orderToken: accessToken ?? undefined, payment, total: placed.order.totals.total }
}
const oneMug = ({ id, mug }: { id: string; mug: string }, over: object = {}) => ({
  id,
  editId: newId(),
  items: [{ sku: mug, quantity: 1 }],
  ...over,
})
const seen = async ({ id }: { id: string }) => await staff().order.get.query({ id })
const codeOf = async (answer: Promise<unknown>) =>
  await answer.then(
    () => 'none',
    (error: unknown) => (error instanceof Error && 'code' in error ? error.code : error),
  )
const eventsOf = async (orderId: string) =>
  await shop.service.sql<{ name: string; payload: Record<string, unknown> }>(
    `select name, payload from outbox where aggregate_id = $1 and name like 'order.edit%' order by seq`,
    [orderId],
  )
async function tellRefund(
  orderId: string,
  refundId: string,
  amountMinor: number,
  refundedTotalMinor: number,
) {
  const data = {
    paymentId: newId(),
    orderId,
    refundId,
    amountMinor,
    refundedTotalMinor,
    currency: 'EUR',
    reason: 'x',
  }
  await shop.publish('payment', { name: 'payment.refunded', aggregateId: newId(), data })
}

describe('an order that has not left', () => {
  test('is edited: lines, totals, timeline and event are one, and the difference goes back once under the edit’s id', async () => {
    const order = await confirmed()
    const preview = await staff().order.previewEdit.query({ id: order.id, items: oneMug(order).items })
    expect(preview).toMatchObject({
      refund: money(6300),
      totals: { total: money(order.total.amount - 6300) },
    })
    expect(await seen(order)).toMatchObject({ edits: [], totals: { total: order.total } })
    const input = oneMug(order, { note: 'By phone', expectedTotal: preview.totals.total })
    const edited = await staff().order.edit.mutate(input)
    expect(edited).toMatchObject({
      status: 'confirmed',
      items: [{ sku: order.mug, quantity: 1, total: money(1900) }],
      totals: preview.totals,
      refunded: money(0),
      edits: [{ id: input.editId, refund: money(6300), note: 'By phone', problem: null }],
    })
    expect(edited.edits[0]?.removed).toMatchObject([
      { sku: order.mug, quantity: 2 },
      { sku: order.bowl, quantity: 1 },
    ])
    expect((await seen(order)).edits).toMatchObject([{ status: 'completed' }])
    expect(edited.timeline.at(-1)).toMatchObject({ type: 'edited', actor: clerk.userId })
    expect(shop.neighbours.refunds.get(input.editId)).toMatchObject({
      paymentId: order.payment?.id,
      amountMinor: 6300,
      asked: 1,
    })
    const events = await eventsOf(order.id)
    expect(events.map(({ name }) => name)).toEqual(['order.edited', 'order.edit_settled'])
    expect(events[0]?.payload).toMatchObject({
      editId: input.editId,
      loweredMinor: 6300,
      removed: [
        { sku: order.mug, quantity: 2 },
        { sku: order.bowl, quantity: 1 },
      ],
      lines: [{ sku: order.mug, quantity: 1 }],
      totals: { totalMinor: preview.totals.total.amount },
    })
    const again = await staff().order.edit.mutate(input)
    expect(again.edits).toHaveLength(1)
    expect(shop.neighbours.refunds.get(input.editId)?.asked).toBe(1)
    expect(await codeOf(staff().order.edit.mutate({ ...input, note: 'Other' }))).toBe('CONFLICT')
  })

  test('is credited for what was taken out, and the refund that follows is not counted a second time', async () => {
    const order = await confirmed()
    const documents = async () => (await staff().invoice.list.query({ id: order.id })).items
    await until('the invoice is issued', async () => (await documents()).length === 1)
    const input = oneMug(order)
    await staff().order.edit.mutate(input)
    await until('the credit note is issued', async () => (await documents()).length === 2)
    expect((await documents()).map(({ kind, total }) => ({ kind, total: total.amount }))).toContainEqual({
      kind: 'credit_note',
      total: 6300,
    })
    await tellRefund(order.id, input.editId, 6300, 6300)
    await tellRefund(order.id, newId(), 400, 6700)
    await until('the other refund is noted', async () => (await seen(order)).refunded.amount > 0)
    expect((await seen(order)).refunded).toEqual(money(400))
    await until('it is credited', async () => (await documents()).length === 3)
    expect(
      (await documents()).reduce(
        (sum, { kind, total }) => sum + (kind === 'credit_note' ? total.amount : 0),
        0,
      ),
    ).toBe(6700)
  })

  test('at any moment around its invoice has documents that add up to what is left', async () => {
    const orders = await Promise.all(Array.from({ length: 6 }, confirmed))
    await Promise.all(orders.map(async (order) => await staff().order.edit.mutate(oneMug(order))))
    for (const order of orders) {
      await until('nothing is due', async () => {
        const due = await shop.service.sql('select 1 from document_due where order_id = $1', [order.id])
        return due.length === 0
      })
      const { items } = await staff().invoice.list.query({ id: order.id })
      const sum = items.reduce(
        (all, { kind, total }) => all + (kind === 'invoice' ? 1 : -1) * total.amount,
        0,
      )
      expect(sum).toBe((await seen(order)).totals.total.amount)
    }
  })

  test('can be cancelled afterwards: what is told is what is left', async () => {
    const order = await confirmed()
    await staff().order.edit.mutate(oneMug(order))
    await staff().order.cancel.mutate({ id: order.id })
    const [event] = await shop.service.sql<{ payload: { lines: unknown[] } }>(
      `select payload from outbox where aggregate_id = $1 and name = 'order.cancelled'`,
      [order.id],
    )
    expect(event?.payload.lines).toMatchObject([{ sku: order.mug, quantity: 1 }])
  })

  test('and one that is being shipped at the same time: one of the two is refused', async () => {
    const order = await confirmed()
    const all = [
      { sku: order.mug, quantity: 3 },
      { sku: order.bowl, quantity: 1 },
    ]
    const codes = await Promise.all([
      codeOf(staff().order.edit.mutate(oneMug(order))),
      codeOf(staff().order.ship.mutate({ id: order.id, shipmentId: newId(), lines: all })),
    ])
    expect(codes.filter((code) => code === 'none')).toHaveLength(1)
    const after = await seen(order)
    expect(after.status === 'shipped').toBe(after.edits.length === 0)
    expect(await codeOf(staff().order.edit.mutate(oneMug(order)))).not.toBe('none')
  })
})

describe('the money of an edit', () => {
  test('whose answer never came is asked for again under the same id until it is known, and then the next may begin', async () => {
    const order = await confirmed()
    shop.neighbours.decideRefund = (times) => {
      if (times === 1) throw new AppError('UNAVAILABLE', 'No answer')
      return times === 2 ? 'unknown' : 'succeeded'
    }
    const input = {
      ...oneMug(order),
      items: [
        { sku: order.mug, quantity: 1 },
        { sku: order.bowl, quantity: 1 },
      ],
    }
    expect((await staff().order.edit.mutate(input)).edits).toMatchObject([{ status: 'refunding' }])
    await expect(staff().order.edit.mutate(oneMug(order))).rejects.toMatchObject({
      code: 'CONFLICT',
      details: { reason: 'edit_open' },
    })
    await until('the job has settled it', async () => {
      await shop.service.sql('update order_edit set next_check_at = now() where id = $1', [input.editId])
      return (await seen(order)).edits[0]?.status === 'completed'
    })
    expect(shop.neighbours.refunds.get(input.editId)?.asked).toBe(3)
    expect((await staff().order.edit.mutate(oneMug(order))).items).toHaveLength(1)
  })

  test('that was refused is shown, and asked for again under another id by staff', async () => {
    const order = await confirmed()
    shop.neighbours.decideRefund = () => 'failed'
    const input = oneMug(order)
    await staff().order.edit.mutate(input)
    expect((await seen(order)).edits).toMatchObject([
      { status: 'refund_failed', problem: 'The payment provider refused the refund.' },
    ])
    shop.neighbours.decideRefund = () => 'succeeded'
    await staff().order.retryEdit.mutate({ id: order.id, editId: input.editId })
    expect((await seen(order)).edits).toMatchObject([{ status: 'completed', problem: null }])
    expect(shop.neighbours.refunds.get(input.editId)?.asked).toBe(1)
    expect(await codeOf(staff().order.retryEdit.mutate({ id: order.id, editId: input.editId }))).toBe(
      'INVALID_STATE',
    )
  })
})

describe('an edit is for staff, and for orders as they are', () => {
  test.each([
    ['nobody', nobody],
    ['a customer', person()],
  ])('not for %s', async (_name, principal) => {
    const order = await confirmed()
    const client = shop.service.as(principal)
    expect(['UNAUTHENTICATED', 'FORBIDDEN']).toContain(await codeOf(client.order.edit.mutate(oneMug(order))))
    const { id, items } = oneMug(order)
    expect(['UNAUTHENTICATED', 'FORBIDDEN']).toContain(
      await codeOf(client.order.previewEdit.query({ id, items })),
    )
  })

  test('bad and foreign input changes nothing', async () => {
    const order = await confirmed()
    const other = await confirmed()
    const taken = oneMug(other)
    await staff().order.edit.mutate(taken)
    const refused: [object, string][] = [
      [{ items: [] }, 'INVALID_INPUT'],
      [{ items: [{ sku: order.mug, quantity: 0 }] }, 'INVALID_INPUT'],
      [{ items: [{ sku: order.mug, quantity: 4 }] }, 'INVALID_INPUT'],
      [{ items: [{ sku: 'SKU-OF-NOBODY', quantity: 1 }] }, 'INVALID_INPUT'],
      [{ expectedTotal: money(1) }, 'CONFLICT'],
      [{ id: newId() }, 'NOT_FOUND'],
      [{ editId: taken.editId }, 'CONFLICT'],
    ]
    for (const [over, code] of refused)
      expect(await codeOf(staff().order.edit.mutate(oneMug(order, over))), JSON.stringify(over)).toBe(code)
    expect(await codeOf(staff().order.retryEdit.mutate({ id: order.id, editId: taken.editId }))).toBe(
      'NOT_FOUND',
    )
    expect(await seen(order)).toMatchObject({ edits: [], totals: { total: order.total } })
  })

  test('the database knows the same steps and keeps what was decided', async () => {
    const edges = await shop.service.sql<{ from: string; to: string }>(
      'select from_status as "from", to_status as "to" from order_edit_edge order by 1, 2',
    )
    const byName = (a: { from: string; to: string }, b: { from: string; to: string }) =>
      `${a.from} ${a.to}` < `${b.from} ${b.to}` ? -1 : 1
    expect(edges.toSorted(byName)).toEqual([...orderEditEdges].toSorted(byName))
    const order = await confirmed()
    const { editId } = oneMug(order)
    await staff().order.edit.mutate({ ...oneMug(order), editId })
    for (const change of [`status = 'refunding'`, 'lowered_minor = 1', `removed = '[]'`])
      await expect(
        shop.service.sql(`update order_edit set ${change} where id = $1`, [editId]),
        change,
      ).rejects.toThrow(/edit/)
    await expect(shop.service.sql('delete from order_edit where id = $1', [editId])).rejects.toThrow()
  })
})
