import type { Database } from '@souk/db/connect'
import { classifyDbError } from '@souk/db/errors'
import { faultPoint } from '@souk/service/fault-point'
import type { Log } from '@souk/service/log'
import { counter } from '@souk/service/metrics'
import { openRedis, withDeadline } from '@souk/service/redis'
import { backgroundScope, runInRequest } from '@souk/service/request'
import { catalog, type EventName, type Owner, streamOf } from './catalog.ts'
import { writeDeadLetter } from './dead-letter.ts'
import { type Delivery, readDelivery } from './delivery.ts'
import { claimAbandoned, ensureGroups, isMissingGroup, readNew, readOwnPending } from './group.ts'
import { claimInInbox, dispatch, type Subscriptions } from './inbox.ts'

const maxAttempts = 8
const claimEveryMs = 15_000
const claimIdleMs = 30_000

const handled = counter('souk_events_handled_total', 'Events handled.', ['name', 'outcome'])

type Retry = { delivery: Delivery; attempts: number; dueAtMs: number }

export type Consumer = { stop(): Promise<void> }

/**
 * Reads the streams of every owner it has a subscription for, as one member of the service's group.
 * Events of one aggregate are handled in order: while one is being retried, later ones of the same
 * aggregate wait behind it and all others pass. After eight failures an event becomes a dead letter.
 */
export function startConsumer(options: {
  db: Database<unknown>
  redisUrl: string
  service: string
  instance: string
  subscriptions: Subscriptions
  log: Log
  onCommitted: () => void
}): Consumer {
  const { db, service, subscriptions, log } = options
  const redis = openRedis(options.redisUrl, log)
  const names = Object.keys(subscriptions) as EventName[]
  const owners = [...new Set(names.map((name): Owner => catalog[name].owner))]
  const streams = owners.map(streamOf)
  const member = { group: service, consumer: `${service}-${options.instance}` }
  const stopping = new AbortController()
  const waiting = new Map<string, Retry[]>()

  async function handleBatch(deliveries: readonly Delivery[]): Promise<void> {
    const fresh = deliveries.filter((delivery) => !deferred(delivery))
    const { wanted, others } = partition(
      fresh,
      (delivery) => delivery.problem !== undefined || isWanted(delivery),
    )
    await acknowledge(others)
    if (wanted.length === 0) return
    const readable = wanted.filter((delivery) => delivery.problem === undefined)
    try {
      await apply(readable)
      faultPoint('consumer.before_ack')
      await acknowledge(readable)
    } catch {
      for (const delivery of readable) {
        if (!deferred(delivery)) await attempt({ delivery, attempts: 0, dueAtMs: 0 })
      }
    }
    for (const delivery of wanted)
      if (delivery.problem !== undefined) await park(delivery, delivery.problem, 1)
    options.onCommitted()
  }

  const isWanted = (delivery: Delivery) =>
    delivery.event !== undefined && delivery.event.name in subscriptions

  /** Puts a delivery behind an earlier one of its aggregate that is still being retried. */
  function deferred(delivery: Delivery): boolean {
    const queue = delivery.event === undefined ? undefined : waiting.get(delivery.event.aggregateId)
    if (queue === undefined || !isWanted(delivery)) return false
    if (!queue.some((retry) => retry.delivery.entryId === delivery.entryId)) {
      queue.push({ delivery, attempts: 0, dueAtMs: 0 })
    }
    return true
  }

  /** True when the delivery needs nothing more: handled, or parked as a dead letter. */
  async function attempt(retry: Retry): Promise<boolean> {
    const { delivery } = retry
    try {
      await apply([delivery])
      await acknowledge([delivery])
      return true
    } catch (error) {
      return await failed(retry, error)
    }
  }

  async function failed(retry: Retry, error: unknown): Promise<boolean> {
    const { delivery } = retry
    const kind = classifyDbError(error).kind
    // A database that is away says nothing about the event.
    if (kind !== 'unavailable' && kind !== 'retry') retry.attempts += 1
    const name = delivery.event?.name ?? 'unknown'
    handled.inc({ name, outcome: 'failed' })
    log.warn(
      { err: error, event: name, eventId: delivery.event?.id, attempts: retry.attempts },
      'event handler failed',
    )
    if (retry.attempts >= maxAttempts) {
      await park(delivery, error instanceof Error ? error.message : String(error), retry.attempts)
      return true
    }
    retry.dueAtMs = Date.now() + Math.min(15_000, 100 * 2 ** retry.attempts) * (0.5 + Math.random())
    const key = delivery.event?.aggregateId ?? delivery.entryId
    if (!waiting.has(key)) waiting.set(key, [retry])
    return false
  }

  async function retryDue(): Promise<void> {
    for (const [aggregateId, queue] of waiting) {
      while (queue[0] && queue[0].dueAtMs <= Date.now() && !stopping.signal.aborted) {
        const retry = queue[0]
        if (!(await attempt(retry))) break
        queue.shift()
        options.onCommitted()
      }
      if (queue.length === 0) waiting.delete(aggregateId)
    }
  }

  /** One transaction for the whole batch: inbox rows first, then each event that is new. */
  async function apply(deliveries: readonly Delivery[]): Promise<void> {
    const events = deliveries.flatMap((delivery) => (delivery.event ? [delivery.event] : []))
    if (events.length === 0) return
    await db.transaction(async (tx) => {
      const fresh = await claimInInbox(tx, service, events)
      for (const event of events) {
        if (!fresh.delete(event.id)) continue
        await runInRequest(backgroundScope(service, event.traceId ?? event.id), async () => {
          await dispatch(subscriptions, event, tx)
        })
      }
    })
    for (const event of events) handled.inc({ name: event.name, outcome: 'ok' })
  }

  async function park(delivery: Delivery, reason: string, attempts: number): Promise<void> {
    await writeDeadLetter(db, { consumer: service, delivery, reason, attempts })
    handled.inc({ name: delivery.event?.name ?? 'unknown', outcome: 'dead' })
    log.error(
      { event: delivery.event?.name, entryId: delivery.entryId, reason },
      'event became a dead letter',
    )
    await acknowledge([delivery])
  }

  async function acknowledge(deliveries: readonly Delivery[]): Promise<void> {
    for (const stream of streams) {
      const ids = deliveries
        .filter((delivery) => delivery.stream === stream)
        .map((delivery) => delivery.entryId)
      if (ids.length > 0) await withDeadline(redis.xAck(stream, member.group, ids), 2000)
    }
  }

  async function loop(): Promise<void> {
    if (streams.length === 0) return
    await redis.connect().catch(() => {})
    let isPrepared = false
    let claimedAt = 0
    while (!stopping.signal.aborted) {
      try {
        if (!isPrepared) {
          await ensureGroups(redis, streams, member.group)
          await handleBatch((await readOwnPending(redis, streams, member)).map(readDelivery))
          isPrepared = true
        }
        if (Date.now() - claimedAt > claimEveryMs) {
          claimedAt = Date.now()
          await handleBatch((await claimAbandoned(redis, streams, member, claimIdleMs)).map(readDelivery))
        }
        await retryDue()
        await handleBatch(
          (await readNew(redis, streams, member, waiting.size > 0 ? 50 : 1000)).map(readDelivery),
        )
      } catch (error) {
        if (stopping.signal.aborted) break
        isPrepared = false
        if (!isMissingGroup(error) && redis.isReady) log.warn({ err: error }, 'event consumer will try again')
        await new Promise((resolve) => setTimeout(resolve, 250))
      }
    }
  }

  const finished = loop()
  return {
    stop: async () => {
      stopping.abort()
      await finished
      redis.destroy()
    },
  }
}

function partition<Item>(items: readonly Item[], isWanted: (item: Item) => boolean) {
  const wanted: Item[] = []
  const others: Item[] = []
  for (const item of items) (isWanted(item) ? wanted : others).push(item)
  return { wanted, others }
}
