import { ListUsers, SetRoles, User } from '@souk/identity/contract'
import { pageOf } from '@souk/kernel/page'
import { ownerProcedure, router, staffProcedure } from '../../rpc.ts'

export const adminCustomerRouter = router({
  list: staffProcedure
    .input(ListUsers)
    .output(pageOf(User))
    .query(async ({ ctx, input }) => await ctx.services.identity.user.list.query(input)),
  setRoles: ownerProcedure
    .input(SetRoles)
    .output(User)
    .mutation(async ({ ctx, input }) => await ctx.services.identity.user.setRoles.mutate(input)),
})
