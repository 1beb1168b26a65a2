import type { OrderContext } from '../context.ts'

export type StockNow = { available: number; backorderable: number; expectedOn: string | null }

/** What is there and what may be promised. Stock that cannot be asked just now raises no alarm. */
export async function stockNow(ctx: OrderContext, skus: readonly string[]): Promise<Map<string, StockNow>> {
  if (skus.length === 0) return new Map()
  try {
    const { items } = await ctx.inventory.stock.levels.query({ skus: [...skus] })
    const known = new Map<string, StockNow>(items.map((level) => [level.sku, level]))
    return new Map(skus.map((sku) => [sku, known.get(sku) ?? nothing]))
  } catch (error) {
    ctx.log.warn({ err: error }, 'shown without stock')
    return new Map()
  }
}

const nothing: StockNow = { available: 0, backorderable: 0, expectedOn: null }
