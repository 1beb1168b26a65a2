import { SalesReport, SalesStats } from '@souk/order/contract'
import { router, staffProcedure } from '../../rpc.ts'

export const adminReportRouter = router({
  sales: staffProcedure
    .input(SalesStats)
    .output(SalesReport)
    .query(async ({ ctx, input }) => await ctx.services.order.report.sales.query(input)),
})
