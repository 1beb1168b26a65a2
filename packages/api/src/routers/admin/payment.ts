import { pageOf } from '@souk/kernel/page'
import {
  CreateRefund,
  Difference,
  GetPayment,
  JournalEntry,
  ListPayments,
  Payment,
  PaymentRef,
  ReconciliationResult,
  Refund,
  SettleDifference,
  StuckRefund,
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
  differences: staffProcedure
    .output(z.object({ items: z.array(Difference) }))
    .query(async ({ ctx }) => await ctx.services.payment.reconciliation.list.query()),
  reconcile: staffProcedure
    .input(z.strictObject({}))
    .output(ReconciliationResult)
    .mutation(async ({ ctx }) => await ctx.services.payment.reconciliation.run.mutate()),
  settleDifference: staffProcedure
    .input(SettleDifference)
    .output(Difference)
    .mutation(async ({ ctx, input }) => await ctx.services.payment.reconciliation.settle.mutate(input)),
  stuckRefunds: staffProcedure
    .output(z.object({ items: z.array(StuckRefund) }))
    .query(async ({ ctx }) => await ctx.services.payment.reconciliation.stuckRefunds.query()),
  journal: staffProcedure
    .input(PaymentRef)
    .output(z.object({ items: z.array(JournalEntry) }))
    .query(async ({ ctx, input }) => await ctx.services.payment.payment.journal.query(input)),
})
