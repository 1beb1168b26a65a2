import type { Log } from '@souk/service/log'
import { openRedis, type Redis, withDeadline } from '@souk/service/redis'
import { z } from 'zod'

/** Short messages that may be lost: whoever needs certainty asks again after a reconnect. */
export const signals = {
  'session.revoked': z.object({ sessionIds: z.array(z.string()) }),
  'prices.changed': z.object({}),
} as const
export type SignalName = keyof typeof signals
export type SignalData<Name extends SignalName> = z.output<(typeof signals)[Name]>

const channelOf = (name: SignalName) => `signal:${name}`

/** Best effort: a signal that Redis does not take is dropped. */
export async function sendSignal<Name extends SignalName>(
  redis: Redis,
  name: Name,
  data: SignalData<Name>,
): Promise<void> {
  if (!redis.isReady) return
  await withDeadline(redis.publish(channelOf(name), JSON.stringify(data)), 500).catch(() => {})
}

/** Listens until stopped. `onReconnect` runs at every (re)connection, when earlier signals may be missing. */
export function listenToSignal<Name extends SignalName>(options: {
  redisUrl: string
  name: Name
  log: Log
  onSignal: (data: SignalData<Name>) => void
  onReconnect: () => void
}): { stop(): void } {
  const redis = openRedis(options.redisUrl, options.log)
  redis.on('ready', () => options.onReconnect())
  const start = async () => {
    await redis.connect()
    await redis.subscribe(channelOf(options.name), (message) => {
      const parsed = signals[options.name].safeParse(parseJson(message))
      if (parsed.success) options.onSignal(parsed.data as SignalData<Name>)
    })
  }
  void start().catch((error: unknown) => options.log.warn({ err: error }, 'no signals yet'))
  return { stop: () => redis.destroy() }
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
