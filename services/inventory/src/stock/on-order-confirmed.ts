import type { Sql } from '@souk/db/connect'
import type { ShopEvent } from '@souk/events/catalog'
import { AppError } from '@souk/kernel/errors'
import type { StockSettings } from '../context.ts'
import { sellReservations } from './end-store.ts'
import { findStatus } from './reservation-store.ts'

/** The order service sells before it confirms, so this finds something to do only if that answer was lost. */
export async function onOrderConfirmed(
  ctx: StockSettings,
  event: ShopEvent<'order.confirmed'>,
  tx: Sql,
): Promise<void> {
  const { orderId, number } = event.data
  if ((await findStatus(tx, orderId)) === 'committed') return
  const sold = await sellReservations(tx, [orderId], {
    actor: `event:${event.name}`,
    reason: null,
    lowStockThreshold: ctx.lowStockThreshold,
  })
  const before = sold.get(orderId)?.before
  if (before !== 'active' && before !== 'committed') {
    throw new AppError('INVALID_STATE', `Order ${number} was confirmed, but no units are held for it.`)
  }
}
