import { SignedIn, SignIn, SignOut } from '@souk/identity/contract'
import { z } from 'zod'
import { publicProcedure, router } from '../rpc.ts'

/** For the server side of the apps: next-auth calls these when a person signs in or out. */
export const authRouter = router({
  signIn: publicProcedure
    .meta({ access: 'public', limit: 'signIn' })
    .input(SignIn)
    .output(SignedIn)
    .mutation(async ({ ctx, input }) => await ctx.services.identity.auth.signIn.mutate(input)),
  signOut: publicProcedure
    .input(SignOut)
    .output(z.object({ ok: z.literal(true) }))
    .mutation(async ({ ctx, input }) => await ctx.services.identity.auth.signOut.mutate(input)),
})
