import type { Sql } from '@souk/db/connect'
import type { ShopEvent } from '@souk/events/catalog'
import type { StockSettings } from '../context.ts'
import { endPromises } from './backorder-store.ts'
import { findOutstanding } from './movement-store.ts'
import { putBack } from './put-back.ts'
import { lockReservation } from './reservation-store.ts'
import { mergeLines, placeReturn } from './stock.ts'

/** What was taken out of an order goes back: first what it only waited for, then pieces that never left the shelf. */
export async function onOrderEdited(
  ctx: StockSettings,
  event: ShopEvent<'order.edited'>,
  tx: Sql,
): Promise<void> {
  const { orderId, removed } = event.data
  const reason = 'order edited'
  await lockReservation(tx, orderId)
  const lines = mergeLines(removed)
  const promised = await endPromises(
    tx,
    orderId,
    { actor: `event:${event.name}`, reason, lowStockThreshold: ctx.lowStockThreshold },
    lines,
  )
  const waited = new Map(promised.map(({ sku, quantity }) => [sku, quantity]))
  const there = lines
    .map(({ sku, quantity }) => ({ sku, quantity: quantity - (waited.get(sku) ?? 0) }))
    .filter(({ quantity }) => quantity > 0)
  const placed = placeReturn(await findOutstanding(tx, orderId), there)
  await putBack(ctx, tx, placed, { orderId, eventId: event.id, eventName: event.name, reason })
}
