import type { ErrorData } from '@souk/service/rpc'
import { TRPCClientError } from '@trpc/client'

/** A failed call as a screen needs it. `code` is `UNREACHABLE` when no answer came at all. */
export type SoukError = {
  code: ErrorData['code'] | 'UNREACHABLE'
  /** The problem code of the public interface, such as `price_changed` or `rate_limited`. */
  reason: string
  message: string
  /** Which fields are wrong, for `INVALID_INPUT`. */
  errors: { path: string; message: string }[]
  details: Readonly<Record<string, unknown>>
  requestId: string | undefined
  retryAfterSeconds: number | undefined
}

/** Reads whatever a call of the client threw. */
export function readSoukError(error: unknown): SoukError {
  const data = errorData(error)
  if (!data) {
    return {
      code: 'UNREACHABLE',
      reason: 'unreachable',
      message: 'The shop could not be reached. Please check your connection and try again.',
      errors: [],
      details: {},
      requestId: undefined,
      retryAfterSeconds: undefined,
    }
  }
  const { errors = [], retryAfterSeconds, ...details } = data.details
  return {
    code: data.code,
    reason: data.reason,
    message: error instanceof Error ? error.message : '',
    errors,
    details,
    requestId: data.requestId,
    retryAfterSeconds,
  }
}

/** False when the operation may still happen or may be tried again as it is. */
export function isFinalAnswer(error: unknown): boolean {
  const data = errorData(error)
  if (!data) return false
  return (
    data.code !== 'UNAVAILABLE' &&
    data.code !== 'INTERNAL' &&
    data.code !== 'RATE_LIMITED' &&
    data.reason !== 'idempotency_in_flight'
  )
}

/** The answer is ours when it has our shape; a proxy's error page has not. */
function errorData(error: unknown): ErrorData | undefined {
  if (!(error instanceof TRPCClientError)) return undefined
  const data: unknown = error.data
  if (data === null || typeof data !== 'object' || !('code' in data) || !('reason' in data)) return undefined
  return data as ErrorData
}
