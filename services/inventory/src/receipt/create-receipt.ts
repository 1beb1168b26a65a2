import { newId } from '@souk/kernel/id'
import { callerKey, once } from '@souk/service/idempotency'
import type { z } from 'zod'
import type { InventoryContext } from '../context.ts'
import type { CreateReceipt, Receipt } from '../contract.ts'
import { lockOpenLocation } from '../location/location-store.ts'
import { assertKnown, lockLevelsAt, openLevels } from '../stock/level-store.ts'
import { changeLevels } from '../stock/movement-store.ts'
import { assertCanAdjust, mergeLines } from '../stock/stock.ts'
import { findReceipts, insertReceipt } from './receipt-store.ts'

/** A delivery is on the shelf as soon as it is written, all of it. Orders that wait for it are served by the job. */
export async function createReceipt(
  ctx: InventoryContext,
  input: z.output<typeof CreateReceipt>,
): Promise<Receipt> {
  const command = { operation: 'receipt.create', principal: ctx.principal, input }
  const createdBy = callerKey(ctx.principal)
  const receipt = await once(ctx.db, command, async (tx) => {
    const locationId = await lockOpenLocation(tx, input.locationId)
    const skus = input.lines.map(({ sku }) => sku)
    await assertKnown(tx, skus)
    const levels = await lockLevelsAt(tx, skus, locationId)
    const id = newId()
    const lines = mergeLines(input.lines)
    for (const { sku, quantity } of lines) {
      assertCanAdjust(levels.get(sku) ?? { locationId, onHand: 0, reserved: 0 }, quantity)
    }
    await insertReceipt(tx, { id, locationId, reference: input.reference || null, createdBy, lines })
    await openLevels(tx, skus, locationId)
    await changeLevels(
      tx,
      lines.map(({ sku, quantity }) => ({
        sku,
        locationId,
        kind: 'receipt',
        onHandDelta: quantity,
        documentId: id,
        reason: input.reference || 'received',
      })),
      { actor: createdBy, lowStockThreshold: ctx.lowStockThreshold },
    )
    const [written] = await findReceipts(tx, { id }, 1)
    if (!written) throw new Error('A receipt that was just written is gone')
    return written
  })
  ctx.bus.wake()
  return receipt
}
