import type { Redis } from '@souk/service/redis'

/** Wakes that come within so many milliseconds are sent as one. */
const gatherMs = 5

/**
 * Lets an instance that stands by wake the relay of the one that leads. A wake may be lost: the relay
 * also looks by itself.
 */
export function createSharedWake(redis: Redis, service: string, wakeRelay: () => void) {
  const channel = `wake:${service}`
  let isLeading = false
  let timer: NodeJS.Timeout | undefined
  const listen = () => {
    if (isLeading && redis.isReady) void redis.subscribe(channel, wakeRelay).catch(() => {})
  }
  // The client subscribes again by itself after a break, but not for what failed while it was away.
  redis.on('ready', listen)
  return {
    wake: () => {
      if (isLeading) return wakeRelay()
      timer ??= setTimeout(() => {
        timer = undefined
        if (redis.isReady) void redis.publish(channel, '').catch(() => {})
      }, gatherMs)
    },
    lead: () => {
      isLeading = true
      listen()
    },
    standBy: () => {
      isLeading = false
      if (redis.isReady) void redis.unsubscribe(channel, wakeRelay).catch(() => {})
    },
    stop: () => {
      clearTimeout(timer)
      redis.off('ready', listen)
    },
  }
}
