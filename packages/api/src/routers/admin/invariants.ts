import { AuditState } from '@souk/audit-service/contract'
import { z } from 'zod'
import { router, staffProcedure } from '../../rpc.ts'

/** What must always hold, as the audit process found it. */
export const adminInvariantsRouter = router({
  latest: staffProcedure
    .output(AuditState)
    .query(async ({ ctx }) => await ctx.services.audit.audit.latest.query()),
  run: staffProcedure
    .input(z.strictObject({}))
    .output(AuditState)
    .mutation(async ({ ctx }) => await ctx.services.audit.audit.run.mutate()),
})
