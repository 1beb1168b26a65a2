import type { ServiceTokenMinter } from '@souk/auth/service-token'
import { AppError, type ErrorDetails, errorCodes } from '@souk/kernel/errors'
import type { Principal } from '@souk/kernel/principal'
import type { TRPCClient } from '@trpc/client'
import { type AnyTRPCRouter, createTRPCRecursiveProxy } from '@trpc/server'
import { Agent } from 'undici'
import { z } from 'zod'
import { createBalancer } from './balancer.ts'
import type { Directory } from './discovery.ts'
import { currentRequest } from './request.ts'
import { withinTime } from './within-time.ts'

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
  // tRPC's own client would run every call through a chain of observables; its types are all we need of it.
  return createTRPCRecursiveProxy<TRPCClient<Router>>(async ({ path, args }) => {
    const attempts = path.at(-1) === 'query' ? 2 : 1
    return await call(options, balancer, { path: path.slice(0, -1).join('.'), input: args[0], attempts })
  })
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
  const answer = await balancer.run(attempts, async (origin, attemptsLeft) => {
    // An instance that hangs may not use up the time of the one that is tried after it.
    const timeoutMs = Math.floor((deadlineAtMs - Date.now()) / attemptsLeft)
    if (timeoutMs <= 0) throw unavailable(options.service)
    const body = await withinTime(timeoutMs, async (signal) => {
      const response = await agent.request({
        origin,
        path: `/rpc/${path}`,
        method: 'POST',
        headers: { ...headers, 'x-timeout-ms': String(timeoutMs) },
        body: JSON.stringify(input ?? null),
        signal,
      })
      return (await response.body.json()) as { result?: unknown; error?: unknown; isReplay?: boolean }
    })
    if (body.error === undefined) return { result: body.result, isReplay: body.isReplay === true }
    const error = readError(body.error)
    // Shedding load is a reason to go elsewhere; any other refusal, a defect included, is an answer.
    if (error?.code === 'UNAVAILABLE') throw error
    return { error: error ?? unavailable(options.service) }
  })
  if ('error' in answer) throw answer.error
  if (answer.isReplay && scope) scope.isReplay = true
  return answer.result
}

/** The neighbour's error with its code, or nothing when it names none of ours: a defect over there. */
function readError(error: unknown): AppError | undefined {
  const parsed = WireError.safeParse(error)
  if (!parsed.success) return undefined
  const { code, reason, details } = parsed.data.data
  const known = errorCodes.find((candidate) => candidate === code)
  if (!known) return undefined
  return new AppError(known, parsed.data.message, { details: { ...(details as ErrorDetails), reason } })
}

function unavailable(service: string): AppError {
  return new AppError('UNAVAILABLE', 'A part of the shop does not answer. Please try again in a moment.', {
    details: { reason: 'unavailable', retryAfterSeconds: 1, service },
  })
}
