import { STATUS_CODES } from 'node:http'
import { publicDetails } from '@souk/api/public-details'
import { AppError } from '@souk/kernel/errors'
import { describeError, toAppError } from '@souk/service/rpc'
import { TRPCError } from '@trpc/server'
import { type ProblemCode, problemKind, problems } from './problems.ts'

/** An error answer before it is written: RFC 9457, with our `code` and what goes with it. */
export type Problem = {
  status: number
  code: string
  detail: string
  retryAfterSeconds?: number
  /** `errors`, `lines`, `totals` ...: what a client may act on. */
  extras: Record<string, unknown>
}

/** Finds the answer for whatever was thrown while a request was handled. */
export function problemOf(error: unknown): Problem {
  const refused = frameworkRefusal(error)
  if (refused) return refused
  const { message, data } = describeError(error)
  const { retryAfterSeconds: wait, status, ...details } = publicDetails(data.details)
  // In a problem, `status` is the HTTP status.
  const extras = status === undefined ? details : { ...details, currentStatus: status }
  const seconds = typeof wait === 'number' ? Math.max(1, Math.ceil(wait)) : undefined
  const isTemporary = data.httpStatus === 503 || data.httpStatus === 429
  return {
    status: data.httpStatus,
    code: data.reason,
    detail: message,
    ...(seconds !== undefined || isTemporary ? { retryAfterSeconds: seconds ?? 1 } : {}),
    extras,
  }
}

export function problem(code: ProblemCode, detail: string, extras: Record<string, unknown> = {}): Problem {
  return { status: problems[code].status, code, detail, extras }
}

/** True for an error that a person must look at. */
export function isDefect(error: unknown): boolean {
  return frameworkRefusal(error) === undefined && toAppError(error) === undefined
}

const refusals: Record<string, [ProblemCode, string]> = {
  FST_ERR_CTP_BODY_TOO_LARGE: ['too_large', 'The body is too large.'],
  FST_ERR_CTP_INVALID_MEDIA_TYPE: [
    'unsupported_media_type',
    'Send JSON with Content-Type: application/json.',
  ],
  FST_ERR_CTP_INVALID_CONTENT_LENGTH: ['invalid_input', 'The body is not as long as Content-Length says.'],
  FST_ERR_CTP_INVALID_JSON_BODY: ['invalid_input', 'The body is not valid JSON.'],
  FST_ERR_CTP_EMPTY_JSON_BODY: ['invalid_input', 'The body is empty.'],
  FST_ERR_BAD_URL: ['invalid_input', 'The address cannot be read.'],
  FST_ERR_MAX_PARAM_LENGTH: ['not_found', 'There is nothing at this address.'],
}

/** What Fastify itself refuses, in our words. */
function frameworkRefusal(error: unknown): Problem | undefined {
  if (error instanceof AppError || error instanceof TRPCError || !(error instanceof Error)) return undefined
  const code: unknown = Reflect.get(error, 'code')
  const known = typeof code === 'string' ? refusals[code] : undefined
  if (known) return problem(...known)
  const status: unknown = Reflect.get(error, 'statusCode')
  if (typeof status !== 'number' || status < 400 || status >= 500) return undefined
  if (status === 413) return problem('too_large', 'The body is too large.')
  return problem('invalid_input', 'The request could not be read.')
}

/** The body of a REST error answer. `baseUrl` is where the codes are explained. */
export function problemBody(found: Problem, requestId: string, baseUrl: string): string {
  const kind = problemKind(found.code)
  const standard = {
    type: `${baseUrl}/docs#${kind ? found.code : 'problems'}`,
    title: kind?.title ?? STATUS_CODES[found.status] ?? 'The request was refused',
    status: found.status,
    detail: found.detail,
    code: found.code,
  }
  // No detail of ours may take the place of a field of the standard.
  return JSON.stringify({ ...standard, ...found.extras, ...standard, requestId })
}

const numberOfStatus: Record<number, number> = {
  400: -32600,
  401: -32001,
  403: -32003,
  404: -32004,
  405: -32005,
  408: -32008,
  409: -32009,
  413: -32013,
  415: -32015,
  429: -32029,
  503: -32603,
}

/** The same error as tRPC clients read it, for what is refused before tRPC runs. */
export function trpcErrorBody(found: Problem, requestId: string): string {
  const data = {
    code: codeOf(found.status),
    reason: found.code,
    details: {
      ...found.extras,
      ...(found.retryAfterSeconds === undefined ? {} : { retryAfterSeconds: found.retryAfterSeconds }),
    },
    requestId,
    httpStatus: found.status,
  }
  return JSON.stringify({
    error: { message: found.detail, code: numberOfStatus[found.status] ?? -32603, data },
  })
}

function codeOf(status: number): string {
  if (status === 401) return 'UNAUTHENTICATED'
  if (status === 403) return 'FORBIDDEN'
  if (status === 404) return 'NOT_FOUND'
  if (status === 409) return 'CONFLICT'
  if (status === 429) return 'RATE_LIMITED'
  if (status === 503) return 'UNAVAILABLE'
  return status >= 500 ? 'INTERNAL' : 'INVALID_INPUT'
}
