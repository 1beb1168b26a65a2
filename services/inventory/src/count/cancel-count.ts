import { callerKey, once } from '@souk/service/idempotency'
import type { InventoryContext } from '../context.ts'
import type { StockCount } from '../contract.ts'
import { assertOpen } from './count.ts'
import { closeCount, findCount, lockCount } from './count-store.ts'

export async function cancelCount(ctx: InventoryContext, input: { id: string }): Promise<StockCount> {
  const command = { operation: 'count.cancel', principal: ctx.principal, input }
  return await once(ctx.db, command, async (tx) => {
    const open = await lockCount(tx, input.id)
    assertOpen(open)
    await closeCount(tx, open.id, 'cancelled', callerKey(ctx.principal))
    const after = await findCount(tx, open.id)
    if (!after) throw new Error('A count that was just written is gone')
    return after
  })
}
