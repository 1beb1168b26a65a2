import type { Database } from '@souk/db/connect'
import type { Log } from '@souk/service/log'
import { openRedis, type Redis, withDeadline } from '@souk/service/redis'
import { catalog, type EventName, type Owner, streamOf } from './catalog.ts'
import { type Delivery, type RawEntry, readDelivery } from './delivery.ts'
import {
  claimAbandoned,
  ensureGroups,
  isMissingGroup,
  type Member,
  oldestPending,
  readCount,
  readNew,
} from './group.ts'
import { createHandler, type Handler } from './handle.ts'
import type { Subscriptions } from './inbox.ts'
import type { Lease } from './leadership.ts'
import { pause, type Timing } from './timing.ts'

/** Nothing new is read while so many wait to be tried again. */
const maxHeld = 1000
/** Handed out so often without an end, an entry must have taken the process down with it each time. */
const maxDeliveries = 10
const blockMs = 1000

export type ConsumerOptions = {
  db: Database<unknown>
  redisUrl: string
  service: string
  instance: string
  subscriptions: Subscriptions
  timing: Timing
  log: Log
  onCommitted: () => void
}

/**
 * Reads the streams of every owner the service has a subscription for, as the one active member of the
 * service's group, for as long as the lease lasts. It begins with what the member before it left behind,
 * so that the order within an aggregate holds from one leader to the next.
 */
export async function consume(options: ConsumerOptions, lease: Lease): Promise<void> {
  const streams = streamsOf(options.subscriptions)
  if (streams.length === 0) return await untilAborted(lease.signal)
  if (lease.signal.aborted) return
  const redis = openRedis(options.redisUrl, options.log)
  const reading = { isBlocked: true }
  // A blocked read would hold up the end for a second; what it may still be given stays pending.
  const interrupt = () => {
    if (reading.isBlocked) redis.destroy()
  }
  lease.signal.addEventListener('abort', interrupt, { once: true })
  try {
    await redis.connect().catch(() => {})
    reading.isBlocked = false
    await readOn({ ...options, redis, streams, reading }, lease.signal)
  } finally {
    lease.signal.removeEventListener('abort', interrupt)
    if (redis.isOpen) redis.destroy()
  }
}

type Loop = ConsumerOptions & { redis: Redis; streams: string[]; reading: { isBlocked: boolean } }

async function readOn(loop: Loop, signal: AbortSignal): Promise<void> {
  const { redis, streams, timing, log } = loop
  const member: Member = { group: loop.service, consumer: `${loop.service}-${loop.instance}` }
  const acknowledge = async (deliveries: readonly Delivery[]) => {
    for (const stream of streams) {
      const ids = deliveries.filter((delivery) => delivery.stream === stream).map(({ entryId }) => entryId)
      if (ids.length > 0) await withDeadline(redis.xAck(stream, member.group, ids), 2000)
    }
  }
  const handler = createHandler({ ...loop, acknowledge, signal })
  const handleAll = async (entries: readonly RawEntry[]) => {
    for (let from = 0; from < entries.length && !signal.aborted; from += readCount) {
      await handler.handle(entries.slice(from, from + readCount).map(readDelivery))
    }
  }
  let isPrepared = false
  let claimedAt = Date.now()
  let isFirst = true
  while (!signal.aborted) {
    try {
      if (!isPrepared) {
        await ensureGroups(redis, streams, member.group)
        const left = await claimAbandoned(redis, streams, member, 0)
        if (isFirst) await parkCrashers(loop, member, left, handler)
        isFirst = false
        await handleAll(left)
        isPrepared = true
      }
      if (Date.now() - claimedAt > timing.claimEveryMs) {
        claimedAt = Date.now()
        await handleAll(await claimAbandoned(redis, streams, member, timing.claimIdleMs))
      }
      await handler.retryDue()
      if (handler.heldCount() >= maxHeld) await pause(50, signal)
      else await handleAll(await readNext(loop, member, handler.heldCount() > 0 ? 20 : blockMs, signal))
    } catch (error) {
      if (signal.aborted) return
      isPrepared = false
      if (!isMissingGroup(error) && redis.isReady) log.warn({ err: error }, 'event consumer will try again')
      await pause(timing.standbyMs, signal)
    }
  }
}

async function readNext(
  { redis, streams, reading }: Loop,
  member: Member,
  waitMs: number,
  signal: AbortSignal,
): Promise<RawEntry[]> {
  if (signal.aborted) return []
  reading.isBlocked = true
  try {
    return await readNew(redis, streams, member, waitMs)
  } finally {
    reading.isBlocked = false
  }
}

/**
 * At the start, an entry that was handed out again and again but never acknowledged has most likely ended
 * the process each time. One is parked at a start, the oldest; the innocent ones behind it then get through.
 */
async function parkCrashers(loop: Loop, member: Member, left: RawEntry[], handler: Handler): Promise<void> {
  for (const stream of loop.streams) {
    const oldest = await oldestPending(loop.redis, stream, member.group)
    if (!oldest || oldest.deliveries <= maxDeliveries) continue
    const index = left.findIndex((entry) => entry.stream === stream && entry.entryId === oldest.entryId)
    const entry = left[index]
    if (!entry) continue
    left.splice(index, 1)
    const reason = `Handed out ${oldest.deliveries} times and never finished`
    await handler.park(readDelivery(entry), reason, oldest.deliveries)
  }
}

export function streamsOf(subscriptions: Subscriptions): string[] {
  const names = Object.keys(subscriptions) as EventName[]
  const owners = new Set(names.map((name): Owner => catalog[name].owner))
  return [...owners].map(streamOf)
}

async function untilAborted(signal: AbortSignal): Promise<void> {
  while (!signal.aborted) await pause(60_000, signal)
}
