import type { Sql } from '@souk/db/connect'
import { newId } from '@souk/kernel/id'
import { currentRequest } from '@souk/service/request'
import { catalog, type EventData, type EventName } from './catalog.ts'
import { maxEventLength } from './delivery.ts'

export type NewEvent<Name extends EventName = EventName> = {
  name: Name
  aggregateId: string
  /** The aggregate's version after this event: one higher than after the event before. */
  aggregateVersion: number
  data: EventData<Name>
}

/** Builds an event with its type checked against the catalogue. */
export function shopEvent<Name extends EventName>(
  name: Name,
  aggregateId: string,
  aggregateVersion: number,
  data: EventData<Name>,
): NewEvent {
  return { name, aggregateId, aggregateVersion, data } as NewEvent
}

/** Columns of outbox rows, for `unnest` in one statement: see `insertOutboxSql`. Throws on data that no consumer could read. */
export function outboxColumns(events: readonly NewEvent[]): unknown[] {
  const traceId = currentRequest()?.requestId ?? null
  const payloads = events.map(readablePayload)
  return [
    events.map(() => newId()),
    events.map((event) => event.name),
    events.map((event) => catalog[event.name].version),
    events.map((event) => event.aggregateId),
    events.map((event) => event.aggregateVersion),
    payloads,
    events.map(() => traceId),
  ]
}

function readablePayload({ name, data }: NewEvent): string {
  catalog[name].schema.parse(data)
  const payload = JSON.stringify(data)
  if (payload.length > maxEventLength / 2) throw new Error(`The data of ${name} is too large for an event`)
  return payload
}

/** `firstParameter` is the number of the first of the seven array parameters that `outboxColumns` gives. */
export function insertOutboxSql(firstParameter: number): string {
  const types = ['uuid[]', 'text[]', 'int[]', 'text[]', 'bigint[]', 'jsonb[]', 'text[]']
  const parameters = types.map((type, index) => `$${firstParameter + index}::${type}`)
  return `insert into outbox (event_id, name, schema_version, aggregate_id, aggregate_version, payload, trace_id)
          select * from unnest(${parameters.join(', ')})`
}

/** Writes events into the outbox of the open transaction, so that they exist exactly when the change does. */
export async function record(tx: Sql, events: readonly NewEvent[]): Promise<void> {
  if (events.length === 0) return
  await tx.query(insertOutboxSql(1), outboxColumns(events), 'outbox-record')
}
