import { appRouter } from '@souk/api/router'
import type { ApiContext } from '@souk/api/rpc'
import type { Services } from '@souk/api/services'
import { AppError } from '@souk/kernel/errors'
import type { Log } from '@souk/service/log'
import { toAppError } from '@souk/service/rpc'
import { fastifyRequestHandler } from '@trpc/server/adapters/fastify'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import { acceptJsonText } from '../edge/json-body.ts'
import type { Limits } from '../edge/limits.ts'
import { neverStored } from '../edge/security-headers.ts'

const maxBatchSize = 10

/** tRPC at /trpc/<path>, for the two apps. */
export function serveTrpc(
  app: FastifyInstance,
  options: { services: Services; limits: Limits; log: Log },
): void {
  const { services, limits, log } = options
  void app.register((scope, _options, done) => {
    acceptJsonText(scope)
    scope.route<{ Params: { path: string }; Querystring: { batch?: string } }>({
      method: ['GET', 'POST'],
      url: '/trpc/:path',
      exposeHeadRoute: false,
      onRequest: async (request) => refuseMutationBatch(request),
      handler: async (request, reply) => {
        const context: ApiContext = {
          principal: request.scope.principal,
          services,
          log,
          limit: async (name) => await limits(name, request.ip),
        }
        await fastifyRequestHandler({
          router: appRouter,
          req: request,
          res: reply,
          path: request.params.path,
          maxBatchSize,
          createContext: () => context,
          responseMeta: ({ errors }) => ({ headers: headersFor(request, errors) }),
        })
        return reply
      },
    })
    done()
  })
}

/** Each mutation has its own key, its own limit and its own answer. */
function refuseMutationBatch(request: FastifyRequest<{ Params: { path: string } }>): void {
  if (request.method === 'POST' && request.params.path.includes(',')) {
    throw new AppError('INVALID_INPUT', 'Mutations are sent one at a time.')
  }
}

function headersFor(request: FastifyRequest, errors: readonly unknown[]): Headers {
  const headers = new Headers({ 'cache-control': neverStored })
  if (request.scope.isReplay) headers.set('idempotent-replayed', 'true')
  const waits = errors.map((error) => toAppError(error)?.details.retryAfterSeconds ?? 0)
  const longest = Math.max(0, ...waits)
  if (longest > 0) headers.set('retry-after', String(Math.ceil(longest)))
  return headers
}
