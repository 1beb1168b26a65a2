import { AuditEntry, ListAudit } from '@souk/identity/contract'
import { pageOf } from '@souk/kernel/page'
import { ownerProcedure, router } from '../../rpc.ts'

export const adminAuditRouter = router({
  list: ownerProcedure
    .input(ListAudit)
    .output(pageOf(AuditEntry))
    .query(async ({ ctx, input }) => await ctx.services.identity.audit.list.query(input)),
})
