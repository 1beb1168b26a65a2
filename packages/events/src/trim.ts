import type { Database } from '@souk/db/connect'
import { type Redis, withDeadline } from '@souk/service/redis'

const keepStreamMs = 24 * 3600 * 1000
const keepOutboxDays = 14

/**
 * Drops entries that are a day old and that every group has handled, and outbox rows that were published
 * two weeks ago. Never by length: a length limit would cut what a slow group has not read.
 */
export async function trimStream(options: {
  db: Database<unknown>
  redis: Redis
  stream: string
}): Promise<void> {
  const { redis, stream, db } = options
  const groups = await withDeadline(redis.xInfoGroups(stream), 2000).catch(() => [])
  let keepFromMs = Date.now() - keepStreamMs
  for (const group of groups) {
    const delivered = millisecondsOf(String(group['last-delivered-id']))
    const pending = await withDeadline(redis.xPending(stream, String(group.name)), 2000)
    const oldest = pending.firstId === null ? delivered : millisecondsOf(String(pending.firstId))
    keepFromMs = Math.min(keepFromMs, oldest)
  }
  if (groups.length > 0) await withDeadline(redis.xTrim(stream, 'MINID', keepFromMs), 2000)
  await db.sql.query(`delete from outbox where published_at < now() - make_interval(days => $1)`, [
    keepOutboxDays,
  ])
}

function millisecondsOf(entryId: string): number {
  return Number(entryId.split('-')[0])
}
