import { BusOverview, DeadLetter } from '@souk/events/contract'
import { NamedPerson } from '@souk/identity/contract'
import { PageInput, pageOf } from '@souk/kernel/page'
import { PriceChange } from '@souk/order/contract'
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

export const activityAreas = ['sign_ins', 'accounts', 'promotions', 'taxes', 'delivery'] as const

/** One line of what happened in the shop that an owner may have to explain later. */
export const ActivityEntry = z.object({
  id: z.string(),
  area: z.enum(activityAreas),
  action: z.string(),
  /** Who did it: null when nobody was signed in, or the account is no more. */
  actor: NamedPerson.nullable(),
  /** The account it is about; null for what is no account, such as a country's taxes. */
  person: NamedPerson.nullable(),
  /** The code, name or country it is about, or the id of an account. */
  subject: z.string(),
  outcome: z.enum(['ok', 'refused']),
  details: z.record(z.string(), z.unknown()),
  at: z.string(),
})
export type ActivityEntry = z.infer<typeof ActivityEntry>
export const ListActivity = z.strictObject({
  area: z.enum(activityAreas).optional(),
  outcome: ActivityEntry.shape.outcome.optional(),
  /** Only what this person did, or what was done to the account. */
  personId: NamedPerson.shape.id.optional(),
  ...PageInput,
})
export const ActivityPage = pageOf(ActivityEntry)

export const NamedPriceChange = PriceChange.extend({ actorName: z.string().nullable() })
export type NamedPriceChange = z.infer<typeof NamedPriceChange>
