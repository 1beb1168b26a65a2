import { pageOf } from '@souk/kernel/page'
import {
  CreateRefund,
  GetPayment,
  JournalEntry,
  ListPayments,
  Payment,
  PaymentRef,
  Refund,
} from '@souk/payment/contract'
import { z } from 'zod'
import { router, staffProcedure } from '../../rpc.ts'

export const adminPaymentRouter = router({
  get: staffProcedure
    .input(GetPayment)
    .output(Payment)
    .query(async ({ ctx, input }) => await ctx.services.payment.payment.get.query(input)),
  list: staffProcedure
    .input(ListPayments)
    .output(pageOf(Payment))
    .query(async ({ ctx, input }) => await ctx.services.payment.payment.list.query(input)),
  refund: staffProcedure
    .input(CreateRefund)
    .output(Refund)
    .mutation(async ({ ctx, input }) => await ctx.services.payment.payment.refund.mutate(input)),
  journal: staffProcedure
    .input(PaymentRef)
    .output(z.object({ items: z.array(JournalEntry) }))
    .query(async ({ ctx, input }) => await ctx.services.payment.payment.journal.query(input)),
})
