import { isAppError } from '@souk/kernel/errors'
import { money } from '@souk/kernel/money'
import { faultPoint } from '@souk/service/fault-point'
import { backgroundScope, runInRequest } from '@souk/service/request'
import type { OrderContext } from '../context.ts'
import { changeWhileLocked } from '../order/change-order.ts'
import { system } from '../order/order.ts'
import { findOrder } from '../order/order-store.ts'
import { settled } from './announce-settled.ts'
import { moveEdit } from './edit.ts'
import { claimRefundingEdits, findEdit, saveEdit } from './edit-store.ts'

const batch = 20

/** Goes on with edits whose money nobody has heard of, or whose process died. */
export async function sweepEdits(ctx: OrderContext): Promise<void> {
  for (;;) {
    const ids = await claimRefundingEdits(ctx.db.sql, batch)
    await Promise.all(ids.map(async (id) => await settleEditInBackground(ctx, id)))
    if (ids.length < batch) return
  }
}

/** As this service, with no key of a person's request: payment knows the edit by its id. */
export async function settleEditInBackground(ctx: OrderContext, editId: string): Promise<void> {
  await runInRequest(backgroundScope('order', editId), async () => {
    try {
      await settleEdit(ctx, editId)
    } catch (error) {
      ctx.log.warn({ err: error, editId }, 'the money of an edit will be asked about again')
    }
  })
}

async function settleEdit(ctx: OrderContext, editId: string): Promise<void> {
  const edit = await findEdit(ctx.db.sql, editId)
  if (edit?.status !== 'refunding') return
  const order = await findOrder(ctx.db.sql, edit.orderId)
  if (!order) return
  const outcome = await askPayment(ctx, {
    id: edit.refundId,
    firstId: edit.id,
    paymentId: order.paymentId,
    amount: money(edit.loweredMinor - edit.movedMinor, order.currency),
    reason: `Order ${order.number} was changed`,
  })
  faultPoint('edit.refund_asked')
  if (outcome.status === 'open') return
  // Payment gives back all of an order that is over, with or without this edit's part.
  const problem = outcome.status === 'failed' && order.status !== 'cancelled' ? outcome.message : null
  await end(ctx, { editId, orderId: order.id, refundId: edit.refundId }, problem)
}

type Outcome = { status: 'open' } | { status: 'done' } | { status: 'failed'; message: string }
type Asked = Parameters<OrderContext['payment']['payment']['lower']['mutate']>[0]

/** Whatever is not a clear yes or no stays open and is asked again under the same id. */
async function askPayment(ctx: OrderContext, asked: Asked): Promise<Outcome> {
  try {
    const { status } = await ctx.payment.payment.lower.mutate(asked)
    if (status === 'succeeded' || status === 'lowered') return { status: 'done' }
    if (status === 'failed') return { status, message: 'The payment provider refused the refund.' }
    return { status: 'open' }
  } catch (error) {
    const isRefusal =
      isAppError(error) && ['INVALID_INPUT', 'INVALID_STATE', 'NOT_FOUND'].includes(error.code)
    if (isRefusal) return { status: 'failed', message: error.message }
    throw error
  }
}

async function end(
  ctx: OrderContext,
  ids: { editId: string; orderId: string; refundId: string },
  problem: string | null,
): Promise<void> {
  await ctx.db.transaction(async (tx) => {
    await changeWhileLocked(tx, ids.orderId, ctx.settings.orderTokenSecret, async (_, order) => {
      const edit = await findEdit(tx, ids.editId)
      // Somebody else was told of the outcome first.
      if (edit?.status !== 'refunding' || edit.refundId !== ids.refundId) return undefined
      const moved = moveEdit(edit, problem === null ? 'completed' : 'refund_failed')
      await saveEdit(tx, { ...moved, refundProblem: problem })
      return {
        order,
        announces: settled(edit, problem),
        history: problem === null ? [] : [{ type: 'edit_refund_failed', actor: system.name, note: problem }],
      }
    })
  })
  ctx.bus.wake()
}
