import { AppError } from '@souk/kernel/errors'
import { formatMoney, money } from '@souk/kernel/money'
import { faultPoint } from '@souk/service/fault-point'
import { hashBody } from '@souk/service/idempotency'
import type { OrderContext } from '../context.ts'
import type { EditOrder, Order as OrderView } from '../contract.ts'
import { actorOf } from '../order/access.ts'
import { changeLocked } from '../order/change-order.ts'
import { loadStory } from '../order/story-store.ts'
import { viewOrder } from '../order/view-order.ts'
import type { OrderEdit } from './edit.ts'
import { findEdit, findEditsOf, insertEdit, saveEditedLines } from './edit-store.ts'
import { edit } from './price-edit.ts'
import { settleEditInBackground } from './settle-edit.ts'

/**
 * Takes pieces out of an order that has not left. Lines, totals, the credit note that is due and the event
 * that brings the pieces back are one transaction; the money follows under the edit's id, which a job goes
 * on with if this process dies.
 */
export async function editOrder(ctx: OrderContext, input: EditOrder): Promise<OrderView> {
  const actor = actorOf(ctx.principal)
  const { id, editId, ...asked } = input
  const requestHash = hashBody({ id, items: input.items, note: input.note ?? null })
  const command = { operation: 'order.edit', id, input: { editId, ...asked } }
  const order = await changeLocked(ctx, command, async (tx, current) => {
    const known = await findEdit(tx, editId)
    if (known) {
      if (known.orderId === id && known.requestHash === requestHash) return undefined
      throw conflict('id_taken', 'This edit’s id is taken. Use a new one.')
    }
    if ((await findEditsOf(tx, id)).some(({ status }) => status === 'refunding'))
      throw conflict('edit_open', 'The money of an earlier edit is still on its way back. Please try again.')
    const { order: edited, removed, loweredMinor } = edit(current, input.items)
    const { expectedTotal } = input
    if (expectedTotal && expectedTotal.amount !== edited.totalMinor)
      throw conflict('total_changed', 'The order would cost something else by now. Look at it again.')
    const made: OrderEdit = {
      id: editId,
      orderId: id,
      status: loweredMinor === 0 ? 'completed' : 'refunding',
      actor: actor.name,
      note: input.note ?? null,
      removed,
      loweredMinor,
      refundId: editId,
      refundProblem: null,
      requestHash,
      createdAt: ctx.clock.now(),
    }
    await insertEdit(tx, made)
    await saveEditedLines(tx, edited, loweredMinor)
    return {
      order: edited,
      announces: [{ name: 'order.edited', editId, removed, loweredMinor }],
      history: [{ type: 'edited', actor: actor.name, note: noteOf(made, edited.currency) }],
    }
  })
  faultPoint('order.edited')
  await settleEditInBackground(ctx, editId)
  return viewOrder(order, await loadStory(ctx.db.sql, order.id))
}

function noteOf({ removed, loweredMinor, note }: OrderEdit, currency: 'EUR'): string {
  const list = removed.map(
    ({ quantity, name, optionsLabel }) =>
      `${quantity} × ${[name, optionsLabel].filter((part) => part !== '').join(', ')}`,
  )
  const words = `Taken out: ${list.join('; ')} (${formatMoney(money(loweredMinor, currency))} less)`
  return note === null ? words : `${words}. ${note}`
}

function conflict(reason: string, message: string): AppError {
  return new AppError('CONFLICT', message, { details: { reason } })
}
