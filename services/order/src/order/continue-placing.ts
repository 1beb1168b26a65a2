import type { CommitResult } from '@souk/inventory/contract'
import { isAppError } from '@souk/kernel/errors'
import type { PaymentState } from '@souk/payment/contract'
import { faultPoint } from '@souk/service/fault-point'
import type { OrderContext } from '../context.ts'
import { notePromises } from '../promise/note-promises.ts'
import { eventsOf } from './events.ts'
import { awaitPayment, type Change, confirm, fail, isBeingPlaced, type Order } from './order.ts'
import { findOrder, saveChange } from './order-store.ts'
import { hashOrderToken, orderToken } from './order-token.ts'
import { isOverdue, noteStep } from './placing.ts'

/**
 * Takes an order that is being placed as far as it goes now. Every step carries the order's or the
 * payment's id and can be repeated: reserve and commit at inventory, start at payment. What the provider
 * did is asked, never guessed. Safe beside another instance doing the same: one of them saves.
 */
export async function continuePlacing(ctx: OrderContext, placed: Order): Promise<Order> {
  if (!isBeingPlaced(placed)) return placed
  const isLate = (['reserve', 'pay'] as const).some((step) => isOverdue(placed, step, ctx.clock.now()))
  if (isLate) return await giveUp(ctx, placed)
  const reserved = await ctx.inventory.stock.reserve.mutate({
    orderId: placed.id,
    lines: placed.lines.map(({ sku, quantity }) => ({ sku, quantity })),
    ttlSeconds: ctx.settings.reservationSeconds,
  })
  faultPoint('order.reserved')
  const held = noteStep(placed, 'reserve', reserved.status, ctx.clock.now())
  if (reserved.status === 'out_of_stock') {
    return await save(ctx, fail(held, 'Out of stock', reserved, null))
  }
  if (reserved.status === 'ended' && reserved.as !== 'committed') return await giveUp(ctx, held)
  const payment = await pay(ctx, held)
  faultPoint('order.paid')
  const order = noteStep(held, 'pay', payment.status, ctx.clock.now())
  switch (payment.status) {
    case 'captured':
    case 'authorized':
      return await commitAndConfirm(ctx, order, payment)
    case 'declined':
    case 'expired':
    case 'voided':
      return await save(ctx, refusedPayment(order, payment))
    case 'created':
    case 'unknown':
    case 'requires_action':
      if (reserved.status === 'reserved') await holdLonger(ctx, order.id, reserved.expiresAt)
      return hasNews(order, payment) ? await save(ctx, awaitPayment(order, payment, ctx.clock.now())) : order
  }
}

/** A payment that takes its time at the provider keeps its goods. Inventory bounds how long in all, and decides at the row. */
async function holdLonger(ctx: OrderContext, orderId: string, expiresAt: string): Promise<void> {
  const ttlSeconds = ctx.settings.reservationSeconds
  const leftMs = Date.parse(expiresAt) - ctx.clock.now().getTime()
  if (leftMs * 2 < ttlSeconds * 1000) await ctx.inventory.stock.extend.mutate({ orderId, ttlSeconds })
}

async function pay(ctx: OrderContext, order: Order): Promise<PaymentState> {
  if (order.paymentInput === null) return await ctx.payment.payment.sync.mutate({ id: order.paymentId })
  const { credit, transfer, ...method } = order.paymentInput
  return await ctx.payment.payment.start.mutate({
    id: order.paymentId,
    orderId: order.id,
    amount: { amount: order.totalMinor, currency: order.currency },
    method,
    ...(credit ? { credit } : {}),
    ...(transfer ? { transfer } : {}),
    captureMode: ctx.settings.captureAt === 'shipment' ? 'manual' : 'automatic',
    userId: order.userId,
    orderTokenHash:
      order.userId === null ? hashOrderToken(orderToken(order.id, ctx.settings.orderTokenSecret)) : null,
    returnUrl: `${ctx.settings.webUrl}/orders/${order.id}`,
  })
}

async function commitAndConfirm(ctx: OrderContext, order: Order, payment: PaymentState): Promise<Order> {
  const sale = isOverdue(order, 'commit', ctx.clock.now())
    ? await earlierSale(ctx, order.id)
    : await ctx.inventory.stock.commit.mutate({ orderId: order.id })
  faultPoint('order.committed')
  const sold = noteStep(order, 'commit', sale.status, ctx.clock.now())
  if (sale.status === 'gone') {
    // Paid after the reservation had ended: payment gives the money back when it hears of the failure.
    return await save(
      ctx,
      fail(sold, 'The goods were no longer reserved when the payment came', soldOut(order), payment),
    )
  }
  const promised = await notePromises(ctx, sold, sale.promised)
  return await save(ctx, confirm(promised, payment, ctx.clock.now()))
}

/** Past its time nothing is sold any more, but a sale whose answer was lost stands. */
async function earlierSale(ctx: OrderContext, orderId: string): Promise<CommitResult> {
  const reservation = await ctx.inventory.stock.reservation.query({ orderId })
  if (reservation?.status !== 'committed') return { status: 'gone' }
  const promised = reservation.backorders.map(({ sku, quantity }) => ({ sku, quantity, expectedOn: null }))
  return { status: 'committed', promised }
}

/**
 * The time for holding the goods or for paying is over. What payment did is asked first: who has paid goes
 * on. Payment ends what is open, or gives back what comes late, when it hears of the failure.
 */
async function giveUp(ctx: OrderContext, order: Order): Promise<Order> {
  const payment = await askForPayment(ctx, order.paymentId)
  if (!payment) return await save(ctx, fail(order, notPaidInTime, notPaid, null))
  const asked = noteStep(order, 'pay', payment.status, ctx.clock.now())
  if (payment.status === 'captured' || payment.status === 'authorized') {
    return await commitAndConfirm(ctx, asked, payment)
  }
  const isRefused = ['declined', 'expired', 'voided'].includes(payment.status)
  return await save(
    ctx,
    isRefused ? refusedPayment(asked, payment) : fail(asked, notPaidInTime, notPaid, payment),
  )
}

/** Nothing when payment never heard of it. */
async function askForPayment(ctx: OrderContext, id: string): Promise<PaymentState | null> {
  try {
    return await ctx.payment.payment.sync.mutate({ id })
  } catch (error) {
    if (isAppError(error, 'NOT_FOUND')) return null
    throw error
  }
}

const notPaidInTime = 'The payment was not completed in time'
const notPaid = { status: 'payment_declined', message: 'The payment was not completed in time.' } as const

function refusedPayment(order: Order, payment: PaymentState): Change {
  const message = payment.failure?.message ?? 'The payment was declined.'
  return fail(order, message, { status: 'payment_declined', message }, payment)
}

function soldOut(order: Order) {
  const lines = order.lines.map(({ sku, quantity }) => ({ sku, requested: quantity, available: 0 }))
  return { status: 'out_of_stock', lines } as const
}

function hasNews(order: Order, payment: PaymentState): boolean {
  return order.payment?.status !== payment.status || order.paymentInput !== null || order.placedAt === null
}

/** Saves, or finds out what somebody else saved meanwhile. */
async function save(ctx: OrderContext, change: Change): Promise<Order> {
  const events = eventsOf(change.order, change.announces, ctx.settings.orderTokenSecret)
  const saved = await saveChange(ctx.db.sql, change, events)
  faultPoint('order.saved')
  ctx.bus.wake()
  return saved ?? (await findOrder(ctx.db.sql, change.order.id)) ?? change.order
}
