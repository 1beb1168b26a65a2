import {
  AdjustStock,
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

export const adminStockRouter = router({
  list: staffProcedure
    .input(ListLevels)
    .output(pageOf(Level))
    .query(async ({ ctx, input }) => await ctx.services.inventory.stock.list.query(input)),
  level: staffProcedure
    .input(GetLevel)
    .output(Level)
    .query(async ({ ctx, input }) => await ctx.services.inventory.stock.level.query(input)),
  adjust: staffProcedure
    .input(AdjustStock)
    .output(Level)
    .mutation(async ({ ctx, input }) => await ctx.services.inventory.stock.adjust.mutate(input)),
  movements: staffProcedure
    .input(ListMovements)
    .output(pageOf(Movement))
    .query(async ({ ctx, input }) => await ctx.services.inventory.stock.movements.query(input)),
  locations: staffProcedure
    .output(z.object({ items: z.array(Location) }))
    .query(async ({ ctx }) => await ctx.services.inventory.location.list.query()),
})
