import type { Sql } from '@souk/db/connect'
import { newId } from '@souk/kernel/id'
import { type Redis, withDeadline } from '@souk/service/redis'
import { z } from 'zod'
import type { Envelope } from './catalog.ts'
import type { Gap } from './in-order.ts'

const Request = z.object({
  gaps: z
    .array(z.object({ aggregateId: z.string(), after: z.int(), before: z.int() }))
    .max(1000)
    .default([]),
  /** Entries that left the stream unread: above the first, up to the second; or these. */
  range: z.tuple([z.string(), z.string()]).optional(),
  entryIds: z.array(z.string()).max(10_000).default([]),
  /** The stream was made anew: whatever it does not hold. */
  all: z.boolean().default(false),
})
export type AgainRequest = z.input<typeof Request>
export type TakenRequest = z.output<typeof Request>

/** A filler says that a version exists nowhere, so that nobody waits for it. No consumer has a handler for it. */
export const fillerName = 'outbox.nothing'
/** Nobody may wait for more versions of one aggregate at a time. */
const maxVersions = 200
/** How far back what left the stream unread is looked for. */
const recentRows = 50_000

/** Newer requests push older ones out; who still needs something asks again. */
const keptRequests = 200
const requestSeconds = 60
const deadlineMs = 1000

const keyOf = (stream: string) => `${stream}:again`
const publisherKeyOf = (stream: string) => `${stream}:publisher`

/** Says, for as long as this Redis remembers, that somebody publishes to the stream and can be asked. */
export async function announcePublisher(redis: Redis, stream: string): Promise<void> {
  await withDeadline(redis.set(publisherKeyOf(stream), '1'), deadlineMs)
}

/**
 * Asks the publisher of a stream to send events again. It takes the request when it comes by. False when
 * nobody ever published there.
 */
export async function askAgain(redis: Redis, stream: string, request: AgainRequest): Promise<boolean> {
  const key = keyOf(stream)
  const change = redis
    .multi()
    .exists(publisherKeyOf(stream))
    .rPush(key, JSON.stringify(request))
    .lTrim(key, -keptRequests, -1)
    .expire(key, requestSeconds)
  const [publishers] = await withDeadline(change.exec(), deadlineMs)
  return Number(publishers) > 0
}

/** Takes what consumers have asked for since the last time. */
export async function takeRequests(redis: Redis, stream: string): Promise<TakenRequest[]> {
  const texts = await withDeadline(redis.lPopCount(keyOf(stream), keptRequests), deadlineMs)
  return (texts ?? []).flatMap((text) => {
    const parsed = Request.safeParse(parseJson(String(text)))
    return parsed.success ? [parsed.data] : []
  })
}

/** Marks what was asked for as not published; answers fillers for versions that were never recorded. */
export async function publishAgain(
  sql: Sql,
  request: TakenRequest,
): Promise<{ events: number; fillers: Envelope[] }> {
  const wanted = request.gaps.flatMap(versionsOf)
  let events = 0
  const fillers: Envelope[] = []
  if (wanted.length > 0) {
    const found = await sql.query<{ aggregate_id: string; aggregate_version: number }>(
      `with wanted as (select * from unnest($1::text[], $2::bigint[]) as given (aggregate_id, aggregate_version)),
       again as (
         update outbox set published_at = null, stream_id = null from wanted
         where outbox.aggregate_id = wanted.aggregate_id and outbox.aggregate_version = wanted.aggregate_version
           and published_at is not null)
       select aggregate_id, aggregate_version from outbox join wanted using (aggregate_id, aggregate_version)`,
      [wanted.map(({ aggregateId }) => aggregateId), wanted.map(({ version }) => version)],
      'outbox-versions-again',
    )
    events += found.length
    const known = new Set(found.map((row) => `${row.aggregate_id} ${row.aggregate_version}`))
    for (const { aggregateId, version } of wanted)
      if (!known.has(`${aggregateId} ${version}`)) fillers.push(fillerFor(aggregateId, version))
  }
  if (request.range || request.entryIds.length > 0) {
    const [from, to] = request.range ?? ['0-0', '0-0']
    const lost = await sql.query(
      `update outbox set published_at = null, stream_id = null
       where published_at is not null and seq > (select coalesce(max(seq), 0) - ${recentRows} from outbox)
         and (stream_id = any($1::text[]) or (
           (split_part(stream_id, '-', 1)::bigint, split_part(stream_id, '-', 2)::bigint)
             > (split_part($2, '-', 1)::bigint, split_part($2, '-', 2)::bigint)
           and (split_part(stream_id, '-', 1)::bigint, split_part(stream_id, '-', 2)::bigint)
             <= (split_part($3, '-', 1)::bigint, split_part($3, '-', 2)::bigint)))
       returning seq`,
      [request.entryIds, from, to],
      'outbox-entries-again',
    )
    events += lost.length
  }
  return { events, fillers }
}

function versionsOf({ aggregateId, after, before }: Gap): { aggregateId: string; version: number }[] {
  const count = Math.max(0, Math.min(maxVersions, before - after - 1))
  return Array.from({ length: count }, (_, index) => ({ aggregateId, version: before - count + index }))
}

function fillerFor(aggregateId: string, aggregateVersion: number): Envelope {
  return {
    id: newId(),
    name: fillerName,
    version: 1,
    aggregateId,
    aggregateVersion,
    occurredAt: new Date().toISOString(),
    traceId: null,
    data: {},
  }
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
