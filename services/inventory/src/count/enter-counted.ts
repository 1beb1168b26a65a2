import { callerKey, once } from '@souk/service/idempotency'
import type { z } from 'zod'
import type { InventoryContext } from '../context.ts'
import type { EnterCounted, StockCount } from '../contract.ts'
import { assertKnown, lockLevelsAt } from '../stock/level-store.ts'
import { assertOpen } from './count.ts'
import { findCount, lockCount, writeCounted } from './count-store.ts'

/** Keeps the figures beside what the books say now; nothing moves before the count is posted. */
export async function enterCounted(
  ctx: InventoryContext,
  input: z.output<typeof EnterCounted>,
): Promise<StockCount> {
  const command = { operation: 'count.enter', principal: ctx.principal, input }
  return await once(ctx.db, command, async (tx) => {
    const count = await lockCount(tx, input.id)
    assertOpen(count)
    const skus = input.lines.map(({ sku }) => sku)
    await assertKnown(tx, skus)
    await lockLevelsAt(tx, skus, count.location.id)
    await writeCounted(
      tx,
      { id: count.id, locationId: count.location.id },
      input.lines,
      callerKey(ctx.principal),
    )
    const after = await findCount(tx, count.id)
    if (!after) throw new Error('A count that was just written is gone')
    return after
  })
}
