import type { Order } from '@souk/order/contract'
import { isPartShipped } from './parcel-rules.ts'

/** Why pieces cannot be taken out now, if there is a reason. The order service has the last word. */
export function whyNoEdit(order: Order): string | undefined {
  if (order.status !== 'confirmed' && order.status !== 'processing')
    return 'Only an order that was not sent yet can be edited'
  if (isPartShipped(order)) return 'A part of the order is on its way'
  if (order.refunded.amount > 0) return 'Money of this order was refunded already'
  if (order.edits.some(({ status }) => status === 'waiting' || status === 'refunding'))
    return 'An edit is still being settled'
  return undefined
}

/** The lines that stay, in the order of the lines. */
export function remainingItems(
  order: Pick<Order, 'items'>,
  kept: Readonly<Record<string, number>>,
): { sku: string; quantity: number }[] {
  return order.items
    .map(({ sku, quantity }) => ({ sku, quantity: Math.min(kept[sku] ?? quantity, quantity) }))
    .filter(({ quantity }) => quantity > 0)
}

/** Why these pieces are not an edit. */
export function whyNotThese(
  order: Pick<Order, 'items'>,
  remaining: readonly { quantity: number }[],
): string | undefined {
  const pieces = (lines: readonly { quantity: number }[]) =>
    lines.reduce((sum, { quantity }) => sum + quantity, 0)
  if (pieces(remaining) === 0) return 'To take everything out, cancel the order'
  return pieces(remaining) === pieces(order.items) ? 'Take out at least one piece' : undefined
}
