import { z } from 'zod'
import { AuditState } from './contract.ts'
import { rpc } from './rpc.ts'

const { staff, router } = rpc
const Nothing = z.undefined()

export const auditRouter = router({
  audit: router({
    latest: staff
      .input(Nothing)
      .output(AuditState)
      .query(({ ctx }) => ctx.auditor.state()),
    /** Begins a run unless one is under way or has only just ended, and answers at once. */
    run: staff
      .input(Nothing)
      .output(AuditState)
      .mutation(({ ctx }) => ctx.auditor.begin()),
  }),
})

export type AuditRouter = typeof auditRouter
