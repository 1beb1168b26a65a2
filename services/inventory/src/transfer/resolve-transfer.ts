import { AppError, notFound } from '@souk/kernel/errors'
import { newId } from '@souk/kernel/id'
import { callerKey, once } from '@souk/service/idempotency'
import type { InventoryContext } from '../context.ts'
import type { ResolveTransfer, Transfer } from '../contract.ts'
import { lockOpenLocation } from '../location/location-store.ts'
import { changeLevels } from '../stock/movement-store.ts'
import { readMissing, wayBack } from './transfer.ts'
import { findTransfer, lockTransfer, markResolved } from './transfer-store.ts'

/** Says what became of pieces that left and did not arrive. The rest stays on its way. */
export async function resolveTransfer(
  ctx: InventoryContext,
  input: ResolveTransfer,
  as: 'returned' | 'lost',
): Promise<Transfer> {
  const command = { operation: `transfer.${as}`, principal: ctx.principal, input }
  const actor = callerKey(ctx.principal)
  const transfer = await once(ctx.db, command, async (tx) => {
    const sent = await lockTransfer(tx, input.id)
    if (!sent) throw notFound('transfer')
    if (as === 'lost' && sent.status === 'received') {
      throw new AppError('INVALID_STATE', 'What was missing when the rest arrived is written off already.')
    }
    const lines = readMissing(sent, input.lines)
    await lockOpenLocation(tx, sent.from.id)
    await markResolved(tx, sent.id, actor, as, lines)
    const changes = wayBack(sent, lines, as, { id: newId(), note: input.note || null })
    await changeLevels(tx, changes, { actor, lowStockThreshold: ctx.lowStockThreshold })
    const after = await findTransfer(tx, sent.id)
    if (!after) throw new Error('A transfer that was just written is gone')
    return after
  })
  ctx.bus.wake()
  return transfer
}
