import { notFound } from '@souk/kernel/errors'
import type { OrderContext } from '../context.ts'
import type { StaffPromotion } from '../contract.ts'
import { findStaffPromotion } from './staff-store.ts'
import { viewPromotion } from './view-promotion.ts'

export async function getPromotion(ctx: OrderContext, input: { id: string }): Promise<StaffPromotion> {
  const row = await findStaffPromotion(ctx.db.sql, input.id)
  if (!row) throw notFound('promotion')
  return viewPromotion(row, ctx.clock.now())
}
