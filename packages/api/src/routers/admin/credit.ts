import { pageOf } from '@souk/kernel/page'
import {
  Credit,
  CreditRef,
  CreditWithEntries,
  DisableCredit,
  GrantCredit,
  IssuedGiftCard,
  IssueGiftCard,
  ListCredits,
} from '@souk/payment/contract'
import { router, staffProcedure } from '../../rpc.ts'

export const adminCreditRouter = router({
  issue: staffProcedure
    .input(IssueGiftCard)
    .output(IssuedGiftCard)
    .mutation(async ({ ctx, input }) => await ctx.services.payment.credit.issue.mutate(input)),
  grant: staffProcedure
    .input(GrantCredit)
    .output(Credit)
    .mutation(async ({ ctx, input }) => await ctx.services.payment.credit.grant.mutate(input)),
  disable: staffProcedure
    .input(DisableCredit)
    .output(CreditWithEntries)
    .mutation(async ({ ctx, input }) => await ctx.services.payment.credit.disable.mutate(input)),
  list: staffProcedure
    .input(ListCredits)
    .output(pageOf(Credit))
    .query(async ({ ctx, input }) => await ctx.services.payment.credit.list.query(input)),
  get: staffProcedure
    .input(CreditRef)
    .output(CreditWithEntries)
    .query(async ({ ctx, input }) => await ctx.services.payment.credit.get.query(input)),
})
