import {
  ChangePassword,
  Register,
  Registered,
  RequestPasswordReset,
  ResetPassword,
  UpdateProfile,
  User,
} from '@souk/identity/contract'
import { z } from 'zod'
import { customerProcedure, publicProcedure, router } from '../rpc.ts'

const Done = z.object({ ok: z.literal(true) })

export const accountRouter = router({
  register: publicProcedure
    .meta({ access: 'public', limit: 'register' })
    .input(Register)
    .output(Registered)
    .mutation(async ({ ctx, input }) => await ctx.services.identity.auth.register.mutate(input)),
  me: customerProcedure.output(User).query(async ({ ctx }) => await ctx.services.identity.account.me.query()),
  updateProfile: customerProcedure
    .input(UpdateProfile)
    .output(User)
    .mutation(async ({ ctx, input }) => await ctx.services.identity.account.updateProfile.mutate(input)),
  changePassword: customerProcedure
    .meta({ access: 'customer', limit: 'signIn' })
    .input(ChangePassword)
    .output(Done)
    .mutation(async ({ ctx, input }) => await ctx.services.identity.auth.changePassword.mutate(input)),
  requestPasswordReset: publicProcedure
    .meta({ access: 'public', limit: 'passwordReset' })
    .input(RequestPasswordReset)
    .output(Done)
    .mutation(async ({ ctx, input }) => await ctx.services.identity.auth.requestPasswordReset.mutate(input)),
  resetPassword: publicProcedure
    .meta({ access: 'public', limit: 'passwordReset' })
    .input(ResetPassword)
    .output(Done)
    .mutation(async ({ ctx, input }) => await ctx.services.identity.auth.resetPassword.mutate(input)),
})
