import { BusOverview, DeadLetter, ReplayDeadLetter } from '@souk/events/contract'
import { pageOf } from '@souk/kernel/page'
import { z } from 'zod'
import {
  CapturePayment,
  CheckGiftCard,
  CreateRefund,
  Credit,
  CreditRef,
  CreditWithEntries,
  Difference,
  DisableCredit,
  FindCredit,
  FoundCredit,
  GetPayment,
  GiftCardBalance,
  GrantCredit,
  IssuedGiftCard,
  IssueGiftCard,
  JournalEntry,
  ListCredits,
  ListPayments,
  Lowered,
  LowerPayment,
  MyCredit,
  Payment,
  PaymentMethods,
  PaymentRef,
  PaymentState,
  ReconciliationResult,
  Refund,
  SettleDifference,
  StartPayment,
  StuckRefund,
  VoidPayment,
} from './contract.ts'
import { checkGiftCard } from './credit/check-gift-card.ts'
import { disableCredit } from './credit/disable-credit.ts'
import { findCreditToSpend } from './credit/find-credit.ts'
import { getCredit } from './credit/get-credit.ts'
import { grantCredit } from './credit/grant-credit.ts'
import { issueGiftCard } from './credit/issue-gift-card.ts'
import { listCredits } from './credit/list-credits.ts'
import { myCredit } from './credit/my-credit.ts'
import { getJournal } from './journal/get-journal.ts'
import { lowerPayment } from './lowering/lower-payment.ts'
import { capturePayment } from './payment/capture-payment.ts'
import { getPayment } from './payment/get-payment.ts'
import { listMethods } from './payment/list-methods.ts'
import { listPayments } from './payment/list-payments.ts'
import { startPayment } from './payment/start-payment.ts'
import { syncPayment } from './payment/sync-payment.ts'
import { voidPayment } from './payment/void-payment.ts'
import { readDifferences } from './reconciliation/difference-store.ts'
import { reconcile } from './reconciliation/reconcile.ts'
import { settleDifference } from './reconciliation/settle-difference.ts'
import { createRefund } from './refund/create-refund.ts'
import { readStuckRefunds } from './refund/stuck-store.ts'
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
    lower: rpc
      .service('order')
      .input(LowerPayment)
      .output(Lowered)
      .mutation(async ({ ctx, input }) => await lowerPayment(ctx, input)),
    journal: rpc.staff
      .input(PaymentRef)
      .output(z.object({ items: z.array(JournalEntry) }))
      .query(async ({ ctx, input }) => await getJournal(ctx, input)),
  }),
  credit: rpc.router({
    issue: rpc.staff
      .input(IssueGiftCard)
      .output(IssuedGiftCard)
      .mutation(async ({ ctx, input }) => await issueGiftCard(ctx, input)),
    grant: rpc.staff
      .input(GrantCredit)
      .output(Credit)
      .mutation(async ({ ctx, input }) => await grantCredit(ctx, input)),
    disable: rpc.staff
      .input(DisableCredit)
      .output(CreditWithEntries)
      .mutation(async ({ ctx, input }) => await disableCredit(ctx, input)),
    list: rpc.staff
      .input(ListCredits)
      .output(pageOf(Credit))
      .query(async ({ ctx, input }) => await listCredits(ctx, input)),
    get: rpc.staff
      .input(CreditRef)
      .output(CreditWithEntries)
      .query(async ({ ctx, input }) => await getCredit(ctx, input)),
    mine: rpc.signedIn.output(MyCredit).query(async ({ ctx }) => await myCredit(ctx)),
    /** A mutation, so that the code is in no address and no log. */
    check: rpc.open
      .input(CheckGiftCard)
      .output(GiftCardBalance)
      .mutation(async ({ ctx, input }) => await checkGiftCard(ctx, input)),
    find: rpc
      .service('order')
      .input(FindCredit)
      .output(FoundCredit)
      .mutation(async ({ ctx, input }) => await findCreditToSpend(ctx, input)),
  }),
  reconciliation: rpc.router({
    run: rpc.staff.output(ReconciliationResult).mutation(async ({ ctx }) => await reconcile(ctx, 0)),
    list: rpc.staff
      .output(z.object({ items: z.array(Difference) }))
      .query(async ({ ctx }) => ({ items: await readDifferences(ctx.db, 100) })),
    settle: rpc.staff
      .input(SettleDifference)
      .output(Difference)
      .mutation(async ({ ctx, input }) => await settleDifference(ctx, input)),
    stuckRefunds: rpc.staff
      .output(z.object({ items: z.array(StuckRefund) }))
      .query(async ({ ctx }) => ({ items: await readStuckRefunds(ctx.db) })),
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
