import type { LimitName } from '@souk/api/rpc'
import { AppError } from '@souk/kernel/errors'
import { type Redis, withDeadline } from '@souk/service/redis'
import { RateLimiterMemory, RateLimiterRedis, RateLimiterRes } from 'rate-limiter-flexible'

const windowSeconds = 60
const redisDeadlineMs = 300
/** How long Redis is left alone after it did not answer in time. */
const restMs = 5000

export type Limits = (name: LimitName, address: string) => Promise<void>

/**
 * Counts per address in Redis, so that all instances share one count. While Redis is away each instance
 * counts for itself: a limit that is weaker is better than none, and better than a shop that is closed.
 */
export function createLimits(redis: Redis, perMinute: Readonly<Record<LimitName, number>>): Limits {
  const limiterOf = (name: LimitName) => {
    const options = { points: perMinute[name], duration: windowSeconds, keyPrefix: `limit:${name}` }
    const memory = new RateLimiterMemory(options)
    const shared = new RateLimiterRedis({
      ...options,
      storeClient: redis,
      // Without it every call to this client's version fails, and only memory would count.
      useRedisPackage: true,
      rejectIfRedisNotReady: true,
    })
    return { memory, shared }
  }
  const limiters = {
    signIn: limiterOf('signIn'),
    register: limiterOf('register'),
    passwordReset: limiterOf('passwordReset'),
    order: limiterOf('order'),
  } satisfies Record<LimitName, ReturnType<typeof limiterOf>>
  let restUntil = 0

  return async (name, address) => {
    const { memory, shared } = limiters[name]
    const key = networkOf(address)
    try {
      if (Date.now() < restUntil) await memory.consume(key)
      else
        await withDeadline(shared.consume(key), redisDeadlineMs).catch(async (error: unknown) => {
          if (error instanceof RateLimiterRes) throw error
          restUntil = Date.now() + restMs
          await memory.consume(key)
        })
    } catch (error) {
      if (error instanceof RateLimiterRes) throw tooMany(error)
      throw error
    }
  }
}

function tooMany(state: RateLimiterRes): AppError {
  const seconds = Math.max(1, Math.ceil(state.msBeforeNext / 1000))
  return new AppError('RATE_LIMITED', `Too many requests. Please try again in ${seconds} seconds.`, {
    details: { retryAfterSeconds: seconds },
  })
}

/** One person has a whole /64 of IPv6 to call from. */
function networkOf(address: string): string {
  const plain = address.replace(/^::ffff:/, '')
  if (!plain.includes(':')) return plain
  const [head = '', tail = ''] = plain.split('::')
  const front = head === '' ? [] : head.split(':')
  const back = tail === '' ? [] : tail.split(':')
  const zeros = plain.includes('::')
    ? Array<string>(Math.max(0, 8 - front.length - back.length)).fill('0')
    : []
  return [...front, ...zeros, ...back].slice(0, 4).join(':')
}
