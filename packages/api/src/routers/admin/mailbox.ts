import { pageOf } from '@souk/kernel/page'
import { ListMessages, Message, MessageRef, MessageSummary } from '@souk/notification/contract'
import { router, staffProcedure } from '../../rpc.ts'

export const adminMailboxRouter = router({
  list: staffProcedure
    .input(ListMessages)
    .output(pageOf(MessageSummary))
    .query(async ({ ctx, input }) => await ctx.services.notification.mailbox.list.query(input)),
  get: staffProcedure
    .input(MessageRef)
    .output(Message)
    .query(async ({ ctx, input }) => await ctx.services.notification.mailbox.get.query(input)),
  resend: staffProcedure
    .input(MessageRef)
    .output(MessageSummary)
    .mutation(async ({ ctx, input }) => await ctx.services.notification.mailbox.resend.mutate(input)),
})
