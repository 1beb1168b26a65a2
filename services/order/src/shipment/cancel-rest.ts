import { AppError, notFound } from '@souk/kernel/errors'
import { formatMoney, money } from '@souk/kernel/money'
import { faultPoint } from '@souk/service/fault-point'
import { hashBody } from '@souk/service/idempotency'
import type { OrderContext } from '../context.ts'
import type { CancelRest, Order as OrderView } from '../contract.ts'
import { settled } from '../edit/announce-settled.ts'
import { listOf, type OrderEdit } from '../edit/edit.ts'
import { findEdit, findEditsOf, insertEdit, saveEditedLines } from '../edit/edit-store.ts'
import { settleEditInBackground } from '../edit/settle-edit.ts'
import { actorOf, loadVisibleOrder } from '../order/access.ts'
import { changeLocked } from '../order/change-order.ts'
import { findOrder } from '../order/order-store.ts'
import { loadStory } from '../order/story-store.ts'
import { viewOrder } from '../order/view-order.ts'
import { findReturnsOf } from '../return/return-store.ts'
import { withoutRest } from './rest.ts'

/**
 * Cancels what has not left of an order of which a part has: an edit that takes out all of it. With the order's
 * row locked, as for a parcel: of the two at once, one is refused. Its money follows under the edit's id.
 */
export async function cancelRest(ctx: OrderContext, input: CancelRest): Promise<OrderView> {
  const { orderToken, ...asked } = input
  await loadVisibleOrder(ctx, input.id, orderToken)
  const actor = actorOf(ctx.principal)
  const requestHash = hashBody({ rest: input.id, reason: input.reason ?? null })
  const command = { operation: 'order.cancelRest', id: input.id, input: asked }
  await changeLocked(ctx, command, async (tx, current) => {
    const known = await findEdit(tx, input.editId)
    if (known?.requestHash === requestHash) return undefined
    if (known) throw conflict('id_taken', 'This id is taken. Use a new one.')
    const returns = await findReturnsOf(tx, current.id)
    const { order, removed, loweredMinor, completes } = withoutRest(current, actor, returns)
    const edits = await findEditsOf(tx, current.id)
    if (edits.some(({ status }) => status === 'waiting' || status === 'refunding'))
      throw conflict('edit_open', 'The money of an earlier change is still on its way. Please try again.')
    if (input.expectedTotal && input.expectedTotal.amount !== order.totalMinor)
      throw conflict('total_changed', 'The order would cost something else by now. Look at it again.')
    const made: OrderEdit = {
      id: input.editId,
      orderId: current.id,
      status: loweredMinor === 0 ? 'completed' : 'refunding',
      actor: actor.name,
      note: input.reason ?? null,
      removed,
      completes,
      loweredMinor,
      movedMinor: 0,
      refundId: input.editId,
      refundProblem: null,
      requestHash,
      createdAt: ctx.clock.now(),
    }
    await insertEdit(tx, made)
    await saveEditedLines(tx, order, loweredMinor)
    return {
      order,
      announces: [
        { name: 'order.edited', editId: made.id, removed, loweredMinor, isRest: true },
        ...(made.status === 'completed' ? settled(made, null) : []),
      ],
      history: [{ type: 'rest_cancelled', actor: actor.name, note: noteOf(made, order.currency) }],
    }
  })
  faultPoint('order.rest_cancelled')
  await settleEditInBackground(ctx, input.editId)
  const order = await findOrder(ctx.db.sql, input.id)
  if (!order) throw notFound('order')
  return viewOrder(order, await loadStory(ctx.db.sql, order.id))
}

function noteOf({ removed, loweredMinor, note }: OrderEdit, currency: 'EUR'): string {
  const words = `Not sent: ${listOf(removed)} (${formatMoney(money(loweredMinor, currency))} less)`
  return note === null ? words : `${words}. ${note}`
}

function conflict(reason: string, message: string): AppError {
  return new AppError('CONFLICT', message, { details: { reason } })
}
