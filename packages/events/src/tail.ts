import type { Log } from '@souk/service/log'
import { openRedis, withDeadline } from '@souk/service/redis'
import { type Owner, type ShopEvent, streamOf } from './catalog.ts'
import { readDelivery } from './delivery.ts'
import { pause } from './timing.ts'

/** Under load many events share one reading; alone none waits. */
const gatherMs = 30

/**
 * Shows every event of these owners from now on to a process without a database, such as the gateway. Nothing is
 * acknowledged: each instance sees all events, and `onGap` says that some may have been missed.
 */
export function tailEvents(options: {
  redisUrl: string
  owners: readonly Owner[]
  log: Log
  onEvent: (event: ShopEvent) => void
  onGap: () => void
}): { stop(): Promise<void> } {
  const redis = openRedis(options.redisUrl, options.log)
  const stopping = new AbortController()
  const position = new Map<string, string>()

  async function loop(): Promise<void> {
    await redis.connect().catch(() => {})
    while (!stopping.signal.aborted) {
      try {
        if (position.size === 0) {
          for (const owner of options.owners) position.set(streamOf(owner), await lastId(streamOf(owner)))
          options.onGap()
        }
        if (await readOnce()) await pause(gatherMs, stopping.signal)
      } catch {
        position.clear()
        await new Promise((resolve) => setTimeout(resolve, 250))
      }
    }
  }

  async function lastId(stream: string): Promise<string> {
    if ((await withDeadline(redis.exists(stream), 2000)) === 0) return '0'
    const info = await withDeadline(redis.xInfoStream(stream), 2000)
    return String(info['last-generated-id'])
  }

  /** True when something came. */
  async function readOnce(): Promise<boolean> {
    const keys = [...position].map(([key, id]) => ({ key, id }))
    const answer = await withDeadline(redis.xRead(keys, { COUNT: 500, BLOCK: 1000 }), 6000)
    if (!Array.isArray(answer)) return false
    for (const { name, messages } of answer as {
      name: string
      messages: { id: string; message: Record<string, string> }[]
    }[]) {
      for (const { id, message } of messages) {
        position.set(String(name), String(id))
        const { event } = readDelivery({ stream: String(name), entryId: String(id), fields: message })
        if (event) options.onEvent(event)
      }
    }
    return true
  }

  const finished = loop()
  return {
    stop: async () => {
      stopping.abort()
      redis.destroy()
      await finished
    },
  }
}
