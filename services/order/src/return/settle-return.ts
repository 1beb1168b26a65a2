import { isAppError } from '@souk/kernel/errors'
import { money } from '@souk/kernel/money'
import { faultPoint } from '@souk/service/fault-point'
import { backgroundScope, runInRequest } from '@souk/service/request'
import type { OrderContext } from '../context.ts'
import { changeWhileLocked } from '../order/change-order.ts'
import { type Order, system } from '../order/order.ts'
import { findOrder } from '../order/order-store.ts'
import { moveReturn, refOf } from './return.ts'
import { claimRefunding, findReturn, saveReturn } from './return-store.ts'

const batch = 20

/** Goes on with refunds whose answer did not come, or whose process died. */
export async function sweepReturns(ctx: OrderContext): Promise<void> {
  for (;;) {
    const ids = await claimRefunding(ctx.db.sql, batch)
    await Promise.all(ids.map(async (id) => await settleInBackground(ctx, id)))
    if (ids.length < batch) return
  }
}

/** As this service, with no key of a person's request: payment knows the refund by its id. */
export async function settleInBackground(ctx: OrderContext, returnId: string): Promise<void> {
  await runInRequest(backgroundScope('order', returnId), async () => {
    try {
      await settleReturn(ctx, returnId)
    } catch (error) {
      ctx.log.warn({ err: error, returnId }, 'the refund of a return will be asked about again')
    }
  })
}

async function settleReturn(ctx: OrderContext, returnId: string): Promise<void> {
  const current = await findReturn(ctx.db.sql, returnId)
  if (current?.status !== 'refunding' || current.refundId === null || current.refundMinor === null) return
  const order = await findOrder(ctx.db.sql, current.orderId)
  if (!order) return
  const outcome = await askForRefund(ctx, order, {
    id: current.refundId,
    paymentId: order.paymentId,
    amount: money(current.refundMinor, order.currency),
    reason: `Return ${current.number}`,
    ...(current.refundTo === 'original' ? {} : { to: current.refundTo }),
    ...(current.refundTo === 'gift_card' ? { recipientEmail: order.email } : {}),
  })
  faultPoint('return.refund_asked')
  if (outcome.status === 'open') return
  await end(ctx, { returnId, refundId: current.refundId, orderId: order.id }, outcome)
}

type Outcome = { status: 'open' } | { status: 'succeeded' } | { status: 'failed'; message: string }
type Asked = Parameters<OrderContext['payment']['payment']['refund']['mutate']>[0]

/** Whatever is not a clear yes or no stays open and is asked again under the same id. */
async function askForRefund(ctx: OrderContext, order: Order, asked: Asked): Promise<Outcome> {
  try {
    const { status } = await ctx.payment.payment.refund.mutate(asked)
    if (status === 'succeeded') return { status }
    if (status === 'failed') return { status, message: 'The payment provider refused the refund.' }
    return { status: 'open' }
  } catch (error) {
    const isRefusal =
      isAppError(error) && ['INVALID_INPUT', 'INVALID_STATE', 'NOT_FOUND'].includes(error.code)
    if (isRefusal && error.details.isHeld === true && isMoneyDue(order)) return { status: 'open' }
    if (isRefusal) return { status: 'failed', message: error.message }
    throw error
  }
}

/** All has arrived, so the money is being taken: payment may only not have heard of it yet. */
function isMoneyDue({ status }: Order): boolean {
  return status === 'delivered' || status === 'partially_returned' || status === 'returned'
}

async function end(
  ctx: OrderContext,
  ids: { returnId: string; refundId: string; orderId: string },
  outcome: Exclude<Outcome, { status: 'open' }>,
): Promise<void> {
  await ctx.db.transaction(async (tx) => {
    await changeWhileLocked(tx, ids.orderId, ctx.settings.orderTokenSecret, async (_, order) => {
      const current = await findReturn(tx, ids.returnId)
      // Somebody else was told of the outcome first.
      if (current?.status !== 'refunding' || current.refundId !== ids.refundId) return undefined
      const source = refOf(current)
      if (outcome.status === 'succeeded') {
        await saveReturn(tx, moveReturn(current, 'completed', 'system'))
        return {
          order,
          announces: [{ name: 'order.return_completed', source }],
          history: [{ type: 'return_completed', actor: system.name, note: current.number }],
        }
      }
      await saveReturn(tx, {
        ...moveReturn(current, 'received', 'system'),
        refundMinor: null,
        shippingMinor: null,
        refundId: null,
        refundProblem: outcome.message,
      })
      return {
        order,
        announces: [{ name: 'order.return_refund_failed', source }],
        history: [
          { type: 'return_refund_failed', actor: system.name, note: `${current.number}: ${outcome.message}` },
        ],
      }
    })
  })
  ctx.bus.wake()
}
