import type { z } from 'zod'
import type { OrderContext } from '../context.ts'
import type { ListPromotions, StaffPromotion } from '../contract.ts'
import { idOf, pageOfIds } from '../pricing/list-price-changes.ts'
import { listStaffPromotions } from './staff-store.ts'
import { viewPromotion } from './view-promotion.ts'

export async function listPromotions(
  ctx: OrderContext,
  input: z.output<typeof ListPromotions>,
): Promise<{ items: StaffPromotion[]; nextCursor: string | null }> {
  const page = { q: input.q, before: idOf(input.cursor), limit: input.limit + 1 }
  const now = ctx.clock.now()
  const rows = await listStaffPromotions(ctx.db.sql, page)
  return pageOfIds(
    rows.map((row) => viewPromotion(row, now)),
    input.limit,
  )
}
