import type { Sql } from '@souk/db/connect'
import { AppError, isAppError, notFound } from '@souk/kernel/errors'
import type { Money } from '@souk/kernel/money'
import { faultPoint } from '@souk/service/fault-point'
import { hashBody } from '@souk/service/idempotency'
import type { OrderContext } from '../context.ts'
import type { EditOrder, Order as OrderView } from '../contract.ts'
import { findDraft } from '../draft/draft-store.ts'
import { continueFollowUpInBackground } from '../follow-up/continue-follow-up.ts'
import { dropFollowUp } from '../follow-up/drop-follow-up.ts'
import type { FollowUp } from '../follow-up/follow-up.ts'
import { openFollowUp } from '../follow-up/open-follow-up.ts'
import { offerDays, promiseFollowUp, startFollowUp } from '../follow-up/start-follow-up.ts'
import { actorOf, loadVisibleOrder } from '../order/access.ts'
import { changeLocked } from '../order/change-order.ts'
import { findOrder } from '../order/order-store.ts'
import { loadStory } from '../order/story-store.ts'
import { viewOrder } from '../order/view-order.ts'
import { noteOfEdit, type OrderEdit } from './edit.ts'
import { findEdit, findEditsOf, insertEdit, isInvoiceDue, saveEditedLines } from './edit-store.ts'
import { type EditPlan, planEdit } from './plan-edit.ts'
import { settleEditInBackground } from './settle-edit.ts'

/**
 * Changes an order that has not left. What is taken out, the totals, the credit note that is due and the event
 * that brings the pieces back are one transaction; what is added is an order that follows from it, whose goods
 * are held before anything is promised. The money follows under the edit's id, which a job goes on with if this
 * process dies.
 */
export async function editOrder(ctx: OrderContext, input: EditOrder): Promise<OrderView> {
  const held = input.add?.length ? await holdWhatIsAdded(ctx, input) : undefined
  try {
    await changeOrder(ctx, input)
  } catch (error) {
    // A repeat that came too early must not take away what the first request is about to promise.
    const isRepeat = isAppError(error) && error.details?.reason === 'idempotency_in_flight'
    if (held && isAppError(error) && !isRepeat) await dropFollowUp(ctx, held)
    throw error
  }
  faultPoint('order.edited')
  if (held) await continueFollowUpInBackground(ctx, input.editId)
  await settleEditInBackground(ctx, input.editId)
  const order = await findOrder(ctx.db.sql, input.id)
  if (!order) throw notFound('order')
  return viewOrder(order, await loadStory(ctx.db.sql, order.id))
}

async function holdWhatIsAdded(ctx: OrderContext, input: EditOrder): Promise<FollowUp | undefined> {
  if (await findEdit(ctx.db.sql, input.editId)) return undefined
  const origin = await loadVisibleOrder(ctx, input.id, undefined)
  const { add: lines, shippingMinor } = planEdit(origin, input)
  return await openFollowUp(ctx, {
    id: input.editId,
    kind: 'addition',
    origin,
    lines,
    shippingMinor,
    holdDays: offerDays + 1,
    note: null,
    path: 'add',
  })
}

async function changeOrder(ctx: OrderContext, input: EditOrder): Promise<void> {
  const actor = actorOf(ctx.principal)
  const { id, editId, ...asked } = input
  const requestHash = hashBody({ id, items: input.items, add: input.add ?? [], note: input.note ?? null })
  const command = { operation: 'order.edit', id, input: { editId, ...asked } }
  await changeLocked(ctx, command, async (tx, current) => {
    const known = await findEdit(tx, editId)
    if (known) {
      if (known.orderId === id && known.requestHash === requestHash) return undefined
      throw conflict('id_taken', 'This edit’s id is taken. Use a new one.')
    }
    if ((await findEditsOf(tx, id)).some(({ status }) => status === 'waiting' || status === 'refunding'))
      throw conflict('edit_open', 'The money of an earlier edit is still on its way. Please try again.')
    const plan = planEdit(current, input)
    if (plan.order.lines.length === 0 && (await isInvoiceDue(tx, id)))
      throw conflict(
        'invoice_due',
        'The invoice of this order is being written. Please try again in a moment.',
      )
    assertSeen(input.expectedTotal, plan.order.totalMinor)
    const made: OrderEdit = {
      id: editId,
      orderId: id,
      status: plan.loweredMinor === 0 ? 'completed' : 'refunding',
      actor: actor.name,
      note: input.note ?? null,
      removed: plan.removed,
      completes: null,
      loweredMinor: plan.loweredMinor,
      movedMinor: 0,
      refundId: editId,
      refundProblem: null,
      requestHash,
      createdAt: ctx.clock.now(),
    }
    const added = plan.add.length === 0 ? undefined : await startAdded(ctx, tx, editId, plan)
    assertSeen(input.expectedToPay, added?.toPayMinor ?? 0)
    const waits = added && (added.movedMinor > 0 || plan.order.lines.length === 0)
    await insertEdit(tx, waits && made.loweredMinor > 0 ? { ...made, status: 'waiting' } : made)
    await saveEditedLines(tx, plan.order, plan.loweredMinor)
    return {
      order: plan.order,
      announces: [
        { name: 'order.edited', editId, removed: plan.removed, loweredMinor: plan.loweredMinor, added },
        ...(added?.announces ?? []),
      ],
      history: [{ type: 'edited', actor: actor.name, note: noteOfEdit(made, added, plan.order.currency) }],
    }
  })
}

/** Promised and started in one: the order's money may pay for it at once. */
async function startAdded(ctx: OrderContext, tx: Sql, editId: string, plan: EditPlan) {
  const now = ctx.clock.now()
  const promised = await promiseFollowUp(tx, editId, now)
  const { movableMinor, isCod } = plan
  const tokenSecret = ctx.settings.orderTokenSecret
  const { followUp, announces } = await startFollowUp(tx, editId, { movableMinor, isCod, tokenSecret, now })
  const draft = await findDraft(tx, promised.draftId)
  if (!draft) throw new Error(`Follow-up ${editId} has no draft`)
  return {
    pieces: draft.lines.map(({ sku, name, optionsLabel, quantity }) => ({
      sku,
      name,
      optionsLabel,
      quantity,
    })),
    movedMinor: followUp.movesMinor,
    toPayMinor: draft.price.totalMinor - followUp.movesMinor,
    isCod,
    announces,
  }
}

function assertSeen(expected: Money | undefined, actualMinor: number): void {
  if (expected !== undefined && expected.amount !== actualMinor)
    throw conflict('total_changed', 'The order would cost something else by now. Look at it again.')
}

function conflict(reason: string, message: string): AppError {
  return new AppError('CONFLICT', message, { details: { reason } })
}
