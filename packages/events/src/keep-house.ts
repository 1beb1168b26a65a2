import type { Sql } from '@souk/db/connect'
import type { Log } from '@souk/service/log'
import { type Redis, withDeadline } from '@souk/service/redis'
import type { Lease } from './leadership.ts'
import { pause } from './timing.ts'

const everyMs = 60_000
const keepStreamMs = 24 * 3600 * 1000
const rowsAtOnce = 5000
/** The inbox must outlive the outboxes: an event that is published again must still be known. */
const keepOutboxDays = 14
const keepInboxDays = 30
const keepCommandDays = 7

/** Drops what nobody needs any more, a little every minute. */
export async function keepHouse(
  options: { redis: Redis; stream: string | undefined; log: Log },
  lease: Lease,
): Promise<void> {
  while (!lease.signal.aborted) {
    await pause(everyMs * (0.5 + Math.random()), lease.signal)
    if (lease.signal.aborted) return
    try {
      if (options.stream !== undefined && options.redis.isReady)
        await trimStream(options.redis, options.stream)
      await dropOldRows(lease.sql)
    } catch (error) {
      options.log.warn({ err: error }, 'old events could not be dropped; it is tried again')
    }
  }
}

/**
 * Drops entries that are a day old and that every group has handled. Never by length: a length limit
 * would cut what a slow group has not read.
 */
export async function trimStream(redis: Redis, stream: string, nowMs: number = Date.now()): Promise<void> {
  const groups = await withDeadline(redis.xInfoGroups(stream), 2000).catch(() => [])
  let keepFromMs = nowMs - keepStreamMs
  for (const group of groups) {
    const delivered = millisecondsOf(String(group['last-delivered-id']))
    const pending = await withDeadline(redis.xPending(stream, String(group.name)), 2000)
    const oldest = pending.firstId === null ? delivered : millisecondsOf(String(pending.firstId))
    keepFromMs = Math.min(keepFromMs, oldest)
  }
  if (groups.length > 0) await withDeadline(redis.xTrim(stream, 'MINID', keepFromMs), 2000)
}

/** Oldest first along an index, and few at a time: none of these may hold anybody up. */
export async function dropOldRows(sql: Sql): Promise<void> {
  await sql.query(
    `delete from outbox where published_at < now() - make_interval(days => ${keepOutboxDays})
       and seq in (select seq from outbox order by seq limit ${rowsAtOnce})`,
    [],
    'drop-old-outbox',
  )
  // Event ids begin with their time, so the oldest rows of a consumer are the first of its index.
  await sql.query(
    `delete from inbox using (select consumer, event_id from inbox order by consumer, event_id limit ${rowsAtOnce}) old
     where inbox.consumer = old.consumer and inbox.event_id = old.event_id
       and inbox.handled_at < now() - make_interval(days => ${keepInboxDays})`,
    [],
    'drop-old-inbox',
  )
  await sql.query(
    `delete from idempotency where ctid = any(array(
       select ctid from idempotency where created_at < now() - make_interval(days => ${keepCommandDays})
       order by created_at limit ${rowsAtOnce}))`,
    [],
    'drop-old-commands',
  )
}

function millisecondsOf(entryId: string): number {
  return Number(entryId.split('-')[0])
}
