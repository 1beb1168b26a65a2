import { BusOverview, DeadLetter } from '@souk/events/contract'
import { z } from 'zod'
import { serviceNames } from './service-names.ts'

export { AuditedCheck, AuditState } from '@souk/audit-service/contract'

export const ServiceName = z.enum(serviceNames)

/** How each service stands with its events; `overview` is null for one that does not answer. */
export const EventsOverview = z.object({
  services: z.array(z.object({ service: ServiceName, overview: BusOverview.nullable() })),
})
export type EventsOverview = z.infer<typeof EventsOverview>

export const ServiceDeadLetter = DeadLetter.extend({ service: ServiceName })
/** Dead letters of all services, newest first; `unreachable` names those that could not be asked. */
export const DeadLetterList = z.object({
  items: z.array(ServiceDeadLetter),
  unreachable: z.array(ServiceName),
})
export type DeadLetterList = z.infer<typeof DeadLetterList>

export const ReplayLetter = z.strictObject({ service: ServiceName, id: z.uuid() })
