import type { Sql } from '@souk/db/connect'
import type { EventName, ShopEvent } from './catalog.ts'

/** What a service listens to. A handler writes with `tx`; its changes and the inbox row commit together. */
export type Subscriptions = {
  [Name in EventName]?: (event: ShopEvent<Name>, tx: Sql) => Promise<void>
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

export async function dispatch(subscriptions: Subscriptions, event: ShopEvent, tx: Sql): Promise<void> {
  const handler = subscriptions[event.name] as ((event: ShopEvent, tx: Sql) => Promise<void>) | undefined
  await handler?.(event, tx)
}
