import type { Sql } from '@souk/db/connect'
import type { ShopEvent } from '@souk/events/catalog'
import type { StockSettings } from '../context.ts'
import { findOutstanding } from './movement-store.ts'
import { putBack } from './put-back.ts'
import { lockReservation } from './reservation-store.ts'
import { placeReturn } from './stock.ts'

/** Every piece comes back in the ledger; what is not sold again is written off in the same breath. */
export async function onOrderReturned(
  ctx: StockSettings,
  event: ShopEvent<'order.returned'>,
  tx: Sql,
): Promise<void> {
  const { orderId, lines } = event.data
  await lockReservation(tx, orderId)
  const placed = placeReturn(await findOutstanding(tx, orderId), lines)
  await putBack(ctx, tx, placed, {
    orderId,
    eventId: event.id,
    eventName: event.name,
    reason: 'order returned',
    writtenOff: lines.filter(({ disposition }) => disposition === 'write_off'),
  })
}
