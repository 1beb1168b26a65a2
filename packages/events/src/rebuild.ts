import type { Database } from '@souk/db/connect'
import { type Redis, withDeadline } from '@souk/service/redis'

/**
 * Compares what the outbox published with what the stream remembers, and marks for publishing again
 * every event that Redis lost (all of them after an empty restart, the tail after a cut log). Consumers
 * know the repeated ones by their inbox. Returns how many will be published again.
 */
export async function forgetLostEntries(options: {
  db: Database<unknown>
  redis: Redis
  stream: string
}): Promise<number> {
  const last = await lastEntry(options.redis, options.stream)
  const rows = await options.db.sql.query<{ count: number }>(
    `with lost as (
       update outbox set published_at = null, stream_id = null
       where published_at is not null
         and (split_part(stream_id, '-', 1)::bigint, split_part(stream_id, '-', 2)::bigint) > ($1::bigint, $2::bigint)
       returning 1)
     select count(*)::int as count from lost`,
    [last.ms, last.counter],
  )
  return rows[0]?.count ?? 0
}

async function lastEntry(redis: Redis, stream: string): Promise<{ ms: number; counter: number }> {
  const exists = await withDeadline(redis.exists(stream), 2000)
  if (exists === 0) return { ms: -1, counter: -1 }
  const info = await withDeadline(redis.xInfoStream(stream), 2000)
  const [ms = '-1', counter = '-1'] = String(info['last-generated-id']).split('-')
  return { ms: Number(ms), counter: Number(counter) }
}
