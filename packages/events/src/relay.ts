import { faultPoint } from '@souk/service/fault-point'
import type { Log } from '@souk/service/log'
import { counter, gauge } from '@souk/service/metrics'
import { type Redis, withDeadline } from '@souk/service/redis'
import { announcePublisher, publishAgain, takeRequests } from './again.ts'
import { type Envelope, type Owner, streamOf } from './catalog.ts'
import type { Lease } from './leadership.ts'
import { afterAdding, forgetLostEntries, type StreamState, stateOf, wasMadeAnew } from './rebuild.ts'
import { createSleeper, pause, type Timing } from './timing.ts'

const batchSize = 500
const redisDeadlineMs = 2000

const repeated = counter('souk_outbox_repeated_total', 'Events sent again because a consumer missed them.')
const published = counter('souk_outbox_published_total', 'Events published from the outbox.')
const lag = gauge('souk_outbox_unpublished', 'Events waiting in the outbox.')

type OutboxRow = {
  seq: number
  event_id: string
  name: string
  schema_version: number
  aggregate_id: string
  aggregate_version: number
  payload: unknown
  trace_id: string | null
  occurred_at: Date
}

export type Relay = {
  wake(): void
  /** Publishes for as long as the lease lasts. */
  run(lease: Lease): Promise<void>
}

/**
 * Publishes the outbox to the owner's stream, in order, at least once. `wake` after a commit saves the
 * poll interval. Redis may be away or lose everything: the outbox is the truth and is published again.
 */
export function createRelay(options: { redis: Redis; owner: Owner; log: Log; timing: Timing }): Relay {
  const { redis, log, timing } = options
  const stream = streamOf(options.owner)
  const sleeper = createSleeper()
  let mustCompare = true
  let known: StreamState | undefined
  let isAnew = false
  redis.on('ready', () => {
    mustCompare = true
  })

  async function publishBatch(lease: Lease): Promise<number> {
    const rows = await lease.sql.query<OutboxRow>(
      `select seq, event_id, name, schema_version, aggregate_id, aggregate_version, payload, trace_id, occurred_at
       from outbox where published_at is null order by seq limit ${batchSize}`,
      [],
      'outbox-unpublished',
    )
    lag.set(rows.length)
    // Redis may have come back empty while the rows were read; then what it lost goes first.
    if (rows.length === 0 || mustCompare || lease.signal.aborted) return 0
    const batch = redis.multi()
    for (const row of rows) batch.xAdd(stream, '*', { e: JSON.stringify(envelopeOf(row)) })
    faultPoint('relay.before_xadd')
    const ids = (await withDeadline(batch.execAsPipeline(), redisDeadlineMs)).map(String)
    faultPoint('relay.after_xadd')
    await lease.sql.query(
      // Not waited for on disk: a mark that a crash takes back has the event published twice, which inboxes absorb.
      `with relaxed as (select set_config('synchronous_commit', 'off', true))
       update outbox set published_at = now(), stream_id = sent.stream_id
       from relaxed, unnest($1::bigint[], $2::text[]) as sent (seq, stream_id) where outbox.seq = sent.seq`,
      [rows.map((row) => row.seq), ids],
      'outbox-published',
    )
    known = known && afterAdding(known, ids)
    published.inc(rows.length)
    return rows.length
  }

  async function compare(lease: Lease): Promise<void> {
    mustCompare = false
    await announcePublisher(redis, stream)
    const now = await stateOf(redis, stream)
    isAnew ||= known !== undefined && wasMadeAnew(known, now)
    const lost = await forgetLostEntries(lease.sql, now, isAnew)
    isAnew = false
    known = now
    if (lost > 0) log.warn({ events: lost }, 'redis lost events; publishing them again')
  }

  /** True when the stream is no longer the one that was published to, as after a flush. */
  async function hasChanged(): Promise<boolean> {
    const now = await stateOf(redis, stream)
    if (known !== undefined && wasMadeAnew(known, now)) return true
    known = now
    return false
  }

  async function serveRequests(lease: Lease): Promise<void> {
    for (const request of await takeRequests(redis, stream)) {
      if (request.all) {
        isAnew = true
        mustCompare = true
      }
      const { events, fillers } = await publishAgain(lease.sql, request)
      for (const filler of fillers)
        await withDeadline(redis.xAdd(stream, '*', { e: JSON.stringify(filler) }), redisDeadlineMs)
      repeated.inc(events)
      if (events > 0) log.info({ events }, 'a consumer missed events; publishing them again')
    }
  }

  return {
    wake: sleeper.wake,
    run: async (lease) => {
      mustCompare = true
      known = undefined
      let comparedAt = Date.now()
      let servedAt = 0
      while (!lease.signal.aborted) {
        try {
          if (!redis.isReady) {
            await sleeper.sleep(timing.pollMs, lease.signal)
            continue
          }
          if (Date.now() - servedAt >= timing.againEveryMs) {
            await serveRequests(lease)
            servedAt = Date.now()
          }
          if (mustCompare) await compare(lease)
          const sent = await publishBatch(lease)
          if (sent === batchSize) continue
          if (sent > 0) await pause(timing.gatherMs, lease.signal)
          if (Date.now() - comparedAt > timing.compareEveryMs) {
            comparedAt = Date.now()
            mustCompare ||= await hasChanged()
          }
          if (!mustCompare) await sleeper.sleep(timing.pollMs, lease.signal)
        } catch (error) {
          // What was sent and not marked may be in the stream or not: comparing finds out.
          mustCompare = true
          if (!lease.signal.aborted) log.warn({ err: error }, 'the outbox relay will try again')
          await pause(timing.standbyMs, lease.signal)
        }
      }
    },
  }
}

function envelopeOf(row: OutboxRow): Envelope {
  return {
    id: row.event_id,
    name: row.name,
    version: row.schema_version,
    aggregateId: row.aggregate_id,
    aggregateVersion: row.aggregate_version,
    occurredAt: row.occurred_at.toISOString(),
    traceId: row.trace_id,
    data: row.payload,
  }
}
