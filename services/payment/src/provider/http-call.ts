import { withinTime } from '@souk/service/within-time'
import { Agent } from 'undici'
import { z } from 'zod'
import type { Outcome } from './provider.ts'

export type HttpCall = {
  method: 'GET' | 'POST'
  path: string
  key?: string
  body?: unknown
}

const Problem = z.object({ error: z.object({ code: z.string().max(100), message: z.string().max(500) }) })
/** Refused before the provider looked at it: our key, our pace, its load. */
const undecidedStatuses = new Set([401, 403, 408, 425, 429])
/** The first request with this key decides, not this one. */
const undecidedCodes = new Set(['idempotency_in_flight', 'idempotency_key_reused'])

/**
 * One HTTP call to a provider, with one deadline for all of it. No answer, a 5xx or an unreadable answer
 * leave the effect open; a 4xx is final.
 */
export function httpCaller(options: { origin: string; apiKey: string; timeoutMs: number }) {
  const agent = new Agent({ connections: 64, pipelining: 1, keepAliveTimeout: 30_000, connectTimeout: 1000 })

  async function send(call: HttpCall): Promise<{ status: number; body: unknown }> {
    return await withinTime(options.timeoutMs, async (signal) => {
      const response = await agent.request({
        origin: options.origin,
        path: call.path,
        method: call.method,
        headers: {
          authorization: `Bearer ${options.apiKey}`,
          ...(call.body === undefined ? {} : { 'content-type': 'application/json' }),
          ...(call.key === undefined ? {} : { 'idempotency-key': call.key }),
        },
        ...(call.body === undefined ? {} : { body: JSON.stringify(call.body) }),
        signal,
      })
      return { status: response.statusCode, body: await response.body.json() }
    })
  }

  return async <Answer>(call: HttpCall, schema: z.ZodType<Answer>): Promise<Outcome<Answer>> => {
    let response: { status: number; body: unknown }
    try {
      response = await send(call)
    } catch (error) {
      return { kind: 'unknown', message: describe(error, options.timeoutMs) }
    }
    const { status, body } = response
    if (status >= 200 && status < 300) {
      const parsed = schema.safeParse(body)
      if (parsed.success) return { kind: 'answered', answer: parsed.data }
      return { kind: 'unknown', message: 'The provider’s answer could not be read.' }
    }
    const problem = Problem.safeParse(body)
    const code = problem.success ? problem.data.error.code : 'unreadable'
    if (status >= 500 || undecidedStatuses.has(status) || undecidedCodes.has(code) || !problem.success)
      return { kind: 'unknown', message: `The provider answered ${status} ${code}.` }
    return { kind: 'refused', code, message: problem.data.error.message }
  }
}

function describe(error: unknown, timeoutMs: number): string {
  const name = error instanceof Error ? error.name : ''
  return name === 'TimeoutError'
    ? `The provider did not answer within ${timeoutMs} ms.`
    : 'The connection to the provider failed.'
}
