import { CheckGiftCard, GiftCardBalance, MyCredit } from '@souk/payment/contract'
import { customerProcedure, publicProcedure, router } from '../rpc.ts'

export const creditRouter = router({
  /** Limited like signing in: a code is a key. */
  check: publicProcedure
    .meta({ access: 'public', limit: 'signIn' })
    .input(CheckGiftCard)
    .output(GiftCardBalance)
    .mutation(async ({ ctx, input }) => await ctx.services.payment.credit.check.mutate(input)),
  mine: customerProcedure
    .output(MyCredit)
    .query(async ({ ctx }) => await ctx.services.payment.credit.mine.query()),
})
