import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { Log } from '@souk/service/log'
import { requestSeconds } from '@souk/service/metrics'
import type { RequestScope } from '@souk/service/request'
import { createHttpServer, type HttpServer, type ReadyCheck } from '@souk/service/serve'
import type { FastifyInstance, FastifyReply, FastifyRequest, FastifyServerOptions } from 'fastify'
import type { Authenticate } from './authenticate.ts'
import type { Cors } from './cors.ts'
import { type Load, shedLoad } from './load.ts'
import { isDefect, type Problem, problemBody, problemOf, trpcErrorBody } from './problem.ts'
import { answerUnreadable } from './raw-errors.ts'
import { requestIdOf } from './request-id.ts'
import { openScopes } from './scope.ts'
import { neverStored, securityHeaders } from './security-headers.ts'

export type EdgeOptions = {
  log: Log
  ready: Record<string, ReadyCheck>
  cors: Cors
  authenticate: Authenticate
  maxInFlight: number
  baseUrl: string
  trustedProxies: readonly string[]
  /** Answers a request before anything else, or says that it did not. */
  early: (request: IncomingMessage, response: ServerResponse) => boolean
}

/** A picture on a slow line takes this long to arrive. */
const requestTimeoutMs = 60_000
const headersTimeoutMs = 10_000
const keepAliveMs = 72_000

/** The HTTP side that every request passes: identity, limits, headers, and the shape of every refusal. */
export function createEdge(options: EdgeOptions): { server: HttpServer; load: Load } {
  const { log, cors, baseUrl } = options
  const answerError = (error: unknown, request: FastifyRequest, reply: FastifyReply) => {
    if (isDefect(error)) {
      log.error({ err: error, requestId: request.id, route: request.routeOptions?.url }, 'request failed')
    }
    return sendProblem(problemOf(error), request, reply, baseUrl)
  }
  const server = createHttpServer({
    log,
    ready: options.ready,
    fastify: {
      ...serverOptions(options),
      frameworkErrors: (error, request, reply) => void answerError(error, request, reply),
    },
  })
  server.app.setErrorHandler(answerError)
  addHeaders(server.app, cors)
  const load = shedLoad(server.app, options.maxInFlight)
  openScopes(server.app, options.authenticate)
  measure(server.app)
  return { server, load }
}

function addHeaders(app: FastifyInstance, cors: Cors): void {
  app.addHook('onRequest', (request, reply, done) => {
    void reply.headers(securityHeaders)
    void reply.headers({ 'x-request-id': request.id, 'cache-control': neverStored, vary: 'origin' })
    void reply.headers(cors.headersFor(request.headers.origin))
    if (request.method === 'OPTIONS') {
      void reply.code(204).headers(cors.preflightFor(request.headers.origin)).send()
      return
    }
    cors.refuseForeign(request.method, request.headers.origin)
    done()
  })
}

function serverOptions(options: EdgeOptions): FastifyServerOptions {
  return {
    serverFactory: (handler) => {
      return createServer(
        {
          keepAlive: true,
          keepAliveTimeout: keepAliveMs,
          headersTimeout: headersTimeoutMs,
          requestTimeout: requestTimeoutMs,
        },
        (request, response) => {
          if (!options.early(request, response)) handler(request, response)
        },
      )
    },
    genReqId: (request) => requestIdOf(request.headers['x-request-id']),
    // tRPC names all calls of a batch in one parameter.
    routerOptions: { maxParamLength: 2000 },
    return503OnClosing: false,
    clientErrorHandler: answerUnreadable(options.baseUrl),
    ...(options.trustedProxies.length > 0 ? { trustProxy: [...options.trustedProxies] } : {}),
  }
}

/** One refusal, as problem+json or in the shape that tRPC clients read. */
export function sendProblem(found: Problem, request: FastifyRequest, reply: FastifyReply, baseUrl: string) {
  void reply.code(found.status).headers(securityHeaders)
  void reply.headers({ 'x-request-id': request.id, 'cache-control': neverStored })
  if (found.retryAfterSeconds !== undefined) void reply.header('retry-after', String(found.retryAfterSeconds))
  // Decided before there was a scope, for a request that was refused early.
  const scope: RequestScope | undefined = request.scope
  if (scope?.isReplay) void reply.header('idempotent-replayed', 'true')
  if (found.status === 401) void reply.header('www-authenticate', 'Bearer')
  if (request.raw.url?.startsWith('/trpc/')) {
    return reply.type('application/json; charset=utf-8').send(trpcErrorBody(found, request.id))
  }
  return reply.type('application/problem+json; charset=utf-8').send(problemBody(found, request.id, baseUrl))
}

function measure(app: FastifyInstance): void {
  app.addHook('onResponse', async (request, reply) => {
    const procedure = `${request.method} ${request.routeOptions.url ?? 'unknown'}`
    requestSeconds.observe({ procedure, outcome: String(reply.statusCode) }, reply.elapsedTime / 1000)
  })
}
