import type { Log } from './log.ts'
import { type Redis, withDeadline } from './redis.ts'

const leaseMs = 10_000
const heartbeatMs = 3_000
const refreshMs = 2_000
const keyOf = (service: string) => `registry:${service}`

/** Announces this instance for as long as its heartbeat lasts. A Redis that is down only delays it. */
export function registerInstance(options: {
  redis: Redis
  service: string
  instance: string
  url: string
  log: Log
}) {
  const { redis, service, instance, url } = options
  const beat = async () => {
    if (!redis.isReady) return
    const entry = JSON.stringify({ url, until: Date.now() + leaseMs })
    await withDeadline(redis.hSet(keyOf(service), instance, entry), 1000)
  }
  const timer = setInterval(() => void beat().catch(() => {}), heartbeatMs)
  void beat().catch(() => {})
  redis.on('ready', () => void beat().catch(() => {}))
  return {
    stop: async () => {
      clearInterval(timer)
      if (redis.isReady) await withDeadline(redis.hDel(keyOf(service), instance), 500).catch(() => {})
    },
  }
}

export type Directory = {
  /** Addresses of live instances; the configured address when the registry knows none. */
  addresses(service: string): readonly string[]
  stop(): void
}

/** Keeps the list of live instances at hand. While Redis is away the last known list stays in use. */
export function watchDirectory(redis: Redis, fallback: Readonly<Record<string, string>>): Directory {
  const known = new Map<string, readonly string[]>()
  const refresh = async () => {
    if (!redis.isReady) return
    for (const service of Object.keys(fallback)) {
      const entries = await withDeadline(redis.hGetAll(keyOf(service)), 1000)
      const live = Object.values(entries)
        .map(readEntry)
        .filter((entry) => entry.until > Date.now())
      known.set(service, [...new Set(live.map((entry) => entry.url))].sort())
    }
  }
  const timer = setInterval(() => void refresh().catch(() => {}), refreshMs)
  void refresh().catch(() => {})
  redis.on('ready', () => void refresh().catch(() => {}))
  return {
    addresses: (service) => {
      const live = known.get(service)
      if (live && live.length > 0) return live
      const configured = fallback[service]
      return configured === undefined ? [] : [configured]
    },
    stop: () => clearInterval(timer),
  }
}

function readEntry(text: string): { url: string; until: number } {
  try {
    const { url, until }: { url?: unknown; until?: unknown } = JSON.parse(text)
    if (typeof url === 'string' && typeof until === 'number') return { url, until }
  } catch {
    // An unreadable entry counts as expired.
  }
  return { url: '', until: 0 }
}
