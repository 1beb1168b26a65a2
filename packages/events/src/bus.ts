import type { Database } from '@souk/db/connect'
import type { Log } from '@souk/service/log'
import { type Redis, withDeadline } from '@souk/service/redis'
import { type Owner, streamOf } from './catalog.ts'
import { consume, streamsOf } from './consume.ts'
import type { BusOverview, DeadLetter } from './contract.ts'
import { listDeadLetters, replayDeadLetter } from './dead-letter.ts'
import type { Subscriptions } from './inbox.ts'
import { keepHouse } from './keep-house.ts'
import { holdLeadership } from './leadership.ts'
import { createRelay } from './relay.ts'
import { createSharedWake } from './shared-wake.ts'
import { defaultTiming, type Timing } from './timing.ts'

export type EventBus = {
  /** Call after a commit that recorded events; without it they leave at the next poll. */
  wake(): void
  overview(): Promise<BusOverview>
  deadLetters(): Promise<DeadLetter[]>
  replay(id: string): Promise<DeadLetter>
  stop(): Promise<void>
}

export type BusOptions = {
  db: Database<unknown>
  redis: Redis
  redisUrl: string
  service: string
  instance: string
  /** The stream this service publishes to; none for a service that only listens. */
  owner?: Owner
  subscriptions: Subscriptions
  /** Runs after each commit of handled events, when what the handlers wrote is visible. */
  onHandled?: () => void
  log: Log
  timing?: Partial<Timing>
}

/**
 * Starts what moves a service's events: one of its instances publishes the outbox and handles what others
 * publish, in order; the others stand by to take over.
 */
export function startBus(options: BusOptions): EventBus {
  const { db, redis, log, service, owner, subscriptions } = options
  const timing = { ...defaultTiming, ...options.timing }
  const relay = owner === undefined ? undefined : createRelay({ redis, owner, log, timing })
  const shared = createSharedWake(redis, service, () => relay?.wake())
  const wake = () => {
    if (relay) shared.wake()
  }
  const onCommitted = () => {
    wake()
    options.onHandled?.()
  }
  const leadership = holdLeadership({
    db,
    log,
    timing,
    work: async (lease) => {
      shared.lead()
      try {
        await Promise.all([
          relay?.run(lease),
          consume({ ...options, timing, onCommitted }, lease),
          keepHouse({ redis, stream: owner && streamOf(owner), log }, lease),
        ])
      } finally {
        shared.standBy()
      }
    },
  })
  const streams = streamsOf(subscriptions)
  return {
    wake,
    overview: async () => ({
      service: options.service,
      ...(await outboxState(db)),
      groups: await Promise.all(
        streams.map(async (stream) => await groupState(redis, stream, options.service)),
      ),
    }),
    deadLetters: async () => await listDeadLetters(db),
    replay: async (id) => {
      const letter = await replayDeadLetter(db, subscriptions, id)
      onCommitted()
      return letter
    },
    stop: async () => {
      await leadership.stop()
      shared.stop()
    },
  }
}

async function outboxState(db: Database<unknown>) {
  const [row] = await db.sql.query<{ waiting: number; oldest: number; dead: number }>(
    `select (select count(*)::int from outbox where published_at is null) as waiting,
            (select coalesce(extract(epoch from now() - min(occurred_at)), 0)::float from outbox where published_at is null) as oldest,
            (select count(*)::int from dead_letter where replayed_at is null) as dead`,
  )
  return {
    outboxWaiting: row?.waiting ?? 0,
    oldestWaitingSeconds: row?.oldest ?? 0,
    deadLetters: row?.dead ?? 0,
  }
}

async function groupState(redis: Redis, stream: string, group: string) {
  const groups = await withDeadline(redis.xInfoGroups(stream), 1000).catch(() => [])
  const own = groups.find((candidate) => String(candidate.name) === group)
  return { stream, lag: Number(own?.lag ?? 0), pending: Number(own?.pending ?? 0) }
}
