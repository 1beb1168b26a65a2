import type { Sql } from '@souk/db/connect'
import { type Redis, withDeadline } from '@souk/service/redis'

const chunkRows = 5000
/** Ids in the stream grow almost in the order of `seq`; so many rows without a loss mean that there is none further back. */
const soundRowsBeforeStop = 20_000

type Position = { ms: number; counter: number }
type Chunk = { first: number | null; seen: number; lost: number }

/**
 * Compares what the outbox published with what the stream remembers, and marks for publishing again
 * every event that Redis lost (all of them after an empty restart, the tail after a cut log). Consumers
 * know the repeated ones by their inbox. Returns how many will be published again.
 */
export async function forgetLostEntries(options: {
  sql: Sql
  redis: Redis
  stream: string
}): Promise<number> {
  const last = await lastEntry(options.redis, options.stream)
  let before: number | null = null
  let lost = 0
  let soundRows = 0
  while (soundRows < soundRowsBeforeStop) {
    const chunk: Chunk | undefined = await forgetChunk(options.sql, last, before)
    if (!chunk) break
    lost += chunk.lost
    soundRows = chunk.lost === 0 ? soundRows + chunk.seen : 0
    before = chunk.first
    if (chunk.seen < chunkRows) break
  }
  return lost
}

/** From the newest row backwards, in pieces that each stay far below the statement timeout. */
async function forgetChunk(sql: Sql, last: Position, before: number | null): Promise<Chunk | undefined> {
  const [chunk] = await sql.query<Chunk>(
    `with chunk as (
       select seq, published_at, stream_id from outbox where $3::bigint is null or seq < $3
       order by seq desc limit ${chunkRows}
     ), lost as (
       update outbox set published_at = null, stream_id = null from chunk
       where outbox.seq = chunk.seq and chunk.published_at is not null
         and (split_part(chunk.stream_id, '-', 1)::bigint, split_part(chunk.stream_id, '-', 2)::bigint)
             > ($1::bigint, $2::bigint)
       returning 1
     )
     select (select min(seq) from chunk) as first, (select count(*)::int from chunk) as seen,
            (select count(*)::int from lost) as lost`,
    [last.ms, last.counter, before],
  )
  return chunk
}

/** True when the stream does not reach as far as an id that was published, as after a flush. */
export async function hasForgotten(redis: Redis, stream: string, publishedId: string): Promise<boolean> {
  const last = await lastEntry(redis, stream)
  const sent = positionOf(publishedId)
  return last.ms < sent.ms || (last.ms === sent.ms && last.counter < sent.counter)
}

async function lastEntry(redis: Redis, stream: string): Promise<Position> {
  const exists = await withDeadline(redis.exists(stream), 2000)
  if (exists === 0) return { ms: -1, counter: -1 }
  const info = await withDeadline(redis.xInfoStream(stream), 2000)
  return positionOf(String(info['last-generated-id']))
}

function positionOf(entryId: string): Position {
  const [ms = '-1', counter = '-1'] = entryId.split('-')
  return { ms: Number(ms), counter: Number(counter) }
}
