import type { Services } from '@souk/api/services'
import { AppError, notFound } from '@souk/kernel/errors'
import { Id } from '@souk/kernel/id'
import type { Log } from '@souk/service/log'
import { gauge } from '@souk/service/metrics'
import { type RequestScope, runInRequest } from '@souk/service/request'
import type { FastifyInstance } from 'fastify'
import type { Load } from '../edge/load.ts'
import { renewedScope } from '../edge/scope.ts'
import { orderEventsPath } from './order-events-path.ts'
import type { OrderFeed } from './order-feed.ts'
import { streamOrder } from './order-stream.ts'

const open = gauge('souk_event_streams_open', 'Live order pages held open.')

export type LiveOrders = {
  /** Ends the streams of people whose sessions are over. */
  endSessions(sessionIds: readonly string[]): void
  /** Ends every stream; none is opened any more. */
  stop(): void
}

type Stream = { sessionId: string | undefined; end: () => void }

/**
 * GET /api/v1/orders/{id}/events: the order as it is, and again whenever it changes, as server-sent
 * events. Each reading asks the order service as this person, so access that was lost ends the stream.
 */
export function serveOrderEvents(
  app: FastifyInstance,
  options: { services: Services; feed: OrderFeed; load: Load; log: Log; maxStreams: number },
): LiveOrders {
  const { services, feed, load, log, maxStreams } = options
  const streams = new Set<Stream>()
  let isStopping = false

  app.get<{ Params: { id: string } }>(
    orderEventsPath.replace('{id}', ':id'),
    { exposeHeadRoute: false },
    async (request, reply) => {
      const { scope } = request
      const token = request.headers['x-order-token']
      const ref = { id: request.params.id, orderToken: typeof token === 'string' ? token : undefined }
      if (!Id.safeParse(ref.id).success) throw notFound('order')
      const read = async () =>
        await runInRequest(renewedScope(scope), async () => await services.order.order.get.query(ref))
      const first = await read()
      if (isStopping || streams.size >= maxStreams) throw tooManyStreams()
      load.release(request)
      const headers = Object.entries(reply.getHeaders()).map(([name, value]) => [name, String(value)])
      reply.hijack()
      const stream: Stream = { sessionId: sessionOf(scope), end: () => undefined }
      streams.add(stream)
      open.set(streams.size)
      stream.end = streamOrder({
        response: reply.raw,
        headers: Object.fromEntries(headers),
        first,
        read,
        follow: (listener) => feed.follow(ref.id, listener),
        onFailure: (error) => log.debug({ err: error }, 'a live order page ended'),
        onEnd: () => {
          streams.delete(stream)
          open.set(streams.size)
        },
      })
    },
  )

  return {
    endSessions: (sessionIds) => {
      const ended = new Set(sessionIds)
      for (const stream of [...streams]) {
        if (stream.sessionId !== undefined && ended.has(stream.sessionId)) stream.end()
      }
    },
    stop: () => {
      isStopping = true
      for (const stream of [...streams]) stream.end()
    },
  }
}

function sessionOf({ principal }: RequestScope): string | undefined {
  return principal.kind === 'user' ? principal.sessionId : undefined
}

function tooManyStreams(): AppError {
  return new AppError('UNAVAILABLE', 'Too many pages are live at the moment. Please try again soon.', {
    details: { retryAfterSeconds: 5 },
  })
}
