import type { Sql } from '@souk/db/connect'
import { AppError, notFound } from '@souk/kernel/errors'
import { callerKey, once } from '@souk/service/idempotency'
import type { z } from 'zod'
import type { InventoryContext, StockSettings } from '../context.ts'
import type { ReceiveTransfer, Transfer } from '../contract.ts'
import { lockOpenLocation } from '../location/location-store.ts'
import { openLevels } from '../stock/level-store.ts'
import { changeLevels } from '../stock/movement-store.ts'
import { arrivalChanges, readArrival } from './transfer.ts'
import { findTransfer, lockTransfer, markReceived } from './transfer-store.ts'

export async function receiveTransfer(
  ctx: InventoryContext,
  input: z.output<typeof ReceiveTransfer>,
): Promise<Transfer> {
  const command = { operation: 'transfer.receive', principal: ctx.principal, input }
  const transfer = await once(ctx.db, command, async (tx) => {
    const sent = await lockTransfer(tx, input.id)
    if (!sent) throw notFound('transfer')
    if (sent.status !== 'dispatched') {
      throw new AppError('INVALID_STATE', `This transfer was ${sent.status} before.`)
    }
    return await receiveInto(ctx, tx, sent, input.lines ?? [], callerKey(ctx.principal))
  })
  ctx.bus.wake()
  return transfer
}

export async function receiveInto(
  ctx: StockSettings,
  tx: Sql,
  sent: Transfer,
  given: readonly { sku: string; received: number }[],
  actor: string,
): Promise<Transfer> {
  const arrival = readArrival(sent, given)
  await lockOpenLocation(tx, sent.to.id)
  await openLevels(
    tx,
    arrival.map(({ sku }) => sku),
    sent.to.id,
  )
  await markReceived(tx, sent.id, actor, arrival)
  const changes = arrivalChanges({ id: sent.id, toLocationId: sent.to.id }, arrival)
  await changeLevels(tx, changes, { actor, lowStockThreshold: ctx.lowStockThreshold })
  const after = await findTransfer(tx, sent.id)
  if (!after) throw new Error('A transfer that was just written is gone')
  return after
}
