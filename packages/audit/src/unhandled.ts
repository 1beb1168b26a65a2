import type { DatabaseName } from '@souk/db/databases'
import { maxOffences, type Offence, type Sources } from './check.ts'

const batchSize = 2000

type Sent = { seq: number; event_id: string; name: string; aggregate_id: string; occurred_at: Date }

/**
 * Every event that a consumer listens to is in its inbox or among its dead letters. What it listens to is
 * read from its inbox.
 */
export async function findUnhandled(
  sources: Sources,
  publishers: readonly DatabaseName[],
  consumers: readonly DatabaseName[],
): Promise<{ looked: number; offences: Offence[] }> {
  const offences: Offence[] = []
  const listening = new Map<DatabaseName, Set<string>>()
  for (const consumer of consumers) listening.set(consumer, await subscriptionsOf(sources, consumer))
  let looked = 0
  for (const publisher of publishers) {
    for await (const batch of sentBy(sources, publisher)) {
      looked += batch.length
      for (const consumer of consumers) {
        const wanted = batch.filter(({ name }) => listening.get(consumer)?.has(name))
        for (const row of await missing(sources, consumer, wanted))
          offences.push({ what: `Never handled by ${consumer}`, row })
        if (offences.length >= maxOffences) return { looked, offences }
      }
    }
  }
  return { looked, offences }
}

async function subscriptionsOf({ sql }: Sources, consumer: DatabaseName): Promise<Set<string>> {
  const rows = await sql<{ name: string }>(consumer, 'select distinct name from inbox where consumer = $1', [
    consumer,
  ])
  return new Set(rows.map(({ name }) => name))
}

async function* sentBy({ sql, graceSeconds }: Sources, publisher: DatabaseName): AsyncGenerator<Sent[]> {
  let after = 0
  for (;;) {
    const rows = await sql<Sent>(
      publisher,
      `select seq, event_id, name, aggregate_id, occurred_at from outbox
       where seq > $1 and occurred_at < now() - make_interval(secs => $2) order by seq limit ${batchSize}`,
      [after, graceSeconds],
    )
    if (rows.length > 0) yield rows
    const last = rows.at(-1)
    if (!last || rows.length < batchSize) return
    after = last.seq
  }
}

async function missing({ sql }: Sources, consumer: DatabaseName, sent: readonly Sent[]): Promise<Sent[]> {
  if (sent.length === 0) return []
  const ids = sent.map(({ event_id }) => event_id)
  const found = await sql<{ event_id: string }>(
    consumer,
    `select event_id::text from inbox where consumer = $1 and event_id = any($2::uuid[])
     union all select event_id from dead_letter where consumer = $1 and event_id = any($2::uuid[]::text[])`,
    [consumer, ids],
  )
  const known = new Set(found.map(({ event_id }) => event_id))
  return sent.filter(({ event_id }) => !known.has(event_id))
}
