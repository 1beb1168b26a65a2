import { z } from 'zod'

/** What one invariant's check found in one database: how much it looked at, and what offends. */
export const OwnCheck = z.object({
  id: z.string(),
  title: z.string(),
  looked: z.int(),
  /** Why it could not be finished, such as that it took too long. */
  problem: z.string().nullable(),
  offences: z.array(z.object({ what: z.string(), row: z.record(z.string(), z.unknown()) })),
})
export type OwnCheck = z.infer<typeof OwnCheck>

/** The checks that one service can answer from its own database. */
export const OwnAudit = z.object({ checks: z.array(OwnCheck) })
export type OwnAudit = z.infer<typeof OwnAudit>
