import { BusOverview, DeadLetter, ReplayDeadLetter } from '@souk/events/contract'
import { pageOf } from '@souk/kernel/page'
import { z } from 'zod'
import {
  CapturePayment,
  CreateRefund,
  GetPayment,
  JournalEntry,
  ListPayments,
  Payment,
  PaymentMethods,
  PaymentRef,
  PaymentState,
  Refund,
  StartPayment,
  VoidPayment,
} from './contract.ts'
import { getJournal } from './journal/get-journal.ts'
import { capturePayment } from './payment/capture-payment.ts'
import { getPayment } from './payment/get-payment.ts'
import { listMethods } from './payment/list-methods.ts'
import { listPayments } from './payment/list-payments.ts'
import { startPayment } from './payment/start-payment.ts'
import { syncPayment } from './payment/sync-payment.ts'
import { voidPayment } from './payment/void-payment.ts'
import { createRefund } from './refund/create-refund.ts'
import { rpc } from './rpc.ts'

/** What may be asked of payment. */
export const paymentRouter = rpc.router({
  payment: rpc.router({
    start: rpc
      .service('order')
      .input(StartPayment)
      .output(PaymentState)
      .mutation(async ({ ctx, input }) => await startPayment(ctx, input)),
    sync: rpc
      .service('order')
      .input(PaymentRef)
      .output(PaymentState)
      .mutation(async ({ ctx, input }) => await syncPayment(ctx, input)),
    methods: rpc.open.output(PaymentMethods).query(async ({ ctx }) => await listMethods(ctx)),
    get: rpc.open
      .input(GetPayment)
      .output(Payment)
      .query(async ({ ctx, input }) => await getPayment(ctx, input)),
    list: rpc.staff
      .input(ListPayments)
      .output(pageOf(Payment))
      .query(async ({ ctx, input }) => await listPayments(ctx, input)),
    capture: rpc
      .staffOrService('order')
      .input(CapturePayment)
      .output(Payment)
      .mutation(async ({ ctx, input }) => await capturePayment(ctx, input)),
    void: rpc
      .staffOrService('order')
      .input(VoidPayment)
      .output(Payment)
      .mutation(async ({ ctx, input }) => await voidPayment(ctx, input)),
    refund: rpc
      .staffOrService('order')
      .input(CreateRefund)
      .output(Refund)
      .mutation(async ({ ctx, input }) => await createRefund(ctx, input)),
    journal: rpc.staff
      .input(PaymentRef)
      .output(z.object({ items: z.array(JournalEntry) }))
      .query(async ({ ctx, input }) => await getJournal(ctx, input)),
  }),
  operations: rpc.router({
    overview: rpc.staff.output(BusOverview).query(async ({ ctx }) => await ctx.bus.overview()),
    deadLetters: rpc.staff
      .output(z.object({ items: z.array(DeadLetter) }))
      .query(async ({ ctx }) => ({ items: await ctx.bus.deadLetters() })),
    replay: rpc.staff
      .input(ReplayDeadLetter)
      .output(DeadLetter)
      .mutation(async ({ ctx, input }) => await ctx.bus.replay(input.id)),
  }),
})

export type PaymentRouter = typeof paymentRouter
