import type { Sql } from '@souk/db/connect'
import type { StockSettings } from '../context.ts'
import { releaseReservation } from './end-store.ts'
import { changeLevels, findOutstanding } from './movement-store.ts'
import { findStatus, lockReservation } from './reservation-store.ts'

export type Undo = { orderId: string; eventId: string; eventName: string; reason: string }

/**
 * Leaves an order that came to nothing with no units: held ones are released, sold ones, which never left
 * the shelf, are put back. A second time there is nothing left to undo.
 */
export async function undoOrder(ctx: StockSettings, tx: Sql, undo: Undo): Promise<void> {
  const actor = `event:${undo.eventName}`
  const status = await findStatus(tx, undo.orderId)
  if (status === 'released' || status === 'expired') return
  if (status !== 'committed') {
    const options = { actor, reason: undo.reason, lowStockThreshold: ctx.lowStockThreshold }
    const before = await releaseReservation(tx, undo.orderId, options)
    if (before !== 'committed') return
  }
  await lockReservation(tx, undo.orderId)
  const outstanding = await findOutstanding(tx, undo.orderId)
  await changeLevels(
    tx,
    outstanding.map(({ sku, locationId, quantity }) => ({
      sku,
      locationId,
      kind: 'return',
      onHandDelta: quantity,
      orderId: undo.orderId,
      causeId: undo.eventId,
      reason: undo.reason,
    })),
    { actor, lowStockThreshold: ctx.lowStockThreshold },
  )
}
