import { AddressRef, SaveAddress, SavedAddress } from '@souk/identity/contract'
import { z } from 'zod'
import { customerProcedure, router } from '../rpc.ts'

export const addressRouter = router({
  list: customerProcedure
    .output(z.object({ items: z.array(SavedAddress) }))
    .query(async ({ ctx }) => await ctx.services.identity.address.list.query()),
  save: customerProcedure
    .input(SaveAddress)
    .output(SavedAddress)
    .mutation(async ({ ctx, input }) => await ctx.services.identity.address.save.mutate(input)),
  remove: customerProcedure
    .input(AddressRef)
    .output(z.object({ ok: z.literal(true) }))
    .mutation(async ({ ctx, input }) => await ctx.services.identity.address.remove.mutate(input)),
})
