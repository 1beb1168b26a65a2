import { catalog, Envelope, isEventName, type ShopEvent } from './catalog.ts'

export type RawEntry = { stream: string; entryId: string; fields: Record<string, string> }

/** A stream entry after reading: an event we know, an event of no interest, or a problem that parks it. */
export type Delivery = {
  stream: string
  entryId: string
  raw: unknown
  /** Known as soon as the envelope can be read. */
  eventId?: string
  name?: string
  event?: ShopEvent
  /** Where it stands among the events of its aggregate; known as soon as the envelope can be read. */
  place?: { aggregateId: string; version: number }
  problem?: string
}

/** In characters. `record` refuses what is larger, so only a stranger's entry can be. */
export const maxEventLength = 256 * 1024

/**
 * Parses an entry against the catalogue. Names we do not know (another version of the shop may know them)
 * and those that nobody here listens to are left alone; of the others an unknown version or wrong data is
 * a problem that a person must see.
 */
export function readDelivery(entry: RawEntry, isWanted: (name: string) => boolean = () => true): Delivery {
  const base = { stream: entry.stream, entryId: entry.entryId }
  const text = entry.fields.e ?? ''
  if (text.length > maxEventLength)
    return { ...base, raw: { tooLarge: text.length }, problem: 'The event is too large' }
  const json = parseJson(text)
  const envelope = Envelope.safeParse(json)
  if (!envelope.success)
    return { ...base, raw: { text: text.slice(0, 2000) }, problem: 'The event has no readable envelope' }
  const { id: eventId, name, version, data, aggregateId, aggregateVersion } = envelope.data
  const place = { aggregateId, version: aggregateVersion }
  const named = { ...base, raw: json, eventId, name, place }
  if (!isEventName(name) || !isWanted(name)) return named
  if (version !== catalog[name].version)
    return { ...named, problem: `Version ${version} of ${name} is unknown` }
  const parsed = catalog[name].schema.safeParse(data)
  if (!parsed.success) return { ...named, problem: `The data of ${name} does not fit its schema` }
  return { ...named, event: { ...envelope.data, name, data: parsed.data } as ShopEvent }
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
