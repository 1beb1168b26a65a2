import { newId } from '@souk/kernel/id'
import { callerKey, once } from '@souk/service/idempotency'
import type { z } from 'zod'
import type { InventoryContext } from '../context.ts'
import type { CreateTransfer, Transfer } from '../contract.ts'
import { lockOpenLocation } from '../location/location-store.ts'
import { assertKnown, lockLevelsAt } from '../stock/level-store.ts'
import { changeLevels } from '../stock/movement-store.ts'
import { mergeLines } from '../stock/stock.ts'
import { receiveInto } from './receive-transfer.ts'
import { assertCanSend } from './transfer.ts'
import { findTransfer, insertTransfer } from './transfer-store.ts'

/** Takes the goods off one shelf; they are on no other until somebody says that they arrived. */
export async function createTransfer(
  ctx: InventoryContext,
  input: z.output<typeof CreateTransfer>,
): Promise<Transfer> {
  const command = { operation: 'transfer.create', principal: ctx.principal, input }
  const actor = callerKey(ctx.principal)
  const transfer = await once(ctx.db, command, async (tx) => {
    for (const id of [input.fromLocationId, input.toLocationId].sort()) await lockOpenLocation(tx, id)
    const skus = input.lines.map(({ sku }) => sku)
    await assertKnown(tx, skus)
    assertCanSend(await lockLevelsAt(tx, skus, input.fromLocationId), input.lines)
    const id = newId()
    const lines = mergeLines(input.lines)
    await insertTransfer(tx, { ...input, id, lines, note: input.note || null, createdBy: actor })
    await changeLevels(
      tx,
      lines.map(({ sku, quantity }) => ({
        sku,
        locationId: input.fromLocationId,
        kind: 'transfer_out',
        onHandDelta: -quantity,
        documentId: id,
      })),
      { actor, lowStockThreshold: ctx.lowStockThreshold },
    )
    const sent = await findTransfer(tx, id)
    if (!sent) throw new Error('A transfer that was just written is gone')
    return input.isReceived ? await receiveInto(ctx, tx, sent, [], actor) : sent
  })
  ctx.bus.wake()
  return transfer
}
