import type { AuditReport } from '@souk/api/contract'

export type Invariant = {
  id: string
  title: string
  looked: number
  offences: { service: string; what: string; row: Record<string, unknown> }[]
  /** Services whose part could not be read in time. */
  unread: string[]
}

/** One line for each invariant, whatever the number of databases it concerns. */
export function invariantsOf({ services }: AuditReport): Invariant[] {
  const found = new Map<string, Invariant>()
  for (const { service, checks } of services) {
    for (const { id, title, looked, offences, problem } of checks ?? []) {
      const line = found.get(id) ?? { id, title, looked: 0, offences: [], unread: [] }
      line.looked += looked
      line.offences.push(...offences.map((offence) => ({ ...offence, service })))
      if (problem !== null) line.unread.push(service)
      found.set(id, line)
    }
  }
  return [...found.values()].sort((a, b) => Number(a.id.slice(1)) - Number(b.id.slice(1)))
}
