import type { Database } from '@souk/db/connect'
import { faultPoint } from '@souk/service/fault-point'
import type { Log } from '@souk/service/log'
import { counter, gauge } from '@souk/service/metrics'
import { type Redis, withDeadline } from '@souk/service/redis'
import type { PoolClient } from 'pg'
import { type Envelope, type Owner, streamOf } from './catalog.ts'
import { forgetLostEntries } from './rebuild.ts'
import { trimStream } from './trim.ts'

const batchSize = 500
const pollMs = 200
const redisDeadlineMs = 2000
const trimEveryMs = 60_000
/** Any number, the same in every instance: whoever holds this lock publishes. */
const relayLock = 7_304_001

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

export type Relay = { wake(): void; stop(): Promise<void> }

/**
 * Publishes the outbox to the owner's stream, in order, at least once. One instance per database holds
 * the lock and publishes; the others stand by. `wake` after a commit saves the poll interval.
 */
export function startRelay(options: { db: Database<unknown>; redis: Redis; owner: Owner; log: Log }): Relay {
  const { db, redis, owner, log } = options
  const stopping = new AbortController()
  let wakeUp: () => void = () => {}
  let isWoken = false
  const wake = () => {
    isWoken = true
    wakeUp()
  }
  const pause = (ms: number) =>
    new Promise<void>((resolve) => {
      if (isWoken || stopping.signal.aborted) return resolve()
      const timer = setTimeout(resolve, ms)
      wakeUp = () => {
        clearTimeout(timer)
        resolve()
      }
    })
  let mustCheckStream = true
  redis.on('ready', () => {
    mustCheckStream = true
  })

  const lead = async (leader: PoolClient) => {
    let trimmedAt = Date.now()
    while (!stopping.signal.aborted) {
      isWoken = false
      if (!redis.isReady) {
        await pause(pollMs)
        continue
      }
      if (mustCheckStream) {
        mustCheckStream = false
        const lost = await forgetLostEntries({ db, redis, stream: streamOf(owner) })
        if (lost > 0) log.warn({ events: lost }, 'redis lost events; publishing them again')
      }
      const count = await publishBatch(db, leader, redis, owner)
      if (count === batchSize) continue
      if (Date.now() - trimmedAt > trimEveryMs) {
        trimmedAt = Date.now()
        await trimStream({ db, redis, stream: streamOf(owner) })
      }
      await pause(pollMs)
    }
  }

  const loop = async () => {
    while (!stopping.signal.aborted) {
      try {
        await withLeadership(db, lead)
      } catch (error) {
        mustCheckStream = true
        log.warn({ err: error }, 'the outbox relay will try again')
      }
      if (!stopping.signal.aborted) await new Promise((resolve) => setTimeout(resolve, 250))
    }
  }
  const finished = loop()
  return {
    wake,
    stop: async () => {
      stopping.abort()
      wake()
      await finished
    },
  }
}

async function withLeadership(
  db: Database<unknown>,
  lead: (leader: PoolClient) => Promise<void>,
): Promise<void> {
  const leader = await db.pool.connect()
  let isHealthy = false
  try {
    const { rows } = await leader.query<{ held: boolean }>('select pg_try_advisory_lock($1) as held', [
      relayLock,
    ])
    if (rows[0]?.held) {
      await lead(leader)
      await leader.query('select pg_advisory_unlock($1)', [relayLock])
    }
    isHealthy = true
  } finally {
    // Destroying the connection gives the lock back even when unlocking was not reached.
    leader.release(!isHealthy)
  }
}

/** Reads and marks on the leader's own connection: when that is lost, so is the lock. */
async function publishBatch(
  db: Database<unknown>,
  leader: PoolClient,
  redis: Redis,
  owner: Owner,
): Promise<number> {
  const { rows } = await leader.query<OutboxRow>({
    name: 'outbox-unpublished',
    text: `select seq, event_id, name, schema_version, aggregate_id, aggregate_version, payload, trace_id, occurred_at
           from outbox where published_at is null order by seq limit ${batchSize}`,
  })
  lag.set(rows.length)
  if (rows.length === 0) return 0
  const batch = redis.multi()
  for (const row of rows) batch.xAdd(streamOf(owner), '*', { e: JSON.stringify(envelopeOf(row)) })
  faultPoint('relay.before_xadd')
  const ids = await withDeadline(batch.execAsPipeline(), redisDeadlineMs)
  faultPoint('relay.after_xadd')
  await db.sql.query(
    `update outbox set published_at = now(), stream_id = sent.stream_id
     from unnest($1::bigint[], $2::text[]) as sent(seq, stream_id) where outbox.seq = sent.seq`,
    [rows.map((row) => row.seq), ids.map(String)],
    'outbox-published',
  )
  published.inc(rows.length)
  return rows.length
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
