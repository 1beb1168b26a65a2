import { randomUUID } from 'node:crypto'
import type { ServiceTokenVerifier } from '@souk/auth/service-token'
import { AppError } from '@souk/kernel/errors'
import { anonymous } from '@souk/kernel/principal'
import { type AnyTRPCRouter, callTRPCProcedure } from '@trpc/server'
import Fastify, {
  type FastifyBaseLogger,
  type FastifyInstance,
  type FastifyReply,
  type FastifyRequest,
  type FastifyServerOptions,
  LogController,
} from 'fastify'
import { armFaultPoint } from './fault-point.ts'
import type { Log } from './log.ts'
import { registry, requestSeconds } from './metrics.ts'
import { type RequestScope, runInRequest } from './request.ts'
import { describeError, toAppError } from './rpc.ts'
import { assertStorable } from './storable.ts'

export type ReadyCheck = () => Promise<void>

export type HttpServer = {
  app: FastifyInstance
  /** Turns readiness off first, then waits for requests in flight. */
  stop(): Promise<void>
  listen(options: { host: string; port: number }): Promise<{ port: number }>
}

/** A Fastify server with /healthz, /readyz and /metrics. Ready checks run in turn, 2 s each at most. */
export function createHttpServer(options: {
  log: Log
  ready: Record<string, ReadyCheck>
  bodyLimitBytes?: number
  /** Lets a test arm fault points by POST /faults/<point>. */
  hasFaultPoints?: boolean
  /** For a process that faces the world and sets its own limits and answers. */
  fastify?: FastifyServerOptions
}): HttpServer {
  const app = Fastify({
    loggerInstance: options.log as FastifyBaseLogger,
    logController: new LogController({ disableRequestLogging: true }),
    bodyLimit: options.bodyLimitBytes ?? 1024 * 1024,
    requestTimeout: 15_000,
    keepAliveTimeout: 72_000,
    forceCloseConnections: 'idle',
    genReqId: () => randomUUID(),
    ...options.fastify,
  })
  let isStopping = false
  app.get('/healthz', async () => ({ status: 'ok' }))
  app.get('/readyz', async (_request, reply) => {
    const checks = isStopping ? { process: 'stopping' } : await runChecks(options.ready)
    const isReady = Object.values(checks).every((outcome) => outcome === 'ok')
    return await reply.code(isReady ? 200 : 503).send({ status: isReady ? 'ready' : 'not_ready', checks })
  })
  app.get(
    '/metrics',
    async (_request, reply) => await reply.type(registry.contentType).send(await registry.metrics()),
  )
  if (options.hasFaultPoints) {
    app.post<{ Params: { point: string }; Querystring: { hits?: string } }>(
      '/faults/:point',
      async (request) => {
        armFaultPoint(request.params.point, Number(request.query.hits ?? 1))
        return { armed: request.params.point }
      },
    )
  }
  return {
    app,
    listen: async ({ host, port }) => {
      await app.listen({ host, port })
      const address = app.server.address()
      return { port: address !== null && typeof address === 'object' ? address.port : port }
    },
    stop: async () => {
      isStopping = true
      // A connection that was busy when the server closed falls idle later and would be kept for its 72 s.
      const sweep = setInterval(() => app.server.closeIdleConnections(), 50)
      await app.close().finally(() => clearInterval(sweep))
    },
  }
}

async function runChecks(checks: Record<string, ReadyCheck>): Promise<Record<string, string>> {
  const outcomes = await Promise.all(
    Object.entries(checks).map(async ([name, check]) => {
      const timeout = new Promise<string>((resolve) => setTimeout(resolve, 2000, 'no answer').unref())
      const outcome = check().then(
        () => 'ok',
        () => 'failed',
      )
      return [name, await Promise.race([outcome, timeout])] as const
    }),
  )
  return Object.fromEntries(outcomes)
}

/**
 * Serves a service's router to its neighbours: POST /rpc/<path> with the input as JSON body, answered
 * `{ result }` or `{ error }`. One call per request and no batching: the callers are our own processes.
 */
export function serveRouter(
  server: HttpServer,
  options: {
    router: AnyTRPCRouter
    verify: ServiceTokenVerifier
    context: (scope: RequestScope) => unknown
    log: Log
  },
): void {
  // What the server itself refuses, such as broken JSON, is answered in the same form as the rest.
  const errorHandler = async (error: unknown, _request: FastifyRequest, reply: FastifyReply) =>
    await answerError(reply, asRefusal(error))
  server.app.post<{ Params: { path: string } }>('/rpc/:path', { errorHandler }, async (request, reply) => {
    const started = performance.now()
    const path = request.params.path
    const scope = await scopeOf(request, options.verify).catch(() => undefined)
    if (!scope)
      return await answerError(
        reply,
        new AppError('UNAUTHENTICATED', 'This call carries no valid service token.'),
      )
    return await runInRequest(scope, async () => {
      try {
        const data = await callRouter(options.router, path, request.body, options.context(scope))
        requestSeconds.observe({ procedure: path, outcome: 'ok' }, (performance.now() - started) / 1000)
        return await reply.send({ result: data ?? null, ...(scope.isReplay ? { isReplay: true } : {}) })
      } catch (error) {
        const outcome = toAppError(error)?.code ?? 'INTERNAL'
        requestSeconds.observe({ procedure: path, outcome }, (performance.now() - started) / 1000)
        return await answerError(reply, error)
      }
    })
  })
}

async function callRouter(
  router: AnyTRPCRouter,
  path: string,
  input: unknown,
  ctx: unknown,
): Promise<unknown> {
  const type = procedureType(router, path)
  if (type === undefined) throw new AppError('NOT_FOUND', 'There is no such procedure.')
  assertStorable(input)
  return await callTRPCProcedure({
    router,
    path,
    type,
    ctx,
    getRawInput: async () => input ?? undefined,
    input: input ?? undefined,
    signal: undefined,
    batchIndex: 0,
  })
}

function procedureType(router: AnyTRPCRouter, path: string): 'query' | 'mutation' | undefined {
  if (!Object.hasOwn(router._def.procedures, path)) return undefined
  const procedure: { _def: { type: string } } = router._def.procedures[path]
  return procedure._def.type === 'query' || procedure._def.type === 'mutation'
    ? procedure._def.type
    : undefined
}

/** Who calls a route, by the service token it carries. Throws when there is none that is valid. */
export async function scopeOf(request: FastifyRequest, verify: ServiceTokenVerifier): Promise<RequestScope> {
  const token = header(request, 'authorization')?.replace(/^Bearer /, '')
  if (!token) throw new AppError('UNAUTHENTICATED', 'No token')
  const { caller, actor } = await verify(token)
  const timeoutMs = Number(header(request, 'x-timeout-ms'))
  return {
    requestId: header(request, 'x-request-id') ?? request.id,
    principal: actor ?? anonymous,
    caller,
    idempotencyKey: header(request, 'idempotency-key'),
    deadlineAtMs: Number.isFinite(timeoutMs) && timeoutMs > 0 ? Date.now() + timeoutMs : undefined,
    isReplay: false,
  }
}

function header(request: FastifyRequest, name: string): string | undefined {
  const value = request.headers[name]
  return typeof value === 'string' && value !== '' ? value : undefined
}

/** One error as our processes tell each other, on a plain route as well. */
export async function answerError(reply: FastifyReply, error: unknown) {
  const described = describeError(error)
  return await reply.code(described.data.httpStatus).send({ error: described })
}

/** What Fastify refuses before a route runs, in our words; anything else is passed on as it is. */
export function asRefusal(error: unknown): unknown {
  const status =
    error !== null && typeof error === 'object' && !(error instanceof AppError)
      ? Reflect.get(error, 'statusCode')
      : undefined
  if (status === 413) {
    return new AppError('INVALID_INPUT', 'The body is too large.', { details: { reason: 'too_large' } })
  }
  const isRefusal = typeof status === 'number' && status >= 400 && status < 500
  return isRefusal ? new AppError('INVALID_INPUT', 'The request could not be read.') : error
}
