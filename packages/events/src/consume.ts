import type { Database } from '@souk/db/connect'
import type { Log } from '@souk/service/log'
import { counter } from '@souk/service/metrics'
import { openRedis, type Redis, withDeadline } from '@souk/service/redis'
import { askAgain } from './again.ts'
import { catalog, type EventName, type Owner, streamOf } from './catalog.ts'
import { type Delivery, type RawEntry, readDelivery } from './delivery.ts'
import {
  claimAbandoned,
  ensureGroups,
  isMissingGroup,
  lastEntries,
  type Member,
  oldestPending,
  progressOf,
  readCount,
  readNew,
} from './group.ts'
import { createHandler, type Handler } from './handle.ts'
import { createInOrder, type InOrder } from './in-order.ts'
import type { Subscriptions } from './inbox.ts'
import type { Lease } from './leadership.ts'
import { pause, type Timing } from './timing.ts'
import { watchUnread } from './unread.ts'

/** Nothing new is read while so many wait to be tried again. */
const maxHeld = 1000
/** Handed out so often without an end, an entry must have taken the process down with it each time. */
const maxDeliveries = 25
const blockMs = 1000
/** So many of the last entries say how far each aggregate had come before our time. */
const rememberedEntries = 2000

const lost = counter('souk_events_lost_total', 'Events that never came though a later one did.')

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
  const inOrder = createInOrder({
    gapMs: timing.gapMs,
    askEveryMs: timing.againEveryMs * 2,
    onLost: (gap) => {
      lost.inc(gap.before - gap.after - 1)
      log.error(gap, 'events never came; what follows them goes on')
    },
  })
  const read = (entry: RawEntry) => readDelivery(entry, (name) => Object.hasOwn(loop.subscriptions, name))
  const lookForUnread = watchUnread(redis, member.group)
  const gone = new Map<string, string[]>()
  const handleInOrder = async (deliveries: readonly Delivery[]) => {
    for (let from = 0; from < deliveries.length && !signal.aborted; from += readCount)
      await handler.handle(deliveries.slice(from, from + readCount))
  }
  const handleAll = async (entries: readonly RawEntry[]) =>
    await handleInOrder(inOrder.arrange(entries.map(read), Date.now()))
  const claim = async (minIdleMs: number): Promise<RawEntry[]> => {
    const claimed = await claimAbandoned(redis, streams, member, minIdleMs)
    for (const [stream, ids] of claimed.gone) gone.set(stream, [...(gone.get(stream) ?? []), ...ids])
    return claimed.found
  }
  const askForMissing = async () => {
    for (const stream of streams) {
      const gaps = inOrder.gapsToAsk(stream, Date.now())
      const entryIds = gone.get(stream) ?? []
      if (gaps.length === 0 && entryIds.length === 0) continue
      const isHeard = await askAgain(redis, stream, {
        gaps: gaps.slice(0, 1000),
        entryIds: entryIds.slice(0, 10_000),
      })
      gone.delete(stream)
      if (!isHeard) inOrder.giveUp(stream)
    }
  }
  let isPrepared = false
  let claimedAt = Date.now()
  let lookedAt = 0
  let isFirst = true
  while (!signal.aborted) {
    try {
      if (!isPrepared) {
        const created = await ensureGroups(redis, streams, member.group)
        if (!isFirst) for (const stream of created) await askAgain(redis, stream, { all: true })
        const left = await claim(0)
        if (isFirst) await remember(loop, member, left, inOrder)
        if (isFirst) await parkCrashers(loop, member, left, handler)
        isFirst = false
        await handleAll(left)
        isPrepared = true
      }
      if (Date.now() - lookedAt > timing.compareEveryMs) {
        lookedAt = Date.now()
        await lookForUnread(streams)
      }
      if (Date.now() - claimedAt > timing.claimEveryMs) {
        claimedAt = Date.now()
        await handleAll(await claim(timing.claimIdleMs))
      }
      await askForMissing()
      await handleInOrder(inOrder.overdue(Date.now()))
      await handler.retryDue()
      if (handler.heldCount() >= maxHeld) {
        await pause(50, signal)
        continue
      }
      const held = handler.heldCount() + inOrder.heldCount()
      const entries = await readNext(loop, member, held > 0 ? 20 : blockMs, signal)
      await handleAll(entries)
      if (entries.length > 0 && entries.length < readCount) await pause(timing.gatherMs, signal)
    } catch (error) {
      if (signal.aborted) return
      isPrepared = false
      if (!isMissingGroup(error) && redis.isReady) log.warn({ err: error }, 'event consumer will try again')
      await pause(timing.standbyMs, signal)
    }
  }
}

/** What is still pending was not handled; everything before it was. */
async function remember(loop: Loop, member: Member, left: readonly RawEntry[], inOrder: InOrder) {
  const open = new Set(left.map(({ stream, entryId }) => `${stream} ${entryId}`))
  for (const stream of loop.streams) {
    const { delivered } = await progressOf(loop.redis, stream, member.group)
    for (const entry of await lastEntries(loop.redis, stream, delivered, rememberedEntries))
      if (!open.has(`${stream} ${entry.entryId}`)) inOrder.know(readDelivery(entry))
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
