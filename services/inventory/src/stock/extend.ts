import type { z } from 'zod'
import type { InventoryContext } from '../context.ts'
import type { ExtendReservation, ExtendResult } from '../contract.ts'
import { extendReservation } from './reservation-store.ts'

/** Holds what an order has reserved a little longer, while its payment is under way somewhere. */
export async function extendStock(
  ctx: InventoryContext,
  input: z.output<typeof ExtendReservation>,
): Promise<z.infer<typeof ExtendResult>> {
  const expiresAt = await extendReservation(ctx.db.sql, { ...input, limitSeconds: ctx.holdLimitSeconds })
  return expiresAt ? { status: 'extended', expiresAt: expiresAt.toISOString() } : { status: 'gone' }
}
