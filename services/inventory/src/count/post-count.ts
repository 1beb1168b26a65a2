import { AppError } from '@souk/kernel/errors'
import { callerKey, once } from '@souk/service/idempotency'
import type { InventoryContext } from '../context.ts'
import type { StockCount } from '../contract.ts'
import { lockOpenLocation } from '../location/location-store.ts'
import { lockLevelsAt, openLevels } from '../stock/level-store.ts'
import { changeLevels } from '../stock/movement-store.ts'
import { assertOpen, differencesOf } from './count.ts'
import { closeCount, findCount, lockCount } from './count-store.ts'

/** Makes the books say what was found. All lines or none. */
export async function postCount(ctx: InventoryContext, input: { id: string }): Promise<StockCount> {
  const command = { operation: 'count.post', principal: ctx.principal, input }
  const actor = callerKey(ctx.principal)
  const count = await once(ctx.db, command, async (tx) => {
    const open = await lockCount(tx, input.id)
    assertOpen(open)
    if (open.lines.length === 0) throw new AppError('INVALID_STATE', 'Nothing was counted yet.')
    await lockOpenLocation(tx, open.location.id)
    const skus = open.lines.map(({ sku }) => sku)
    const changes = differencesOf(open, await lockLevelsAt(tx, skus, open.location.id))
    await openLevels(
      tx,
      changes.map(({ sku }) => sku),
      open.location.id,
    )
    await changeLevels(tx, changes, { actor, lowStockThreshold: ctx.lowStockThreshold })
    await closeCount(tx, open.id, 'posted', actor)
    const after = await findCount(tx, open.id)
    if (!after) throw new Error('A count that was just written is gone')
    return after
  })
  ctx.bus.wake()
  return count
}
