import { orderChecks } from '@souk/audit/order-checks'
import { newId } from '@souk/kernel/id'
import { nobody, person } from '@souk/testing/service-harness'
import { until } from '@souk/testing/until'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type OrderHarness, orderFor, startOrderHarness } from './harness.ts'

let shop: OrderHarness
beforeAll(async () => {
  shop = await startOrderHarness()
})
afterAll(async () => await shop.stop())

const guest = () => shop.service.as(nobody)

async function placed(over: Parameters<typeof orderFor>[1] = {}, customer?: ReturnType<typeof person>) {
  const caller = customer ? shop.service.as(customer) : guest()
  const result = await caller.order.place.mutate(orderFor(shop.sku({ stock: 500 }), over))
  if (result.status !== 'placed') throw new Error(result.status)
  return result.order
}

type Ref = { id: string; accessToken: string | null }
const refOf = ({ id, accessToken }: Ref) => ({ id, orderToken: accessToken ?? undefined })
async function documentsOf(order: Ref, count = 1) {
  return await until(`${count} documents are issued`, async () => {
    const { items } = await guest().invoice.list.query(refOf(order))
    return items.length >= count ? items : undefined
  })
}

async function refund(order: { id: string }, amountMinor: number, refundedTotalMinor: number) {
  await shop.publish('payment', {
    name: 'payment.refunded',
    aggregateId: newId(),
    data: {
      paymentId: newId(),
      orderId: order.id,
      refundId: newId(),
      amountMinor,
      refundedTotalMinor,
      currency: 'EUR',
      reason: 'Scratched',
    },
  })
}

async function sequences(series: string) {
  const rows = await shop.service.sql<{ sequence: number }>(
    'select sequence from document where series = $1 order by sequence',
    [series],
  )
  return rows.map(({ sequence }) => sequence)
}
const oneTo = (count: number) => Array.from({ length: count }, (_, index) => index + 1)

describe('invoices and credit notes', () => {
  test('a hundred confirmations, twenty at a time, are numbered without a gap or a double, and announced', async () => {
    const sku = shop.sku({ stock: 1000 })
    const caller = guest()
    for (let round = 0; round < 5; round += 1) {
      const orders = await Promise.all(
        Array.from({ length: 20 }, async () => await caller.order.place.mutate(orderFor(sku))),
      )
      expect(orders.every(({ status }) => status === 'placed')).toBe(true)
    }
    await until('all are issued', async () => {
      const [row] = await shop.service.sql<{ due: number }>('select count(*)::int as due from document_due')
      return row?.due === 0 ? true : undefined
    })
    const given = await sequences('INV')
    expect(given.length).toBeGreaterThanOrEqual(100)
    expect(given).toEqual(oneTo(given.length))
    const [series] = await shop.service.sql<{ last: number }>(
      `select last from document_series where series = 'INV'`,
    )
    expect(series?.last).toBe(given.length)
    const [counted] = await shop.service.sql<{ documents: number; orders: number; events: number }>(
      `select count(*)::int as documents, count(distinct order_id)::int as orders,
         (select count(*)::int from outbox where name = 'invoice.issued') as events from document where kind = 'invoice'`,
    )
    expect(counted).toEqual({ documents: given.length, orders: given.length, events: given.length })
  })

  test('a crash before the commit leaves neither a document nor a gap', async () => {
    // A sequence counts through a rollback.
    await shop.service.sql(`
      create sequence tried;
      create function refuse_document() returns trigger language plpgsql as $$
        begin perform nextval('tried'); raise exception 'crash'; end $$;
      create trigger crash after insert on document for each row execute function refuse_document()`)
    const before = await sequences('INV')
    const order = await placed()
    await until('issuing it was tried twice', async () => {
      const [row] = await shop.service.sql<{ times: number }>('select last_value::int as times from tried')
      return row && row.times >= 2 ? row : undefined
    })
    expect(await sequences('INV')).toEqual(before)
    await shop.service.sql('drop trigger crash on document; drop function refuse_document()')
    await documentsOf(order)
    const after = await sequences('INV')
    expect(after).toEqual(oneTo(after.length))
  })

  test('shows what was bought, with the tax of each rate, and keeps saying it', async () => {
    const order = await placed({ promotionCode: 'WELCOME10' })
    const [invoice] = await documentsOf(order)
    expect(invoice).toMatchObject({ kind: 'invoice', invoiceNumber: null, total: order.totals.total })
    const [row] = await shop.service.sql<{ snapshot: Record<string, unknown> }>(
      'select snapshot from document where order_id = $1',
      [order.id],
    )
    expect(row?.snapshot).toMatchObject({
      orderNumber: order.number,
      seller: { name: 'Souk', lines: ['Market Street 1', '10115 Berlin'] },
      buyer: { name: 'Ada Guest', email: 'guest@example.test' },
      totalMinor: order.totals.total.amount,
      discountMinor: 190,
      taxes: [
        {
          rateBasisPoints: 1900,
          grossMinor: order.totals.total.amount,
          taxMinor: order.totals.tax.amount,
        },
      ],
    })
    await expect(
      shop.service.sql('update document set total_minor = 1 where order_id = $1', [order.id]),
    ).rejects.toThrow('append-only')
    await expect(shop.service.sql('delete from document where order_id = $1', [order.id])).rejects.toThrow(
      'append-only',
    )
  })

  test('the PDF is the same each time; a stranger finds neither it nor the list', async () => {
    const order = await placed()
    const [invoice] = await documentsOf(order)
    const ref = { id: invoice?.id ?? '', orderToken: order.accessToken ?? undefined }
    const [first, second] = [await guest().invoice.pdf.query(ref), await guest().invoice.pdf.query(ref)]
    expect(first).toEqual(second)
    expect(first.fileName).toBe(`${invoice?.number}.pdf`)
    expect(Buffer.from(first.base64, 'base64').subarray(0, 5).toString()).toBe('%PDF-')
    const staff = await shop.service.as(person('staff')).invoice.pdf.query({ id: ref.id })
    expect(staff.base64).toBe(first.base64)
    const missing = await guest()
      .invoice.pdf.query({ id: newId() })
      .catch((error: unknown) => error)
    for (const caller of [guest(), shop.service.as(person())]) {
      for (const orderToken of [undefined, 'x'.repeat(43)]) {
        const error = await caller.invoice.pdf
          .query({ id: ref.id, orderToken })
          .catch((caught: unknown) => caught)
        expect(String(error)).toBe(String(missing))
        await expect(caller.invoice.list.query({ id: order.id, orderToken })).rejects.toMatchObject({
          code: 'NOT_FOUND',
        })
      }
    }
    const customer = person()
    const own = await placed({}, customer)
    const [mine] = await until('it is issued', async () => {
      const { items } = await shop.service.as(customer).invoice.list.query({ id: own.id })
      return items.length > 0 ? items : undefined
    })
    await shop.service.as(customer).invoice.pdf.query({ id: mine?.id ?? '' })
    await expect(guest().invoice.pdf.query({ id: mine?.id ?? '' })).rejects.toMatchObject({
      code: 'NOT_FOUND',
    })
  })

  test('each refund makes one credit note for the invoice, and together they take back its tax', async () => {
    const order = await placed()
    const total = order.totals.total.amount
    await refund(order, 1000, 1000)
    await documentsOf(order, 2)
    await refund(order, 1000, 1000)
    await refund(order, total - 1000, total)
    const [invoice, first, second] = await documentsOf(order, 3)
    expect([first, second]).toMatchObject([
      { kind: 'credit_note', invoiceNumber: invoice?.number, total: { amount: 1000 } },
      { kind: 'credit_note', invoiceNumber: invoice?.number, total: { amount: total - 1000 } },
    ])
    const [sums] = await shop.service.sql<{ tax: number }>(
      `select sum((snapshot ->> 'taxMinor')::int)::int as tax from document where order_id = $1 and kind = 'credit_note'`,
      [order.id],
    )
    expect(sums?.tax).toBe(order.totals.tax.amount)
    const given = await sequences('CN')
    expect(given).toEqual(oneTo(given.length))
  })

  test('a cancelled order that was never paid gets its invoice taken back whole', async () => {
    const decide = shop.neighbours.decide
    shop.neighbours.decide = () => ({ status: 'authorized', action: null, failure: null })
    const order = await placed()
    shop.neighbours.decide = decide
    await guest().order.cancel.mutate(refOf(order))
    const [invoice, credit] = await documentsOf(order, 2)
    expect(credit).toMatchObject({
      kind: 'credit_note',
      invoiceNumber: invoice?.number,
      total: order.totals.total,
    })
  })

  test('an order that failed has no invoice', async () => {
    const result = await guest().order.place.mutate(
      orderFor(shop.sku(), { paymentMethod: { type: 'card', token: 'tok_declined' } }),
    )
    if (result.status !== 'payment_declined') throw new Error(result.status)
    const rows = await shop.service.sql('select 1 from document_due where order_id = $1', [result.orderId])
    expect(rows).toEqual([])
  })
})

describe('the audit of documents', () => {
  test('finds every series without a gap, and a number that is missing', async () => {
    await documentsOf(await placed())
    const check = orderChecks.find(({ id }) => id === 'I19')
    const sources = {
      sql: async <Row extends object>(_database: string, text: string) => await shop.service.sql<Row>(text),
      groups: async () => [],
      graceSeconds: 60,
    }
    const sound = await check?.run(sources)
    expect(sound?.offences).toEqual([])
    expect(sound?.looked).toBeGreaterThan(0)
    await shop.service.sql(`update document_series set last = last + 1 where series = 'INV'`)
    expect((await check?.run(sources))?.offences).toMatchObject([{ row: { series: 'INV' } }])
    await shop.service.sql(`update document_series set last = last - 1 where series = 'INV'`)
  })
})
