import { AppError, notFound } from '@souk/kernel/errors'
import { newId } from '@souk/kernel/id'
import { money } from '@souk/kernel/money'
import { isStaff } from '@souk/kernel/principal'
import { faultPoint } from '@souk/service/fault-point'
import { hashBody } from '@souk/service/idempotency'
import type { OrderContext } from '../context.ts'
import type { PlaceDraft, PlaceResult } from '../contract.ts'
import type { Order } from '../order/order.ts'
import { findOrder, insertOrder, type NewOrder } from '../order/order-store.ts'
import { answerFor, goOn, newOrder } from '../order/place-order.ts'
import { toTotals } from '../pricing/quote-order.ts'
import { loadVisibleDraft } from './access.ts'
import { type Draft, draftState, requireOpen } from './draft.ts'
import { lockDraft, markOrdered } from './draft-store.ts'

/** A draft's discount is agreed, not a promotion of the shop that could be used up. */
const noClaim = { promotionIds: [], perCustomer: [] }

/**
 * Makes the draft an order at the prices agreed, and takes it the way of every order. The draft's row is
 * locked while the order is written, so that it becomes one order however often and by whom it is asked:
 * whoever comes later is answered with that order.
 */
export async function placeDraft(ctx: OrderContext, input: PlaceDraft): Promise<PlaceResult> {
  await loadVisibleDraft(ctx, input)
  if (isStaff(ctx.principal) && input.paymentMethod.type !== 'cod') {
    const errors = [{ path: 'paymentMethod', message: 'Staff can order with cash on delivery only' }]
    throw new AppError('INVALID_INPUT', 'The customer pays online by the link in the mail.', {
      details: { errors },
    })
  }
  const outcome = await ctx.db.transaction(async (tx) => {
    const draft = await lockDraft(tx, input.id)
    if (!draft) throw notFound('draft')
    const now = ctx.clock.now()
    if (draftState(draft, now) === 'ordered') return { known: draft.orderId }
    requireOpen(draft, now, { orExpired: false })
    if (draft.price.totalMinor !== input.expectedTotal.amount) return { changed: draft }
    const order = orderOf(ctx, draft, input)
    const command = {
      caller: 'draft',
      key: `${draft.id}:${draft.attempts + 1}`,
      bodyHash: hashBody(input),
      leaseSeconds: ctx.settings.placingLeaseSeconds,
    }
    const inserted = await insertOrder(tx, order, command, noClaim)
    if (!inserted) throw new AppError('UNAVAILABLE', 'Please try again.')
    await markOrdered(tx, draft.id, order.id)
    return { inserted }
  })
  if (outcome.changed) return { status: 'price_changed', totals: toTotals(outcome.changed.price) }
  if (outcome.inserted) {
    faultPoint('order.inserted')
    return await answerFor(ctx, await goOn(ctx, outcome.inserted))
  }
  return await answerFor(ctx, await knownOrder(ctx, outcome.known ?? ''))
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

function orderOf(ctx: OrderContext, draft: Draft, input: PlaceDraft): NewOrder {
  const order = newOrder(
    ctx,
    {
      id: newId(),
      items: draft.lines.map(({ sku, quantity }) => ({ sku, quantity })),
      email: draft.email,
      shippingAddress: draft.shippingAddress,
      paymentMethod: input.paymentMethod,
    },
    {
      items: draft.lines.map((line, index) => {
        const priced = draft.price.lines[index]
        if (!priced) throw new Error(`Line ${index} of draft ${draft.number} has no price`)
        const { sku, ...amounts } = priced
        return {
          ...amounts,
          sku,
          quantity: line.quantity,
          variant: { ...line, unitPrice: money(line.unitPriceMinor, draft.currency) },
        }
      }),
      price: draft.price,
      shipping: draft.shippingMethod,
    },
  )
  // Staff order for the customer, not for themselves.
  return isStaff(ctx.principal) ? { ...order, userId: null } : order
}
