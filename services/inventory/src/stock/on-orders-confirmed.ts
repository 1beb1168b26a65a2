import type { Sql } from '@souk/db/connect'
import type { ShopEvent } from '@souk/events/catalog'
import { AppError } from '@souk/kernel/errors'
import type { StockSettings } from '../context.ts'
import { sellReservations } from './end-store.ts'
import { findUnsold } from './reservation-store.ts'

/** The order service sells before it confirms, so this finds something to do only if that answer was lost. */
export async function onOrdersConfirmed(
  ctx: StockSettings,
  events: readonly ShopEvent<'order.confirmed'>[],
  tx: Sql,
): Promise<void> {
  const confirmed = events.map(({ data }) => data)
  const unsold = await findUnsold(
    tx,
    confirmed.map(({ orderId }) => orderId),
  )
  if (unsold.length === 0) return
  const sold = await sellReservations(tx, unsold, {
    actor: 'event:order.confirmed',
    reason: null,
    lowStockThreshold: ctx.lowStockThreshold,
  })
  for (const { orderId, number } of confirmed) {
    if (!unsold.includes(orderId)) continue
    const before = sold.get(orderId)?.before
    if (before !== 'active' && before !== 'committed') {
      throw new AppError('INVALID_STATE', `Order ${number} was confirmed, but no units are held for it.`)
    }
  }
}
