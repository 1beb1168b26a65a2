import { money } from '@souk/kernel/money'
import type { OrderContext } from '../context.ts'
import type { OrderEditPreview, PreviewOrderEdit } from '../contract.ts'
import { loadVisibleOrder } from '../order/access.ts'
import { viewItem, viewTotals } from '../order/view-order.ts'
import { edit } from './price-edit.ts'

/** What an edit would make of the order. Nothing is written. */
export async function previewOrderEdit(
  ctx: OrderContext,
  input: PreviewOrderEdit,
): Promise<OrderEditPreview> {
  const current = await loadVisibleOrder(ctx, input.id, undefined)
  const { order, loweredMinor } = edit(current, input.items)
  const amount = (minor: number) => money(minor, order.currency)
  return {
    items: order.lines.map((line) => viewItem(line, amount)),
    totals: viewTotals(order),
    refund: amount(loweredMinor),
  }
}
