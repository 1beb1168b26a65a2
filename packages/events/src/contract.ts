import { z } from 'zod'

/** How a service stands with its events: for the admin's events page and for metrics. */
export const BusOverview = z.object({
  service: z.string(),
  outboxWaiting: z.int(),
  oldestWaitingSeconds: z.number(),
  deadLetters: z.int(),
  groups: z.array(z.object({ stream: z.string(), lag: z.int(), pending: z.int() })),
})
export type BusOverview = z.infer<typeof BusOverview>

export const ReplayDeadLetter = z.strictObject({ id: z.uuid() })

export const DeadLetter = z.object({
  id: z.string(),
  consumer: z.string(),
  eventId: z.string(),
  stream: z.string(),
  name: z.string(),
  envelope: z.unknown(),
  reason: z.string(),
  attempts: z.int(),
  failedAt: z.string(),
  replayedAt: z.string().nullable(),
})
export type DeadLetter = z.infer<typeof DeadLetter>
