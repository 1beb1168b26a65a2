import { AppError } from '@souk/kernel/errors'
import type { OrderContext } from '../context.ts'
import type { Order, RequestReturn } from '../contract.ts'
import { quoteWanted, variantOf, wishesOf } from '../exchange/quote-wanted.ts'
import { actorOf, loadVisibleOrder } from '../order/access.ts'
import { changeLocked } from '../order/change-order.ts'
import { loadStory } from '../order/story-store.ts'
import { viewOrder } from '../order/view-order.ts'
import { wordsOf } from '../shipment/shipment.ts'
import { isSameRequest, refOf, request } from './return.ts'
import { findReturn, insertReturn } from './return-store.ts'
import { returnableOf } from './returnable.ts'

/** For the customer, a guest with the order's key, or staff on their behalf. The same return again changes nothing. */
export async function requestReturn(ctx: OrderContext, input: RequestReturn): Promise<Order> {
  const { orderToken, ...asked } = input
  const seen = await loadVisibleOrder(ctx, input.id, orderToken)
  const actor = actorOf(ctx.principal)
  const wanted = await quoteWanted(ctx, seen, wishesOf(input.lines), {
    isSameProduct: actor.kind === 'customer',
  })
  const note = input.note ?? null
  const command = { operation: 'return.request', id: input.id, input: asked }
  const order = await changeLocked(ctx, command, async (tx, current) => {
    const known = await findReturn(tx, input.returnId)
    if (known) {
      if (isSameRequest(known, { ...input, orderId: current.id, note })) return undefined
      throw new AppError('CONFLICT', 'This return’s id is taken. Use a new one.', {
        details: { reason: 'id_taken' },
      })
    }
    const returnable = returnableOf(current, await loadStory(tx, current.id))
    const lines = request(current, actor, input.lines, returnable)
    await insertReturn(tx, {
      id: input.returnId,
      orderId: current.id,
      requestedBy: actor.kind === 'staff' ? 'staff' : 'customer',
      reason: input.reason,
      note,
      lines: lines.map((line) => {
        const wish = wanted.find(({ sku }) => sku === line.sku)
        return { ...line, exchangeFor: wish ? variantOf(wish.wanted) : null }
      }),
    })
    const inserted = await findReturn(tx, input.returnId)
    if (!inserted) throw new Error('The return was not written')
    const words = `${inserted.number}: ${wordsOf(current, lines)}`
    return {
      order: current,
      announces: [{ name: 'order.return_requested', source: refOf(inserted), lines }],
      history: [{ type: 'return_requested', actor: actor.name, note: words }],
    }
  })
  return viewOrder(order, await loadStory(ctx.db.sql, order.id))
}
