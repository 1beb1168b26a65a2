import type { Sql } from '@souk/db/connect'
import type { EventName, ShopEvent } from './catalog.ts'

/** What a service listens to. A handler writes with `tx`; its changes and the inbox row commit together. */
export type Subscriptions = { [Name in EventName]?: Handle<Name> | HandleTogether<Name> }

type Handle<Name extends EventName> = (event: ShopEvent<Name>, tx: Sql) => Promise<void>
/** For an event that comes with every purchase: those that arrive one after the other share their statements. */
type HandleTogether<Name extends EventName> = {
  together: (events: readonly ShopEvent<Name>[], tx: Sql) => Promise<void>
}

/** Returns the ids of the events that this consumer has not handled before. */
export async function claimInInbox(
  tx: Sql,
  consumer: string,
  events: readonly ShopEvent[],
): Promise<Set<string>> {
  const rows = await tx.query<{ event_id: string }>(
    `insert into inbox (consumer, event_id, name, aggregate_id, aggregate_version)
     select $1, * from unnest($2::uuid[], $3::text[], $4::text[], $5::bigint[])
     on conflict do nothing returning event_id`,
    [
      consumer,
      events.map((event) => event.id),
      events.map((event) => event.name),
      events.map((event) => event.aggregateId),
      events.map((event) => event.aggregateVersion),
    ],
    'inbox-claim',
  )
  return new Set(rows.map((row) => row.event_id))
}

/** Events of one name that one handler takes at once. */
export type Run = [ShopEvent, ...ShopEvent[]]

/** Events in the order in which they are to be handled. Only neighbours share a run, so no event overtakes another. */
export function inRuns(subscriptions: Subscriptions, events: readonly ShopEvent[]): Run[] {
  const runs: Run[] = []
  for (const event of events) {
    const last = runs.at(-1)
    const isTogether = typeof subscriptions[event.name] === 'object'
    if (last && isTogether && last[0].name === event.name) last.push(event)
    else runs.push([event])
  }
  return runs
}

export async function dispatch(subscriptions: Subscriptions, run: Run, tx: Sql): Promise<void> {
  const handler = subscriptions[run[0].name] as Handle<EventName> | HandleTogether<EventName> | undefined
  if (typeof handler === 'object') await handler.together(run, tx)
  else for (const event of run) await handler?.(event, tx)
}
