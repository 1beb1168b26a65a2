import {
  createTRPCClient,
  httpBatchLink,
  httpLink,
  splitLink,
  type TRPCClient,
  type TRPCLink,
} from '@trpc/client'
import { observable } from '@trpc/server/observable'
import { isFinalAnswer } from './client-error.ts'
import { createIdempotencyKeys } from './idempotency-keys.ts'
import { isPublicRead } from './public-reads.ts'
import type { AppRouter } from './router.ts'

export type { AppRouter } from './router.ts'
export type SoukClient = TRPCClient<AppRouter>

export type SoukClientOptions = {
  /** The gateway, without a path: `http://localhost:4000`. */
  url: string
  /** The access token of the person; undefined for a guest. Asked for each request. */
  token?: () => Promise<string | undefined>
  /** Sent with every request, such as a request id or the address of the visitor. */
  headers?: Record<string, string> | (() => Record<string, string> | Promise<Record<string, string>>)
  /** Longest wait for one request, 10 s when absent. */
  timeoutMs?: number
  /** Takes the place of the global fetch. */
  fetch?: typeof globalThis.fetch
}

/** Below what the gateway accepts, and short enough for every proxy on the way. */
const maxItems = 10
const maxUrlLength = 4000

/**
 * The typed client of the gateway, for browsers and servers. Queries of one tick travel together;
 * mutations travel alone with an Idempotency-Key. Pass `context: { idempotencyKey }` to choose the key.
 */
export function createSoukClient(options: SoukClientOptions): SoukClient {
  return createTRPCClient<AppRouter>({ links: soukLinks(options) })
}

/** The links alone, for TanStack's own way to make a client. */
export function soukLinks(options: SoukClientOptions): TRPCLink<AppRouter>[] {
  const base = { url: `${options.url.replace(/\/+$/, '')}/trpc`, fetch: fetchWithTimeout(options) }
  const batch = { ...base, maxItems, maxURLLength: maxUrlLength }
  return [
    idempotencyLink(),
    splitLink({
      condition: (op) => op.type === 'mutation',
      true: httpLink({
        ...base,
        headers: async ({ op }) => ({
          ...(await headersOf(options, true)),
          'idempotency-key': String(op.context.idempotencyKey),
        }),
      }),
      false: splitLink({
        condition: (op) => isPublicRead(op.path),
        true: httpBatchLink({ ...batch, headers: async () => await headersOf(options, false) }),
        false: httpBatchLink({ ...batch, headers: async () => await headersOf(options, true) }),
      }),
    }),
  ]
}

async function headersOf(options: SoukClientOptions, isPersonal: boolean): Promise<Record<string, string>> {
  const given = typeof options.headers === 'function' ? await options.headers() : options.headers
  const token = isPersonal ? await options.token?.() : undefined
  return {
    ...given,
    // A header of our own makes every browser ask the gateway first whether this origin may call.
    ...(isPersonal ? { 'x-souk-client': 'app' } : {}),
    ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
  }
}

function idempotencyLink(): TRPCLink<AppRouter> {
  const keys = createIdempotencyKeys()
  return () =>
    ({ op, next }) => {
      if (op.type !== 'mutation' || op.context.idempotencyKey !== undefined) return next(op)
      const context = { ...op.context, idempotencyKey: keys.keyFor(op.path, op.input) }
      return observable((observer) =>
        next({ ...op, context }).subscribe({
          next: (value) => {
            keys.settle(op.path, op.input)
            observer.next(value)
          },
          error: (error) => {
            if (isFinalAnswer(error)) keys.settle(op.path, op.input)
            observer.error(error)
          },
          complete: () => observer.complete(),
        }),
      )
    }
}

function fetchWithTimeout(options: SoukClientOptions) {
  const send = options.fetch ?? ((input, init) => globalThis.fetch(input, init))
  const timeoutMs = options.timeoutMs ?? 10_000
  return async (input: Parameters<typeof fetch>[0], init?: RequestInit): Promise<Response> => {
    const timeout = AbortSignal.timeout(timeoutMs)
    // Browsers of 2023 cannot join two signals; there the time limit matters more than a cancelled wish.
    const signal = init?.signal && 'any' in AbortSignal ? AbortSignal.any([init.signal, timeout]) : timeout
    return await send(input, { ...init, signal })
  }
}
