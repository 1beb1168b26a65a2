import type { Sql } from '@souk/db/connect'
import { AppError, notFound } from '@souk/kernel/errors'
import { newId } from '@souk/kernel/id'
import { money } from '@souk/kernel/money'
import type { OrderContext } from '../context.ts'
import { isHeld } from '../follow-up/follow-up.ts'
import { findFollowUpOfDraft } from '../follow-up/follow-up-store.ts'
import type { Order } from '../order/order.ts'
import { findOrder, insertOrder, type NewOrder } from '../order/order-store.ts'
import type { PaymentInput } from '../order/payment-input.ts'
import { newOrder } from '../order/place-order.ts'
import { type Draft, draftState, requireOpen } from './draft.ts'
import { lockDraft, markOrdered } from './draft-store.ts'

/** A draft's discount is agreed, not a promotion of the shop that could be used up. */
const noClaim = { promotionIds: [], perCustomer: [] }

export type DraftOrdering = {
  draftId: string
  payBy: PaymentInput
  /** What was seen; nothing for what the shop places by itself. */
  expectedTotalMinor: number | undefined
  bodyHash: string
  userId: string | null
}
export type OrderedDraft =
  | { status: 'inserted'; order: Order }
  | { status: 'known'; orderId: string }
  | { status: 'changed'; draft: Draft }

/**
 * Writes the order of a draft at the prices agreed. The draft's row is locked meanwhile, so that it becomes one
 * order however often and by whom it is asked.
 */
export async function orderDraft(ctx: OrderContext, ordering: DraftOrdering): Promise<OrderedDraft> {
  return await ctx.db.transaction(async (tx) => {
    const draft = await lockDraft(tx, ordering.draftId)
    if (!draft) throw notFound('draft')
    const now = ctx.clock.now()
    if (draft.orderId !== null && draftState(draft, now) === 'ordered')
      return { status: 'known', orderId: draft.orderId }
    requireOpen(draft, now, { orExpired: false })
    const { expectedTotalMinor } = ordering
    if (expectedTotalMinor !== undefined && draft.price.totalMinor !== expectedTotalMinor)
      return { status: 'changed', draft }
    const order = await orderOf(ctx, tx, draft, ordering)
    const command = {
      caller: 'draft',
      key: `${draft.id}:${draft.attempts + 1}`,
      bodyHash: ordering.bodyHash,
      leaseSeconds: ctx.settings.placingLeaseSeconds,
    }
    const inserted = await insertOrder(tx, order, command, noClaim)
    if (!inserted) throw new AppError('UNAVAILABLE', 'Please try again.')
    await markOrdered(tx, draft.id, order.id)
    return { status: 'inserted', order: inserted }
  })
}

async function orderOf(ctx: OrderContext, tx: Sql, draft: Draft, ordering: DraftOrdering): Promise<NewOrder> {
  const followUp = await findFollowUpOfDraft(tx, draft.id)
  if (!followUp) return { ...fromDraft(ctx, draft, newId(), ordering.payBy), userId: ordering.userId }
  const origin = await findOrder(tx, followUp.originId)
  if (!origin || followUp.state !== 'started' || !isHeld(followUp)) {
    throw new AppError('INVALID_STATE', 'This cannot be paid at the moment. Please try again.', {
      details: { reason: 'follow_up_not_ready' },
    })
  }
  const { movesMinor, orderId } = followUp
  const transfer = { id: newId(), fromPaymentId: origin.paymentId, amountMinor: movesMinor }
  const payBy = movesMinor === 0 ? ordering.payBy : { ...ordering.payBy, transfer }
  // Whoever pays, it is the customer's whose order it follows.
  return { ...fromDraft(ctx, draft, orderId, payBy), userId: origin.userId }
}

function fromDraft(ctx: OrderContext, draft: Draft, id: string, payBy: PaymentInput): NewOrder {
  const { credit, transfer, ...paymentMethod } = payBy
  return newOrder(
    ctx,
    {
      id,
      items: draft.lines.map(({ sku, quantity }) => ({ sku, quantity })),
      email: draft.email,
      shippingAddress: draft.shippingAddress,
      paymentMethod,
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
    payBy,
  )
}
