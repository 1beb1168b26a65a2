import { newId } from '@souk/kernel/id'
import { money } from '@souk/kernel/money'
import { nobody, person } from '@souk/testing/service-harness'
import { until } from '@souk/testing/until'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { z } from 'zod'
import type { SaveDraft } from '../src/contract.ts'
import { type OrderHarness, orderFor, startOrderHarness } from './harness.ts'

let shop: OrderHarness
beforeAll(async () => {
  shop = await startOrderHarness()
})
afterAll(async () => await shop.stop())

const staffPerson = person('staff')
const staff = () => shop.service.as(staffPerson)
const guest = () => shop.service.as(nobody)
const card = { type: 'card', token: 'tok_visa' } as const

function draftOf(sku: string, over: Partial<z.input<typeof SaveDraft>> = {}): z.input<typeof SaveDraft> {
  const { email, shippingAddress } = orderFor(sku)
  return { id: newId(), version: 0, email, shippingAddress, lines: [{ sku, quantity: 2 }], ...over }
}

async function sent(over: Partial<z.input<typeof SaveDraft>> = {}, sku = shop.sku()) {
  const draft = await staff().draft.save.mutate(draftOf(sku, over))
  await staff().draft.send.mutate({ id: draft.id })
  return { draft, sku, draftToken: await tokenOf(draft.id) }
}

async function tokenOf(id: string): Promise<string> {
  const rows = await shop.service.sql<{ token: string }>(
    `select payload ->> 'draftToken' as token from outbox where name = 'draft.sent' and aggregate_id = $1`,
    [id],
  )
  return rows[0]?.token ?? ''
}

const ordersOf = async (id: string) =>
  await shop.service.sql<{ id: string; status: string }>(
    `select id, status from orders where caller = 'draft' and command_key like $1`,
    [`${id}:%`],
  )

describe('a draft order', () => {
  test('keeps the prices of the day it was saved, and who set those that are not the product’s', async () => {
    const [plain, special] = [shop.sku({ price: 1900 }), shop.sku({ price: 5000 })]
    const saved = await staff().draft.save.mutate(
      draftOf(plain, {
        lines: [
          { sku: plain, quantity: 2 },
          { sku: special, quantity: 1, unitPrice: money(4200) },
        ],
        discount: money(1000),
        note: 'As agreed on the phone',
      }),
    )
    expect(saved).toMatchObject({
      state: 'open',
      version: 1,
      lines: [
        { sku: plain, isCustomPrice: false, pricedBy: null, unitPrice: { amount: 1900 } },
        { sku: special, isCustomPrice: true, pricedBy: staffPerson.userId, unitPrice: { amount: 4200 } },
      ],
      totals: { subtotal: { amount: 8000 }, discount: { amount: 1000 }, shipping: { amount: 0 } },
    })
    shop.neighbours.prices.set(plain, 9900)
    expect((await staff().draft.get.query({ id: saved.id })).totals).toEqual(saved.totals)
  })

  test('is paid by its customer at the agreed price, and becomes an order that adds up', async () => {
    const { draft, draftToken } = await sent({ discount: money(500) })
    const ref = { id: draft.id, draftToken }
    const offer = await guest().draft.offer.query(ref)
    expect(offer).toMatchObject({ number: draft.number, state: 'sent', totals: draft.totals })
    expect(Object.keys(offer)).not.toContain('createdBy')
    expect(Object.keys(offer.lines[0] ?? {})).not.toContain('pricedBy')
    const result = await guest().draft.place.mutate({
      ...ref,
      paymentMethod: card,
      expectedTotal: draft.totals.total,
    })
    if (result.status !== 'placed') throw new Error(result.status)
    expect(result.order).toMatchObject({ status: 'confirmed', totals: draft.totals, email: draft.email })
    expect(result.order.accessToken).toEqual(expect.any(String))
    expect(await guest().draft.offer.query(ref)).toMatchObject({ state: 'ordered', orderId: result.order.id })
    const sums = await shop.service.sql(
      `select 1 from orders o join (select order_id, sum(total_minor) as lines, sum(discount_minor) as discount
         from order_line group by 1) l on l.order_id = o.id
       where o.id = $1 and o.subtotal_minor = l.lines and o.discount_minor = l.discount`,
      [result.order.id],
    )
    expect(sums).toHaveLength(1)
  })

  test('becomes one order, however often and by whomever it is ordered', async () => {
    const { draft, draftToken } = await sent()
    const ask = { id: draft.id, draftToken, expectedTotal: draft.totals.total }
    const results = await Promise.all([
      ...Array.from(
        { length: 6 },
        async () => await guest().draft.place.mutate({ ...ask, paymentMethod: card }),
      ),
      staff().draft.place.mutate({ ...ask, paymentMethod: { type: 'cod' } }),
    ])
    const ids = new Set(
      results.map((result) => (result.status === 'placed' ? result.order.id : result.status)),
    )
    expect(ids.size).toBe(1)
    expect(await ordersOf(draft.id)).toHaveLength(1)
    expect(shop.neighbours.charges.filter((orderId) => ids.has(orderId))).toHaveLength(1)
  })

  test('can be paid in another way after a refused payment', async () => {
    const { draft, draftToken } = await sent()
    const ask = { id: draft.id, draftToken, expectedTotal: draft.totals.total }
    const refused = await guest().draft.place.mutate({
      ...ask,
      paymentMethod: { type: 'card', token: 'tok_declined' },
    })
    expect(refused.status).toBe('payment_declined')
    expect((await guest().draft.offer.query({ id: draft.id, draftToken })).state).toBe('sent')
    expect((await guest().draft.place.mutate({ ...ask, paymentMethod: card })).status).toBe('placed')
    expect((await ordersOf(draft.id)).map(({ status }) => status).sort()).toEqual(['confirmed', 'failed'])
  })

  test('staff order for the customer with cash on delivery, and with nothing else', async () => {
    const draft = await staff().draft.save.mutate(draftOf(shop.sku()))
    const ask = { id: draft.id, expectedTotal: draft.totals.total }
    await expect(staff().draft.place.mutate({ ...ask, paymentMethod: card })).rejects.toMatchObject({
      code: 'INVALID_INPUT',
    })
    const result = await staff().draft.place.mutate({ ...ask, paymentMethod: { type: 'cod' } })
    if (result.status !== 'placed') throw new Error(result.status)
    expect(result.order.userId).toBeNull()
  })

  test('is not ordered at a total the customer did not see, nor after it expired or was withdrawn', async () => {
    const { draft, draftToken, sku } = await sent()
    const ask = { id: draft.id, draftToken, paymentMethod: card, expectedTotal: draft.totals.total }
    const edited = await staff().draft.save.mutate(
      draftOf(sku, { id: draft.id, version: 1, lines: [{ sku, quantity: 3 }] }),
    )
    expect(await guest().draft.place.mutate(ask)).toMatchObject({
      status: 'price_changed',
      totals: edited.totals,
    })
    await shop.service.sql(`update draft_order set expires_at = now() where id = $1`, [draft.id])
    expect((await guest().draft.offer.query({ id: draft.id, draftToken })).state).toBe('expired')
    await expect(guest().draft.place.mutate(ask)).rejects.toMatchObject({ code: 'INVALID_STATE' })
    await staff().draft.discard.mutate({ id: draft.id })
    await staff().draft.discard.mutate({ id: draft.id })
    await expect(guest().draft.place.mutate(ask)).rejects.toMatchObject({ code: 'INVALID_STATE' })
    await expect(staff().draft.send.mutate({ id: draft.id })).rejects.toMatchObject({ code: 'INVALID_STATE' })
    expect(await ordersOf(draft.id)).toEqual([])
  })

  test('is edited by one at a time, and not once it is ordered', async () => {
    const { draft, draftToken, sku } = await sent()
    const edit = (version: number, quantity: number) =>
      staff().draft.save.mutate(draftOf(sku, { id: draft.id, version, lines: [{ sku, quantity }] }))
    const results = await Promise.allSettled([edit(1, 3), edit(1, 4), edit(1, 5)])
    expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
    await expect(edit(0, 1)).rejects.toMatchObject({ code: 'CONFLICT' })
    const current = await staff().draft.get.query({ id: draft.id })
    await guest().draft.place.mutate({
      id: draft.id,
      draftToken,
      paymentMethod: card,
      expectedTotal: current.totals.total,
    })
    await expect(edit(current.version, 1)).rejects.toMatchObject({ code: 'INVALID_STATE' })
  })

  test('is closed to everybody without its key, and to everybody but staff until it is sent', async () => {
    const { draft } = await sent()
    const other = await sent()
    const open = await staff().draft.save.mutate(draftOf(shop.sku()))
    for (const caller of [guest(), shop.service.as(person())]) {
      for (const draftToken of [undefined, '', 'x'.repeat(43), other.draftToken]) {
        await expect(caller.draft.offer.query({ id: draft.id, draftToken })).rejects.toMatchObject({
          code: 'NOT_FOUND',
        })
        await expect(
          caller.draft.place.mutate({
            id: draft.id,
            draftToken,
            paymentMethod: card,
            expectedTotal: draft.totals.total,
          }),
        ).rejects.toMatchObject({ code: 'NOT_FOUND' })
      }
      await expect(caller.draft.get.query({ id: draft.id })).rejects.toBeDefined()
      await expect(caller.draft.list.query({})).rejects.toBeDefined()
      await expect(caller.draft.save.mutate(draftOf(shop.sku()))).rejects.toBeDefined()
    }
    await expect(guest().draft.offer.query({ id: open.id })).rejects.toMatchObject({ code: 'NOT_FOUND' })
  })

  test('refuses what cannot be sold, and a discount that leaves nothing to pay', async () => {
    const sku = shop.sku({ price: 100 })
    const dear = shop.sku({ price: 8000 })
    const bad: [Partial<z.input<typeof SaveDraft>>, string][] = [
      [{ lines: [{ sku: 'NO-SUCH', quantity: 1 }] }, 'lines.0.sku'],
      [
        {
          lines: [
            { sku, quantity: 1 },
            { sku, quantity: 1 },
          ],
        },
        'lines.1.sku',
      ],
      [{ lines: [{ sku, quantity: 1000 }] }, 'lines.0.quantity'],
      [
        { lines: [{ sku, quantity: 1, unitPrice: { amount: -1, currency: 'EUR' } }] },
        'lines.0.unitPrice.amount',
      ],
      [{ shippingMethod: 'teleport' }, 'shippingMethod'],
      [{ validDays: 0 }, 'validDays'],
      [{ lines: [{ sku: dear, quantity: 1 }], discount: money(8000) }, 'discount'],
    ]
    for (const [over, path] of bad) {
      await expect(staff().draft.save.mutate(draftOf(sku, over))).rejects.toMatchObject({
        code: 'INVALID_INPUT',
        details: { errors: [{ path }] },
      })
    }
  })

  test('each mail is an event of its own, numbered without a gap', async () => {
    const { draft } = await sent()
    await staff().draft.send.mutate({ id: draft.id })
    const versions = await until('two are written', async () => {
      const rows = await shop.service.sql<{ version: number }>(
        `select aggregate_version as version from outbox where name = 'draft.sent' and aggregate_id = $1 order by 1`,
        [draft.id],
      )
      return rows.length === 2 ? rows.map(({ version }) => version) : undefined
    })
    expect(versions).toEqual([1, 2])
    expect((await staff().draft.list.query({ limit: 1 })).items).toMatchObject([
      { id: draft.id, itemCount: 2 },
    ])
  })
})
