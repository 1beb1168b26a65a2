import { GetPayment, Payment } from '@souk/payment/contract'
import { publicProcedure, router } from '../rpc.ts'

export const paymentRouter = router({
  get: publicProcedure
    .input(GetPayment)
    .output(Payment)
    .query(async ({ ctx, input }) => await ctx.services.payment.payment.get.query(input)),
})
