import { notFound } from '@souk/kernel/errors'
import { newId } from '@souk/kernel/id'
import type { z } from 'zod'
import type { OrderContext } from '../context.ts'
import type { Order as OrderView, RetryOrderEdit } from '../contract.ts'
import { actorOf } from '../order/access.ts'
import { changeLocked } from '../order/change-order.ts'
import { loadStory } from '../order/story-store.ts'
import { viewOrder } from '../order/view-order.ts'
import { moveEdit } from './edit.ts'
import { findEdit, saveEdit } from './edit-store.ts'
import { settleEditInBackground } from './settle-edit.ts'

/** Asks for the money of an edit again, after it was refused. */
export async function retryOrderEdit(
  ctx: OrderContext,
  input: z.output<typeof RetryOrderEdit>,
): Promise<OrderView> {
  const actor = actorOf(ctx.principal)
  const command = { operation: 'order.edit.retry', id: input.id, input }
  const order = await changeLocked(ctx, command, async (tx, current) => {
    const edit = await findEdit(tx, input.editId)
    if (edit?.orderId !== current.id) throw notFound('edit')
    const refunding = moveEdit(edit, 'refunding')
    await saveEdit(tx, { ...refunding, refundId: newId(), refundProblem: null })
    return {
      order: current,
      announces: [],
      history: [{ type: 'edit_refund_retried', actor: actor.name, note: null }],
    }
  })
  await settleEditInBackground(ctx, input.editId)
  return viewOrder(order, await loadStory(ctx.db.sql, order.id))
}
