import { z } from 'zod'

/** What one invariant's check found, with at most twenty rows that offend. */
export const AuditedCheck = z.object({
  id: z.string(),
  title: z.string(),
  /** Rows looked at. */
  looked: z.int(),
  offences: z.array(z.object({ what: z.string(), row: z.record(z.string(), z.unknown()) })),
  /** What was left out, such as the provider's list. */
  remark: z.string().nullable(),
  /** Why it could not be finished; then it says nothing of the invariant. */
  problem: z.string().nullable(),
})
export type AuditedCheck = z.infer<typeof AuditedCheck>

export const AuditReport = z.object({
  startedAt: z.iso.datetime(),
  finishedAt: z.iso.datetime(),
  checks: z.array(AuditedCheck),
})
export type AuditReport = z.infer<typeof AuditReport>

/** The last finished run, and how far the one under way is. */
export const AuditState = z.object({
  latest: AuditReport.nullable(),
  running: z.object({ startedAt: z.iso.datetime(), done: z.int(), of: z.int() }).nullable(),
  /** Why the last attempt found nothing out at all; then `latest` is older than it should be. */
  problem: z.string().nullable(),
  everySeconds: z.int(),
})
export type AuditState = z.infer<typeof AuditState>
