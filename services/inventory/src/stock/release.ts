import { repeatOnConflict } from '@souk/db/connect'
import { callerKey } from '@souk/service/idempotency'
import type { z } from 'zod'
import type { InventoryContext } from '../context.ts'
import type { ReleaseResult, ReleaseStock } from '../contract.ts'
import { releaseReservation, type StatusBefore } from './end-store.ts'
import { hasLines } from './reservation-store.ts'

export async function releaseStock(
  ctx: InventoryContext,
  input: z.output<typeof ReleaseStock>,
): Promise<z.infer<typeof ReleaseResult>> {
  const before = await release(ctx, input)
  if (before === 'active') ctx.bus.wake()
  if (before === 'committed') return { status: 'committed' }
  if (before === 'released' && !(await hasLines(ctx.db.sql, input.orderId))) {
    return { status: 'nothing_reserved' }
  }
  return { status: before === undefined ? 'nothing_reserved' : 'released' }
}

async function release(ctx: InventoryContext, input: z.output<typeof ReleaseStock>): Promise<StatusBefore> {
  const options = {
    actor: callerKey(ctx.principal),
    reason: input.reason,
    lowStockThreshold: ctx.lowStockThreshold,
  }
  return await repeatOnConflict(async () => await releaseReservation(ctx.db.sql, input.orderId, options))
}
