import {
  ById,
  CreateTransfer,
  ListTransfers,
  ReceiveTransfer,
  ResolveTransfer,
  Transfer,
} from '@souk/inventory/contract'
import { pageOf } from '@souk/kernel/page'
import { router, staffProcedure } from '../../rpc.ts'

export const adminTransferRouter = router({
  list: staffProcedure
    .input(ListTransfers)
    .output(pageOf(Transfer))
    .query(async ({ ctx, input }) => await ctx.services.inventory.transfer.list.query(input)),
  get: staffProcedure
    .input(ById)
    .output(Transfer)
    .query(async ({ ctx, input }) => await ctx.services.inventory.transfer.get.query(input)),
  create: staffProcedure
    .input(CreateTransfer)
    .output(Transfer)
    .mutation(async ({ ctx, input }) => await ctx.services.inventory.transfer.create.mutate(input)),
  return: staffProcedure
    .input(ResolveTransfer)
    .output(Transfer)
    .mutation(async ({ ctx, input }) => await ctx.services.inventory.transfer.return.mutate(input)),
  writeOff: staffProcedure
    .input(ResolveTransfer)
    .output(Transfer)
    .mutation(async ({ ctx, input }) => await ctx.services.inventory.transfer.writeOff.mutate(input)),
  receive: staffProcedure
    .input(ReceiveTransfer)
    .output(Transfer)
    .mutation(async ({ ctx, input }) => await ctx.services.inventory.transfer.receive.mutate(input)),
})
