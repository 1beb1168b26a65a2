import { AppError } from '@souk/kernel/errors'
import { isStaff } from '@souk/kernel/principal'
import { faultPoint } from '@souk/service/fault-point'
import { hashBody } from '@souk/service/idempotency'
import type { OrderContext } from '../context.ts'
import type { PlaceDraft, PlaceResult } from '../contract.ts'
import { continueFollowUp, continueFollowUpInBackground } from '../follow-up/continue-follow-up.ts'
import type { FollowUp } from '../follow-up/follow-up.ts'
import { findFollowUpOfDraft } from '../follow-up/follow-up-store.ts'
import type { Order } from '../order/order.ts'
import { findOrder } from '../order/order-store.ts'
import { answerFor, goOn } from '../order/place-order.ts'
import { toTotals } from '../pricing/quote-order.ts'
import { loadVisibleDraft } from './access.ts'
import { orderDraft } from './order-draft.ts'

/** Makes the draft an order and takes it the way of every order. Whoever comes later is answered with that order. */
export async function placeDraft(ctx: OrderContext, input: PlaceDraft): Promise<PlaceResult> {
  const draft = await loadVisibleDraft(ctx, input)
  const followUp = await findFollowUpOfDraft(ctx.db.sql, draft.id)
  const { principal } = ctx
  const isForCustomer = isStaff(principal)
  if (isForCustomer && input.paymentMethod.type !== 'cod')
    throw notThisWay(
      'The customer pays online by the link in the mail.',
      'Staff can order with cash on delivery only',
    )
  if (followUp) {
    assertPaidOnline(followUp, input)
    // After a refused payment the goods are held again before the next one begins.
    await continueFollowUp(ctx, followUp.id)
  }
  const outcome = await orderDraft(ctx, {
    draftId: draft.id,
    payBy: input.paymentMethod,
    expectedTotalMinor: input.expectedTotal.amount,
    bodyHash: hashBody(input),
    // Staff order for the customer, not for themselves.
    userId: principal.kind === 'user' && !isForCustomer ? principal.userId : null,
  })
  if (outcome.status === 'changed') return { status: 'price_changed', totals: toTotals(outcome.draft.price) }
  if (outcome.status === 'known') return await answerFor(ctx, await knownOrder(ctx, outcome.orderId))
  faultPoint('order.inserted')
  const placed = await goOn(ctx, outcome.order)
  if (followUp) await continueFollowUpInBackground(ctx, followUp.id)
  return await answerFor(ctx, placed)
}

/** What is beside money of another order is paid at once, so that both parts are secured together. */
function assertPaidOnline({ movesMinor }: FollowUp, { paymentMethod }: PlaceDraft): void {
  if (movesMinor === 0 || paymentMethod.type !== 'cod') return
  throw notThisWay('A part of this is paid already. Please pay the rest online.', 'Pay online')
}

function notThisWay(sentence: string, message: string): AppError {
  return new AppError('INVALID_INPUT', sentence, {
    details: { errors: [{ path: 'paymentMethod', message }] },
  })
}

/** The order that the draft became, for whoever may see it: the link alone opens no other customer's order. */
async function knownOrder(ctx: OrderContext, id: string): Promise<Order> {
  const order = await findOrder(ctx.db.sql, id)
  const { principal } = ctx
  const isOwn = order?.userId === null || (principal.kind === 'user' && principal.userId === order?.userId)
  if (order && (isOwn || isStaff(principal))) return order
  throw new AppError('INVALID_STATE', 'This draft has been ordered.', {
    details: { reason: 'draft_ordered' },
  })
}
