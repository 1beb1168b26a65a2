import type { Order, OrderEditPreview } from '@souk/order/contract'
import { moneyText } from '../../frame/format.ts'
import type { FoundVariant } from '../../frame/product-search.tsx'
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

/** Something that comes in addition; `pricedAs` names the line whose price it takes, nothing means today's price. */
export type Addition = FoundVariant & { quantity: number; pricedAs: string }

/** What is added: more of a line costs what was paid for it, as it was agreed. */
export function addedItems(
  order: Pick<Order, 'items'>,
  kept: Readonly<Record<string, number>>,
  additions: readonly Addition[],
): { sku: string; quantity: number; pricedAs?: string | undefined }[] {
  const raised = order.items.flatMap(({ sku, quantity }) => {
    const more = (kept[sku] ?? quantity) - quantity
    return more > 0 ? [{ sku, quantity: more, pricedAs: sku }] : []
  })
  const others = additions.map(({ sku, quantity, pricedAs }) => ({
    sku,
    quantity,
    ...(pricedAs === '' ? {} : { pricedAs }),
  }))
  return [...raised, ...others]
}

/** What of it is paid how, in words. */
export function paymentWords({ added, refund }: Pick<OrderEditPreview, 'added' | 'refund'>): string {
  const back = refund.amount > 0 ? ` ${moneyText(refund)} goes back.` : ''
  if (!added) return ''
  const { toPay, moved, isCod, totals } = added
  const parts = [
    `Added for ${moneyText(totals.total)}`,
    ...(moved.amount > 0 ? [`${moneyText(moved)} of it paid by this order`] : []),
  ]
  const rest =
    toPay.amount === 0
      ? 'Nothing is left to pay.'
      : `The customer pays ${moneyText(toPay)} ${isCod ? 'on delivery' : 'by a link in the mail'}.`
  return `${parts.join(', ')}. ${rest}${back}`
}

/** Why these pieces are not an edit. */
export function whyNotThese(
  order: Pick<Order, 'items'>,
  remaining: readonly { quantity: number }[],
  added: readonly { quantity: number }[] = [],
): string | undefined {
  if (added.length > 0) return undefined
  const pieces = (lines: readonly { quantity: number }[]) =>
    lines.reduce((sum, { quantity }) => sum + quantity, 0)
  if (pieces(remaining) === 0) return 'To take everything out, cancel the order'
  return pieces(remaining) === pieces(order.items) ? 'Take out or add at least one piece' : undefined
}
