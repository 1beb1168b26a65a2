import type { InventoryContext } from '../context.ts'
import type { CommitResult } from '../contract.ts'

/**
 * Sells what an order holds. A reservation whose time is over but that the sweep has not reached still
 * holds its units, so it is sold: the row decides, not the clock.
 */
export async function commitStock(ctx: InventoryContext, input: { orderId: string }): Promise<CommitResult> {
  const { before, promised } = await ctx.hotStock.sell(input.orderId)
  if (before !== 'active' && before !== 'committed') return { status: 'gone' }
  return { status: 'committed', ...(promised.length > 0 ? { promised } : {}) }
}
