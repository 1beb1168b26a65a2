import type { ServiceTokenMinter } from '@souk/auth/service-token'
import { AppError, type ErrorDetails, errorCodes } from '@souk/kernel/errors'
import type { Principal } from '@souk/kernel/principal'
import { createTRPCClient, type TRPCClient, TRPCClientError, type TRPCLink } from '@trpc/client'
import type { AnyTRPCRouter } from '@trpc/server'
import { observable } from '@trpc/server/observable'
import { Agent } from 'undici'
import { z } from 'zod'
import { createBalancer } from './balancer.ts'
import type { Directory } from './discovery.ts'
import { currentRequest } from './request.ts'

export type ClientOptions = {
  service: string
  directory: Directory
  mint: ServiceTokenMinter
  /** For whom the call is made: the person of the current request, or this service itself. */
  actor: (current: Principal) => Principal
  /** Longest wait for one call, in milliseconds; the caller's own deadline may shorten it. */
  timeoutMs: number
}

/** What the caller needs to pass our answer on before its own time is over. */
const marginMs = 50
const agent = new Agent({ connections: 64, pipelining: 1, keepAliveTimeout: 30_000, connectTimeout: 1000 })

const WireError = z.object({
  message: z.string(),
  data: z.object({ code: z.string(), reason: z.string(), details: z.record(z.string(), z.unknown()) }),
})

/**
 * A typed client of a neighbour. Queries are tried once more on another instance when one cannot be
 * reached; mutations are sent once, because only the caller knows whether a repeat is safe. Errors come
 * back as AppError with the neighbour's code.
 */
export function serviceClient<Router extends AnyTRPCRouter>(options: ClientOptions): TRPCClient<Router> {
  const balancer = createBalancer(() => options.directory.addresses(options.service), options.service)
  const link: TRPCLink<Router> = () => {
    return ({ op }) =>
      observable((observer) => {
        const attempts = op.type === 'query' ? 2 : 1
        call(options, balancer, { path: op.path, input: op.input, attempts }).then(
          (data) => {
            observer.next({ result: { type: 'data', data } })
            observer.complete()
          },
          (error: unknown) =>
            observer.error(TRPCClientError.from(error instanceof Error ? error : new Error(String(error)))),
        )
      })
  }
  return unwrapErrors(createTRPCClient<Router>({ links: [link] }))
}

type Call = { path: string; input: unknown; attempts: number }

async function call(
  options: ClientOptions,
  balancer: ReturnType<typeof createBalancer>,
  { path, input, attempts }: Call,
) {
  const scope = currentRequest()
  const actor = options.actor(scope?.principal ?? { kind: 'anonymous' })
  const token = await options.mint(options.service, actor)
  const deadlineAtMs = Math.min(
    Date.now() + options.timeoutMs,
    scope?.deadlineAtMs === undefined ? Number.POSITIVE_INFINITY : scope.deadlineAtMs - marginMs,
  )
  if (deadlineAtMs <= Date.now()) throw unavailable(options.service)
  const headers: Record<string, string> = {
    'content-type': 'application/json',
    authorization: `Bearer ${token}`,
    'x-request-id': scope?.requestId ?? '-',
  }
  if (scope?.idempotencyKey !== undefined) headers['idempotency-key'] = scope.idempotencyKey
  return await balancer.run(attempts, async (origin, attemptsLeft) => {
    // An instance that hangs may not use up the time of the one that is tried after it.
    const timeoutMs = Math.floor((deadlineAtMs - Date.now()) / attemptsLeft)
    if (timeoutMs <= 0) throw unavailable(options.service)
    const response = await agent.request({
      origin,
      path: `/rpc/${path}`,
      method: 'POST',
      headers: { ...headers, 'x-timeout-ms': String(timeoutMs) },
      body: JSON.stringify(input ?? null),
      signal: AbortSignal.timeout(timeoutMs),
    })
    const body = (await response.body.json()) as { result?: unknown; error?: unknown; isReplay?: boolean }
    if (body.error !== undefined) throw readError(body.error, options.service)
    if (body.isReplay && scope) scope.isReplay = true
    return body.result
  })
}

function readError(error: unknown, service: string): AppError {
  const parsed = WireError.safeParse(error)
  if (!parsed.success) return unavailable(service)
  const { code, reason, details } = parsed.data.data
  const known = errorCodes.find((candidate) => candidate === code)
  if (!known) return unavailable(service)
  return new AppError(known, parsed.data.message, { details: { ...(details as ErrorDetails), reason } })
}

function unavailable(service: string): AppError {
  return new AppError('UNAVAILABLE', 'A part of the shop does not answer. Please try again in a moment.', {
    details: { reason: 'unavailable', retryAfterSeconds: 1, service },
  })
}

/** tRPC wraps what a link throws; callers of a neighbour want the AppError itself. */
function unwrapErrors<Client extends object>(client: Client): Client {
  const wrap = (target: object): object =>
    new Proxy(target, {
      get(inner, key) {
        const value: unknown = Reflect.get(inner, key)
        if (key !== 'query' && key !== 'mutate')
          return typeof value === 'function' || (value !== null && typeof value === 'object')
            ? wrap(value as object)
            : value
        return async (input: unknown) => {
          try {
            return await (value as (input: unknown) => Promise<unknown>)(input)
          } catch (error) {
            throw error instanceof TRPCClientError && error.cause instanceof AppError ? error.cause : error
          }
        }
      },
    })
  return wrap(client) as Client
}
