import type { InventoryContext } from '../context.ts'
import type { Reservation } from '../contract.ts'
import { findReservation } from './reservation-store.ts'

export async function getReservation(
  ctx: InventoryContext,
  input: { orderId: string },
): Promise<Reservation | null> {
  return await findReservation(ctx.db, input.orderId)
}
