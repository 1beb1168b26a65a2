import { notFound } from '@souk/kernel/errors'
import { callerKey, once } from '@souk/service/idempotency'
import type { InventoryContext } from '../context.ts'
import type { AdjustStock, Level } from '../contract.ts'
import { firstLocationId, lockOpenLocation } from '../location/location-store.ts'
import { findLevels, lockLevels, openLevels } from './level-store.ts'
import { changeLevels } from './movement-store.ts'
import { assertCanAdjust, kindOfAdjustment } from './stock.ts'

export async function adjustStock(ctx: InventoryContext, input: AdjustStock): Promise<Level> {
  const { sku, delta, reason } = input
  const command = { operation: 'stock.adjust', principal: ctx.principal, input }
  const level = await once(ctx.db, command, async (tx) => {
    const locationId =
      input.locationId === undefined
        ? await firstLocationId(tx)
        : await lockOpenLocation(tx, input.locationId)
    const levels = await lockLevels(tx, sku)
    if (levels.length === 0) throw notFound('SKU')
    const known = levels.find((candidate) => candidate.locationId === locationId)
    assertCanAdjust(known ?? { locationId, onHand: 0, reserved: 0 }, delta)
    if (!known) await openLevels(tx, [sku], locationId)
    await changeLevels(
      tx,
      [{ sku, locationId, kind: kindOfAdjustment(reason, delta), onHandDelta: delta, reason }],
      { actor: callerKey(ctx.principal), lowStockThreshold: ctx.lowStockThreshold },
    )
    const [after] = await findLevels(tx, [sku], ctx.lowStockThreshold)
    if (!after) throw notFound('SKU')
    return after
  })
  ctx.bus.wake()
  return level
}
