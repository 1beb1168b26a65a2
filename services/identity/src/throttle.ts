import { createHash } from 'node:crypto'
import { AppError } from '@souk/kernel/errors'
import type { Log } from '@souk/service/log'
import { type Redis, withDeadline } from '@souk/service/redis'
import { RateLimiterMemory, RateLimiterRedis, type RateLimiterRes } from 'rate-limiter-flexible'

const failuresAllowed = 10
const windowSeconds = 300
const redisDeadlineMs = 300

export type Throttle = {
  /** Throws RATE_LIMITED while the account has too many wrong passwords behind it. */
  assertOpen(email: string): Promise<void>
  failed(email: string): Promise<void>
  clear(email: string): Promise<void>
}

/**
 * Slows guessing at one account: ten wrong passwords, then none is looked at until five minutes after
 * the first. Never a lockout: sessions go on, and a password reset by mail clears the count. Unknown
 * accounts count like known ones. Counted in Redis for all instances; while Redis is away each instance
 * counts for itself, so guessing stays bounded and nobody is kept out.
 */
export function createThrottle(redis: Redis, log: Log): Throttle {
  const limits = { keyPrefix: 'sign-in', points: failuresAllowed, duration: windowSeconds }
  const shared = new RateLimiterRedis({
    ...limits,
    storeClient: redis,
    useRedisPackage: true,
    rejectIfRedisNotReady: true,
  })
  const own = new RateLimiterMemory(limits)

  async function withFallback<Result>(
    ask: (limiter: RateLimiterRedis | RateLimiterMemory) => Promise<Result>,
  ): Promise<Result> {
    try {
      return await withDeadline(ask(shared), redisDeadlineMs)
    } catch (error) {
      log.debug({ err: error }, 'sign-in failures are counted in this process')
      return await ask(own)
    }
  }

  return {
    assertOpen: async (email) => {
      const state = await withFallback(async (limiter) => await limiter.get(keyOf(email)))
      if (state && state.consumedPoints >= failuresAllowed) throw tooMany(state)
    },
    failed: async (email) => {
      await withFallback(async (limiter) => await limiter.penalty(keyOf(email), 1))
    },
    clear: async (email) => {
      await Promise.all([
        withFallback(async (limiter) => await limiter.delete(keyOf(email))),
        own.delete(keyOf(email)),
      ])
    },
  }
}

/** Keys in Redis name nobody. */
function keyOf(email: string): string {
  return createHash('sha256').update(email).digest('base64url')
}

function tooMany(state: RateLimiterRes): AppError {
  const retryAfterSeconds = Math.max(1, Math.ceil(state.msBeforeNext / 1000))
  return new AppError(
    'RATE_LIMITED',
    'Too many wrong passwords. Wait a few minutes, or reset the password by e-mail.',
    { details: { reason: 'rate_limited', retryAfterSeconds } },
  )
}
