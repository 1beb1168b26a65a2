import { GetPayment, Payment, PaymentMethods } from '@souk/payment/contract'
import { publicProcedure, router } from '../rpc.ts'

export const paymentRouter = router({
  methods: publicProcedure
    .output(PaymentMethods)
    .query(async ({ ctx }) => await ctx.services.payment.payment.methods.query()),
  get: publicProcedure
    .input(GetPayment)
    .output(Payment)
    .query(async ({ ctx, input }) => await ctx.services.payment.payment.get.query(input)),
})
