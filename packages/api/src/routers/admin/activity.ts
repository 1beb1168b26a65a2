import { listActivity } from '../../activity.ts'
import { ActivityPage, ListActivity } from '../../contract.ts'
import { ownerProcedure, router } from '../../rpc.ts'

export const adminActivityRouter = router({
  list: ownerProcedure
    .input(ListActivity)
    .output(ActivityPage)
    .query(async ({ ctx, input }) => await listActivity(ctx.services, input)),
})
