import type { Sql } from '@souk/db/connect'
import { record, shopEvent } from '@souk/events/record'
import type { DocumentSnapshot } from '@souk/invoice/snapshot'
import { newId } from '@souk/kernel/id'
import { faultPoint } from '@souk/service/fault-point'
import type { OrderContext } from '../context.ts'
import type { Order } from '../order/order.ts'
import { findOrders } from '../order/order-store.ts'
import { orderToken } from '../order/order-token.ts'
import {
  becomeIssuer,
  type Due,
  documentsOfOrders,
  insertDocuments,
  isAnythingDue,
  listDue,
  lockSeries,
  type NewDocument,
  removeDue,
  saveSeries,
} from './document-store.ts'
import { creditableMinor, creditOf, type DocumentHead, invoiceOf } from './invoice.ts'

const batch = 50
const seriesOf = { invoice: 'INV', credit_note: 'CN' } as const

/**
 * Numbers and issues what confirmed and refunded orders left due, a batch a transaction: numbers, documents
 * and events are written together or not at all, so that a crash leaves no gap.
 */
export async function issueDueDocuments(ctx: OrderContext): Promise<void> {
  if (!(await isAnythingDue(ctx.db.sql))) return
  for (;;) {
    const issued = await ctx.db.transaction(async (tx) => await issueBatch(ctx, tx))
    if (issued > 0) ctx.bus.wake()
    if (issued < batch) return
  }
}

async function issueBatch(ctx: OrderContext, tx: Sql): Promise<number> {
  if (!(await becomeIssuer(tx))) return 0
  const due = await listDue(tx, batch)
  if (due.length === 0) return 0
  const now = ctx.clock.now()
  const year = now.getUTCFullYear()
  const last = await lockSeries(tx, Object.values(seriesOf), year)
  const nextHead = (kind: DocumentSnapshot['kind']): DocumentHead => {
    const series = seriesOf[kind]
    const sequence = (last.get(series) ?? 0) + 1
    last.set(series, sequence)
    const number = `${series}-${year}-${String(sequence).padStart(6, '0')}`
    return { id: newId(), number, issuedAt: now.toISOString(), seller: ctx.settings.seller }
  }
  const made = await makeDocuments(tx, due, nextHead)
  await insertDocuments(
    tx,
    made.map(({ order, invoiceId, snapshot }) => ({
      orderId: order.id,
      invoiceId,
      series: seriesOf[snapshot.kind],
      year,
      sequence: Number(snapshot.number.split('-').at(-1)),
      snapshot,
    })),
  )
  await saveSeries(tx, last, year)
  await record(
    tx,
    made.map(({ order, snapshot }) =>
      shopEvent('invoice.issued', snapshot.id, 1, {
        orderId: order.id,
        userId: order.userId,
        accessToken: order.userId === null ? orderToken(order.id, ctx.settings.orderTokenSecret) : null,
        document: snapshot,
      }),
    ),
  )
  await removeDue(tx, due)
  faultPoint('invoice.written')
  return due.length
}

type Made = Pick<NewDocument, 'invoiceId' | 'snapshot'> & { order: Order }
type NextHead = (kind: DocumentSnapshot['kind']) => DocumentHead

async function makeDocuments(tx: Sql, due: readonly Due[], nextHead: NextHead): Promise<Made[]> {
  const ids = [...new Set(due.map((row) => row.order_id))]
  const orders = new Map((await findOrders(tx, ids)).map((order) => [order.id, order]))
  const known = await documentsOfOrders(tx, ids)
  const all: Made[] = []
  for (const row of due) {
    const order = orders.get(row.order_id)
    if (!order) continue
    const own = known.filter(({ orderId }) => orderId === order.id).map(({ snapshot }) => snapshot)
    const made =
      row.kind === 'invoice'
        ? [{ order, invoiceId: null, snapshot: invoiceOf(order, order, nextHead('invoice')) }]
        : credit(order, own, row.amount_minor ?? 0, nextHead)
    all.push(...made)
    known.push(...made.map(({ snapshot }) => ({ orderId: order.id, snapshot })))
  }
  return all
}

/** Takes the amount back from the order's invoices, oldest first, and never more than they are over. */
function credit(
  order: Order,
  own: readonly DocumentSnapshot[],
  amountMinor: number,
  nextHead: NextHead,
): Made[] {
  const made: Made[] = []
  let left = amountMinor
  for (const invoice of own.filter(({ kind }) => kind === 'invoice')) {
    const credits = own.filter(({ invoiceNumber }) => invoiceNumber === invoice.number)
    const part = Math.min(left, creditableMinor(invoice, credits))
    if (part <= 0) continue
    const snapshot = creditOf(invoice, credits, part, nextHead('credit_note'))
    made.push({ order, invoiceId: invoice.id, snapshot })
    left -= part
  }
  return made
}
