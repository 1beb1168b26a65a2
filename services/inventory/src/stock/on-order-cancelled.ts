import type { Sql } from '@souk/db/connect'
import type { ShopEvent } from '@souk/events/catalog'
import type { StockSettings } from '../context.ts'
import { undoOrder } from './undo-order.ts'

export async function onOrderCancelled(
  ctx: StockSettings,
  event: ShopEvent<'order.cancelled'>,
  tx: Sql,
): Promise<void> {
  const { orderId } = event.data
  await undoOrder(ctx, tx, { orderId, eventId: event.id, eventName: event.name, reason: 'order cancelled' })
}
