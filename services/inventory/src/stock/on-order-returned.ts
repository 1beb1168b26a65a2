import type { Sql } from '@souk/db/connect'
import type { ShopEvent } from '@souk/events/catalog'
import type { StockSettings } from '../context.ts'
import { changeLevels, findOutstanding } from './movement-store.ts'
import { lockReservation } from './reservation-store.ts'
import { placeReturn } from './stock.ts'

export async function onOrderReturned(
  ctx: StockSettings,
  event: ShopEvent<'order.returned'>,
  tx: Sql,
): Promise<void> {
  const { orderId, lines } = event.data
  await lockReservation(tx, orderId)
  const placed = placeReturn(await findOutstanding(tx, orderId), lines)
  await changeLevels(
    tx,
    placed.map(({ sku, locationId, quantity }) => ({
      sku,
      locationId,
      kind: 'return',
      onHandDelta: quantity,
      orderId,
      causeId: event.id,
      reason: 'order returned',
    })),
    { actor: `event:${event.name}`, lowStockThreshold: ctx.lowStockThreshold },
  )
}
