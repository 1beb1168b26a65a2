import { money } from '@souk/kernel/money'
import type { OrderContext } from '../context.ts'
import type { OrderEditPreview, PreviewOrderEdit } from '../contract.ts'
import { priceFollowUp } from '../follow-up/price-follow-up.ts'
import { actorOf, loadVisibleOrder } from '../order/access.ts'
import type { Order } from '../order/order.ts'
import { viewItem, viewTotals } from '../order/view-order.ts'
import { toTotals } from '../pricing/quote-order.ts'
import { type EditPlan, paidBy, planEdit } from './plan-edit.ts'

/** What an edit would make of the order. Nothing is written. */
export async function previewOrderEdit(
  ctx: OrderContext,
  input: PreviewOrderEdit,
): Promise<OrderEditPreview> {
  const current = await loadVisibleOrder(ctx, input.id, undefined)
  const plan = planEdit(current, input)
  const amount = (minor: number) => money(minor, current.currency)
  const added = plan.add.length === 0 ? null : await previewAdded(ctx, current, plan)
  return {
    items: plan.order.lines.map((line) => viewItem(line, amount)),
    totals: viewTotals(plan.order),
    refund: amount(plan.loweredMinor - (added?.moved.amount ?? 0)),
    added,
  }
}

async function previewAdded(
  ctx: OrderContext,
  current: Order,
  plan: EditPlan,
): Promise<NonNullable<OrderEditPreview['added']>> {
  const { add: lines, shippingMinor } = plan
  const { name: actor } = actorOf(ctx.principal)
  const priced = await priceFollowUp(ctx, current, { lines, shippingMinor, path: 'add', actor })
  const { movedMinor, toPayMinor } = paidBy(plan, priced.price.totalMinor)
  return {
    items: priced.lines.map(({ sku, name, optionsLabel, quantity, unitPriceMinor }) => ({
      sku,
      name,
      optionsLabel,
      quantity,
      unitPrice: money(unitPriceMinor, current.currency),
      total: money(unitPriceMinor * quantity, current.currency),
    })),
    totals: toTotals(priced.price),
    moved: money(movedMinor, current.currency),
    toPay: money(toPayMinor, current.currency),
    isCod: plan.isCod,
  }
}
