import { money } from '@souk/kernel/money'
import type { z } from 'zod'
import type { OrderContext } from '../context.ts'
import type { OrderEditPreview, OrderRef } from '../contract.ts'
import { actorOf, loadVisibleOrder } from '../order/access.ts'
import { viewItem, viewTotals } from '../order/view-order.ts'
import { findReturnsOf } from '../return/return-store.ts'
import { withoutRest } from './rest.ts'

/** What the order becomes when what has not left is cancelled. Nothing is written. */
export async function previewRest(
  ctx: OrderContext,
  input: z.output<typeof OrderRef>,
): Promise<OrderEditPreview> {
  const current = await loadVisibleOrder(ctx, input.id, input.orderToken)
  const returns = await findReturnsOf(ctx.db.sql, current.id)
  const { order, loweredMinor } = withoutRest(current, actorOf(ctx.principal), returns)
  const amount = (minor: number) => money(minor, order.currency)
  return {
    items: order.lines.map((line) => viewItem(line, amount)),
    totals: viewTotals(order),
    refund: amount(loweredMinor),
    added: null,
  }
}
