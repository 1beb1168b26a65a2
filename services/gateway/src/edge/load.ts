import { AppError } from '@souk/kernel/errors'
import { counter, gauge } from '@souk/service/metrics'
import type { FastifyInstance, FastifyRequest } from 'fastify'

const shed = counter('souk_shed_total', 'Requests refused because too many were in flight.')
const open = gauge('souk_requests_in_flight', 'Requests being answered right now.')
/** What must be answered when everything else is refused. */
const always = new Set(['/healthz', '/readyz', '/metrics'])

export type Load = {
  /** A request that stays open for long, such as a stream, leaves the count and has a limit of its own. */
  release(request: FastifyRequest): void
}

/** Refuses work above `max` requests at once, so that those admitted are still answered in time. */
export function shedLoad(app: FastifyInstance, max: number): Load {
  let inFlight = 0
  const admitted = new WeakSet<object>()
  const release = (raw: object) => {
    if (!admitted.delete(raw)) return
    inFlight -= 1
    open.set(inFlight)
  }
  app.addHook('onRequest', (request, reply, done) => {
    if (always.has(request.url)) return done()
    if (inFlight >= max) {
      shed.inc()
      const busy = 'The shop is very busy. Please try again in a moment.'
      return done(new AppError('UNAVAILABLE', busy, { details: { retryAfterSeconds: 1 } }))
    }
    inFlight += 1
    open.set(inFlight)
    admitted.add(request.raw)
    // Answered, or the client left: whichever comes first.
    reply.raw.once('finish', () => release(request.raw))
    reply.raw.once('close', () => release(request.raw))
    done()
  })
  return { release: (request) => release(request.raw) }
}
