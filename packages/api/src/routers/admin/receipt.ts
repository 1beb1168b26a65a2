import { CreateReceipt, ListReceipts, Receipt } from '@souk/inventory/contract'
import { pageOf } from '@souk/kernel/page'
import { router, staffProcedure } from '../../rpc.ts'

export const adminReceiptRouter = router({
  list: staffProcedure
    .input(ListReceipts)
    .output(pageOf(Receipt))
    .query(async ({ ctx, input }) => await ctx.services.inventory.receipt.list.query(input)),
  create: staffProcedure
    .input(CreateReceipt)
    .output(Receipt)
    .mutation(async ({ ctx, input }) => await ctx.services.inventory.receipt.create.mutate(input)),
})
