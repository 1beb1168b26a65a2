import { AppError } from '@souk/kernel/errors'
import {
  BrokenCircuitError,
  type CircuitBreakerPolicy,
  ConsecutiveBreaker,
  circuitBreaker,
  handleWhen,
} from 'cockatiel'

type Instance = { origin: string; inFlight: number; breaker: CircuitBreakerPolicy; restsUntilMs: number }

const failuresBeforeRest = 5
const restMs = 2000

/** An AppError is an answer; anything else means that the instance was not there for us. */
const isUnreachable = (error: unknown) => !(error instanceof AppError) || error.code === 'UNAVAILABLE'

const notSentCodes = new Set([
  'ECONNREFUSED',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'ENOTFOUND',
  'EAI_AGAIN',
  'UND_ERR_CONNECT_TIMEOUT',
])

/** The call never reached the instance, so another one may do it even if it must not be done twice. */
function wasNotSent(error: unknown): boolean {
  if (error instanceof BrokenCircuitError) return true
  const code = error instanceof Error ? Reflect.get(error, 'code') : undefined
  return typeof code === 'string' && notSentCodes.has(code)
}

/**
 * Chooses the less busy of two random live instances, and leaves out one that failed five times in a
 * row until a probe after two seconds succeeds.
 */
export function createBalancer(addresses: () => readonly string[], service: string) {
  const instances = new Map<string, Instance>()

  function instanceAt(origin: string): Instance {
    const known = instances.get(origin)
    if (known) return known
    const breaker = circuitBreaker(handleWhen(isUnreachable), {
      halfOpenAfter: restMs,
      breaker: new ConsecutiveBreaker(failuresBeforeRest),
    })
    const created: Instance = { origin, inFlight: 0, breaker, restsUntilMs: 0 }
    breaker.onBreak(() => {
      created.restsUntilMs = Date.now() + restMs
    })
    instances.set(origin, created)
    return created
  }

  function choose(tried: ReadonlySet<string>): Instance | undefined {
    const all = addresses().map(instanceAt)
    const fresh = all.filter(({ origin }) => !tried.has(origin))
    const awake = fresh.filter(({ restsUntilMs }) => restsUntilMs <= Date.now())
    const candidates = awake.length > 0 ? awake : fresh.length > 0 ? fresh : all
    const first = candidates[Math.floor(Math.random() * candidates.length)]
    const others = candidates.filter((candidate) => candidate !== first)
    const second = others[Math.floor(Math.random() * others.length)]
    return first && second && second.inFlight < first.inFlight ? second : first
  }

  async function sendTo<Result>(instance: Instance, send: (origin: string) => Promise<Result>) {
    instance.inFlight += 1
    try {
      return await instance.breaker.execute(async () => await send(instance.origin))
    } finally {
      instance.inFlight -= 1
    }
  }

  return {
    /**
     * Sends at most `attempts` times; an attempt that reached nobody does not count while there is another
     * instance. `attemptsLeft` tells `send` among how many the time is to be shared.
     */
    async run<Result>(
      attempts: number,
      send: (origin: string, attemptsLeft: number) => Promise<Result>,
    ): Promise<Result> {
      const tried = new Set<string>()
      let last: unknown
      let left = attempts
      while (left > 0) {
        const instance = choose(tried)
        if (!instance) break
        const isRepeat = tried.has(instance.origin)
        tried.add(instance.origin)
        const attemptsLeft = tried.size < addresses().length ? left : 1
        try {
          return await sendTo(instance, async (origin) => await send(origin, attemptsLeft))
        } catch (error) {
          if (error instanceof AppError && error.code !== 'UNAVAILABLE') throw error
          last = error
          if (isRepeat || !wasNotSent(error) || tried.size >= addresses().length) left -= 1
        }
      }
      if (last instanceof AppError) throw last
      throw new AppError('UNAVAILABLE', 'A part of the shop does not answer. Please try again in a moment.', {
        cause: last,
        details: {
          reason: 'unavailable',
          retryAfterSeconds: last instanceof BrokenCircuitError ? restMs / 1000 : 1,
          service,
        },
      })
    },
  }
}
