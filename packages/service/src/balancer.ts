import { AppError } from '@souk/kernel/errors'
import {
  BrokenCircuitError,
  type CircuitBreakerPolicy,
  ConsecutiveBreaker,
  circuitBreaker,
  handleWhen,
} from 'cockatiel'

type Instance = { origin: string; inFlight: number; breaker: CircuitBreakerPolicy }

/** An AppError is an answer; anything else means that the instance was not there for us. */
const isUnreachable = (error: unknown) => !(error instanceof AppError) || error.code === 'UNAVAILABLE'

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
      halfOpenAfter: 2000,
      breaker: new ConsecutiveBreaker(5),
    })
    const created = { origin, inFlight: 0, breaker }
    instances.set(origin, created)
    return created
  }

  function choose(exclude: ReadonlySet<string>): Instance | undefined {
    const all = addresses()
    const fresh = all.filter((origin) => !exclude.has(origin))
    const candidates = (fresh.length > 0 ? fresh : all).map(instanceAt)
    if (candidates.length <= 1) return candidates[0]
    const first = candidates[Math.floor(Math.random() * candidates.length)]
    const second = candidates[Math.floor(Math.random() * candidates.length)]
    return first && second && second.inFlight < first.inFlight ? second : first
  }

  return {
    async run<Result>(attempts: number, send: (origin: string) => Promise<Result>): Promise<Result> {
      const tried = new Set<string>()
      let last: unknown
      for (let attempt = 0; attempt < attempts; attempt += 1) {
        const instance = choose(tried)
        if (!instance) break
        tried.add(instance.origin)
        instance.inFlight += 1
        try {
          return await instance.breaker.execute(async () => await send(instance.origin))
        } catch (error) {
          if (error instanceof AppError && error.code !== 'UNAVAILABLE') throw error
          last = error
        } finally {
          instance.inFlight -= 1
        }
      }
      if (last instanceof AppError) throw last
      const isOpen = last instanceof BrokenCircuitError
      throw new AppError('UNAVAILABLE', 'A part of the shop does not answer. Please try again in a moment.', {
        cause: last,
        details: { reason: 'unavailable', retryAfterSeconds: isOpen ? 2 : 1, service },
      })
    },
  }
}
