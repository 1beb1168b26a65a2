import type { Sql } from '@souk/db/connect'
import { type Redis, withDeadline } from '@souk/service/redis'

const chunkRows = 5000
/** Ids in the stream grow almost in the order of `seq`; so many rows without a loss mean that there is none further back. */
const soundRowsBeforeStop = 20_000

type Position = { ms: number; counter: number }
type Chunk = { first: number | null; seen: number; lost: number }

/** What a stream says about itself. Up to `gone`, entries may have left it. */
export type StreamState = { first: Position; last: Position; gone: Position; added: number }

/**
 * Marks for publishing again every event that Redis lost: all of them after an empty restart, the tail
 * after a cut log. A stream that was deleted and made anew may hold later events already: there, what is
 * older than its first entry is lost as well. Consumers know the repeated ones by their inbox. Returns
 * how many will be published again.
 */
export async function forgetLostEntries(sql: Sql, state: StreamState, isAnew: boolean): Promise<number> {
  let before: number | null = null
  let lost = 0
  let soundRows = 0
  while (soundRows < soundRowsBeforeStop) {
    const chunk: Chunk | undefined = await forgetChunk(sql, state, isAnew, before)
    if (!chunk) break
    lost += chunk.lost
    soundRows = chunk.lost === 0 ? soundRows + chunk.seen : 0
    before = chunk.first
    if (chunk.seen < chunkRows) break
  }
  return lost
}

/** From the newest row backwards, in pieces that each stay far below the statement timeout. */
async function forgetChunk(
  sql: Sql,
  { first, last }: StreamState,
  isAnew: boolean,
  before: number | null,
): Promise<Chunk | undefined> {
  const [chunk] = await sql.query<Chunk>(
    `with chunk as (
       select seq, published_at, (split_part(stream_id, '-', 1)::bigint, split_part(stream_id, '-', 2)::bigint) as id
       from outbox where $6::bigint is null or seq < $6
       order by seq desc limit ${chunkRows}
     ), lost as (
       update outbox set published_at = null, stream_id = null from chunk
       where outbox.seq = chunk.seq and chunk.published_at is not null
         and (chunk.id > ($1::bigint, $2::bigint)
           or ($5 and chunk.id < ($3::bigint, $4::bigint)))
       returning 1
     )
     select (select min(seq) from chunk) as first, (select count(*)::int from chunk) as seen,
            (select count(*)::int from lost) as lost`,
    [last.ms, last.counter, first.ms, first.counter, isAnew, before],
  )
  return chunk
}

/** True when `now` cannot be the stream that `known` was, as after a flush. */
export function wasMadeAnew(known: StreamState, now: StreamState): boolean {
  return isBefore(now.last, known.last) || now.added < known.added
}

const nowhere: Position = { ms: -1, counter: -1 }

/** What is known of a stream after entries were added, without asking it. */
export function afterAdding(known: StreamState, ids: readonly string[]): StreamState {
  const [first] = ids
  return {
    ...known,
    first: known.first === nowhere && first !== undefined ? positionOf(first) : known.first,
    last: positionOf(ids.at(-1) ?? '0-0'),
    added: known.added + ids.length,
  }
}

export async function stateOf(redis: Redis, stream: string): Promise<StreamState> {
  const exists = await withDeadline(redis.exists(stream), 2000)
  if (exists === 0) return { first: nowhere, last: nowhere, gone: nowhere, added: 0 }
  const info = await withDeadline(redis.xInfoStream(stream), 2000)
  const last = positionOf(String(info['last-generated-id']))
  const firstEntry = info['first-entry']
  const first = firstEntry ? positionOf(String(firstEntry.id)) : nowhere
  // Trimming moves the first entry; taking out single ones is noted, though not by older servers.
  const trimmed = firstEntry ? first : last
  const deleted = positionOf(String(info['max-deleted-entry-id'] ?? '0-0'))
  return {
    first,
    last,
    gone: isBefore(trimmed, deleted) ? deleted : trimmed,
    added: Number(info['entries-added'] ?? 0),
  }
}

export function positionOf(entryId: string): Position {
  const [ms = '-1', counter = '-1'] = entryId.split('-')
  return { ms: Number(ms), counter: Number(counter) }
}

export function isBefore(a: Position, b: Position): boolean {
  return a.ms < b.ms || (a.ms === b.ms && a.counter < b.counter)
}

export function textOf({ ms, counter }: Position): string {
  return `${ms}-${counter}`
}
