import { listenToSignal } from '@souk/events/signals'
import type { Log } from '@souk/service/log'

const refreshMs = 30_000
const retryMs = 1000
/** How long the list counts as current without an answer from identity. */
const graceMs = 120_000
/** Longer than any access token lives. */
const keepMs = 30 * 60_000

export type Revocations = {
  isRevoked(sessionId: string): boolean
  /** False when identity has not confirmed the list for two minutes. */
  isCurrent(): boolean
  stop(): void
}

/**
 * Knows which sessions were ended before their tokens expire: the whole list from identity at start,
 * after each reconnect and every half minute, and a signal for each one in between.
 */
export function watchRevocations(options: {
  redisUrl: string
  load: () => Promise<readonly string[]>
  log: Log
  onRevoked: (sessionIds: readonly string[]) => void
  now?: () => number
}): Revocations {
  const { load, log, onRevoked, now = Date.now } = options
  let loaded: ReadonlySet<string> = new Set()
  const signalled = new Map<string, number>()
  let confirmedAt = Number.NEGATIVE_INFINITY
  let timer: NodeJS.Timeout | undefined
  let isStopped = false

  async function refresh(): Promise<void> {
    clearTimeout(timer)
    let nextMs = refreshMs
    try {
      loaded = new Set(await load())
      confirmedAt = now()
      for (const [id, at] of signalled) if (at < confirmedAt - keepMs) signalled.delete(id)
      onRevoked([...loaded])
    } catch (error) {
      nextMs = retryMs
      log.debug({ err: error }, 'the list of ended sessions could not be read; asking again')
    }
    clearTimeout(timer)
    if (!isStopped) timer = setTimeout(() => void refresh(), nextMs * (0.8 + Math.random() * 0.4)).unref()
  }

  const listener = listenToSignal({
    redisUrl: options.redisUrl,
    name: 'session.revoked',
    log,
    onSignal: ({ sessionIds }) => {
      for (const id of sessionIds) signalled.set(id, now())
      onRevoked(sessionIds)
    },
    onReconnect: () => {
      void refresh()
      // The subscription stands a moment after the connection; what was sent in between is in the list by then.
      setTimeout(() => void refresh(), retryMs).unref()
    },
  })
  void refresh()
  return {
    isRevoked: (sessionId) => loaded.has(sessionId) || signalled.has(sessionId),
    isCurrent: () => now() - confirmedAt < graceMs,
    stop: () => {
      isStopped = true
      clearTimeout(timer)
      listener.stop()
    },
  }
}
