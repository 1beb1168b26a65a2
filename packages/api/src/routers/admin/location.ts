import { CreateLocation, Location, ReorderLocations, UpdateLocation } from '@souk/inventory/contract'
import { z } from 'zod'
import { router, staffProcedure } from '../../rpc.ts'

export const adminLocationRouter = router({
  create: staffProcedure
    .input(CreateLocation)
    .output(Location)
    .mutation(async ({ ctx, input }) => await ctx.services.inventory.location.create.mutate(input)),
  update: staffProcedure
    .input(UpdateLocation)
    .output(Location)
    .mutation(async ({ ctx, input }) => await ctx.services.inventory.location.update.mutate(input)),
  reorder: staffProcedure
    .input(ReorderLocations)
    .output(z.object({ items: z.array(Location) }))
    .mutation(async ({ ctx, input }) => await ctx.services.inventory.location.reorder.mutate(input)),
})
