import {
  AdjustStock,
  ConfigureStock,
  GetLevel,
  Level,
  ListLevels,
  ListMovements,
  Location,
  Movement,
} from '@souk/inventory/contract'
import { pageOf } from '@souk/kernel/page'
import { z } from 'zod'
import { router, staffProcedure } from '../../rpc.ts'
import {
  NamedLevel,
  NamedLevels,
  productsOf,
  StockProducts,
  skusNamed,
  withProducts,
} from '../../stock-products.ts'

const AskSkus = z.strictObject({ skus: z.array(GetLevel.shape.sku).min(1).max(200) })

export const adminStockRouter = router({
  /** `q` finds SKUs by their own text and by the names of their products. */
  list: staffProcedure
    .input(ListLevels.omit({ orSkus: true }))
    .output(NamedLevels)
    .query(async ({ ctx, input }) => {
      const orSkus = input.q ? await skusNamed(ctx.services, input.q) : undefined
      const page = await ctx.services.inventory.stock.list.query({ ...input, orSkus })
      return { ...page, items: await withProducts(ctx.services, page.items) }
    }),
  level: staffProcedure
    .input(GetLevel)
    .output(NamedLevel)
    .query(async ({ ctx, input }) => {
      const level = await ctx.services.inventory.stock.level.query(input)
      const products = await productsOf(ctx.services, [level.sku])
      return { ...level, product: products.get(level.sku) ?? null }
    }),
  products: staffProcedure
    .input(AskSkus)
    .output(StockProducts)
    .query(async ({ ctx, input }) => ({
      items: [...(await productsOf(ctx.services, input.skus))].map(([sku, product]) => ({ sku, ...product })),
    })),
  adjust: staffProcedure
    .input(AdjustStock)
    .output(Level)
    .mutation(async ({ ctx, input }) => await ctx.services.inventory.stock.adjust.mutate(input)),
  configure: staffProcedure
    .input(ConfigureStock)
    .output(Level)
    .mutation(async ({ ctx, input }) => await ctx.services.inventory.stock.configure.mutate(input)),
  movements: staffProcedure
    .input(ListMovements)
    .output(pageOf(Movement))
    .query(async ({ ctx, input }) => await ctx.services.inventory.stock.movements.query(input)),
  locations: staffProcedure
    .output(z.object({ items: z.array(Location) }))
    .query(async ({ ctx }) => await ctx.services.inventory.location.list.query()),
})
