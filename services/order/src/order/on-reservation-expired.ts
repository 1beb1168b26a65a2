import type { Sql } from '@souk/db/connect'
import type { ShopEvent } from '@souk/events/catalog'
import { requestCheck } from './order-store.ts'

/** Nobody paid in time: the placing job finds the reservation ended and gives the order up. */
export async function onReservationExpired(
  event: ShopEvent<'stock.reservation_expired'>,
  tx: Sql,
): Promise<void> {
  await requestCheck(tx, event.data.orderId)
}
