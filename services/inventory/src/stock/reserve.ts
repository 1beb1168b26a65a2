import { newId } from '@souk/kernel/id'
import { hashBody, keyReused } from '@souk/service/idempotency'
import { currentRequest } from '@souk/service/request'
import type { InventoryContext } from '../context.ts'
import type { ReserveResult, ReserveStock } from '../contract.ts'
import { mergeLines } from './stock.ts'

export async function reserveStock(ctx: InventoryContext, input: ReserveStock): Promise<ReserveResult> {
  const lines = mergeLines(input.lines)
  const requestHash = hashBody(lines)
  const decided = await ctx.hotStock.reserve({
    orderId: input.orderId,
    reservationId: newId(),
    lines,
    requestHash,
    ttlSeconds: input.ttlSeconds,
    traceId: currentRequest()?.requestId ?? null,
  })
  if (decided.outcome === 'short') return { status: 'out_of_stock', lines: decided.lines }
  if (decided.outcome === 'reserved') return reservedUntil(decided.expiresAt)
  if (decided.requestHash !== '' && decided.requestHash !== requestHash) throw keyReused()
  return decided.status === 'active'
    ? reservedUntil(decided.expiresAt)
    : { status: 'ended', as: decided.status }
}

function reservedUntil(expiresAt: Date): ReserveResult {
  return { status: 'reserved', expiresAt: expiresAt.toISOString() }
}
