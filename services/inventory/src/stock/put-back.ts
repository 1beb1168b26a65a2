import type { Sql } from '@souk/db/connect'
import type { StockSettings } from '../context.ts'
import { firstLocationId, lockOpenLocations } from '../location/location-store.ts'
import { openLevels } from './level-store.ts'
import { changeLevels } from './movement-store.ts'
import { type Line, type Outstanding, placeReturn, redirect } from './stock.ts'

/** Brings an order's pieces back to the shelves they came from, or to the first place when theirs is closed. */
export async function putBack(
  ctx: StockSettings,
  tx: Sql,
  placed: readonly Outstanding[],
  cause: {
    orderId: string
    eventId: string
    eventName: string
    reason: string
    /** Of these pieces, those that are not sold again. */
    writtenOff?: readonly Line[]
  },
): Promise<void> {
  if (placed.length === 0) return
  const open = await lockOpenLocations(
    tx,
    placed.map(({ locationId }) => locationId),
  )
  const isAllOpen = placed.every(({ locationId }) => open.has(locationId))
  const fallback = isAllOpen ? '' : await firstLocationId(tx)
  const target = redirect(placed, open, fallback)
  if (!isAllOpen) {
    const moved = target.filter(({ locationId }) => locationId === fallback)
    await openLevels(
      tx,
      moved.map(({ sku }) => sku),
      fallback,
    )
  }
  await changeLevels(
    tx,
    [
      ...target.map(({ sku, locationId, quantity }) => ({
        sku,
        locationId,
        kind: 'return' as const,
        onHandDelta: quantity,
        orderId: cause.orderId,
        causeId: cause.eventId,
        reason: cause.reason,
      })),
      // Without a cause of its own: the return beside it is written once, and this with it.
      ...placeReturn(target, cause.writtenOff ?? []).map(({ sku, locationId, quantity }) => ({
        sku,
        locationId,
        kind: 'write_off' as const,
        onHandDelta: -quantity,
        orderId: cause.orderId,
        reason: 'returned, not for sale',
      })),
    ],
    { actor: `event:${cause.eventName}`, lowStockThreshold: ctx.lowStockThreshold },
  )
}
