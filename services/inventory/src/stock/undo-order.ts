import type { Sql } from '@souk/db/connect'
import type { StockSettings } from '../context.ts'
import { endPromises } from './backorder-store.ts'
import { releaseReservation } from './end-store.ts'
import { findOutstanding } from './movement-store.ts'
import { putBack } from './put-back.ts'
import { findStatus, lockReservation, markRestocked } from './reservation-store.ts'

export type Undo = { orderId: string; eventId: string; eventName: string; reason: string }

/**
 * Leaves an order that came to nothing with no units: held ones are released, sold ones, which never left
 * the shelf, are put back, promises are taken back. A second time there is nothing left to undo, and a sale
 * that is asked for afterwards finds the units gone.
 */
export async function undoOrder(ctx: StockSettings, tx: Sql, undo: Undo): Promise<void> {
  const options = {
    actor: `event:${undo.eventName}`,
    reason: undo.reason,
    lowStockThreshold: ctx.lowStockThreshold,
  }
  const status = await findStatus(tx, undo.orderId)
  if (status === 'released' || status === 'expired' || status === 'restocked') return
  if (status !== 'committed') {
    const before = await releaseReservation(tx, undo.orderId, options)
    if (before !== 'committed') return
  }
  if ((await lockReservation(tx, undo.orderId)) !== 'committed') return
  await markRestocked(tx, undo.orderId)
  await putBack(ctx, tx, await findOutstanding(tx, undo.orderId), undo)
  await endPromises(tx, undo.orderId, options)
}
