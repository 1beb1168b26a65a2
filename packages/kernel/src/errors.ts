/** The closed list of errors that cross a service boundary. Domain words go into `details.reason`. */
export const errorCodes = [
  'UNAUTHENTICATED',
  'FORBIDDEN',
  'NOT_FOUND',
  'INVALID_INPUT',
  'CONFLICT',
  'INVALID_STATE',
  'RATE_LIMITED',
  'UNAVAILABLE',
] as const

export type ErrorCode = (typeof errorCodes)[number]

/** What a client may act on. `reason` is the problem code of the public interface, such as `out_of_stock`. */
export type ErrorDetails = {
  reason?: string
  errors?: { path: string; message: string }[]
  retryAfterSeconds?: number
  [key: string]: unknown
}

/**
 * An error whose sentence is meant for the caller. Everything thrown that is not an AppError is a
 * defect: its text stays in the log and the caller sees a request id.
 */
export class AppError extends Error {
  override readonly name = 'AppError'
  readonly code: ErrorCode
  readonly details: ErrorDetails

  constructor(code: ErrorCode, sentence: string, options: { cause?: unknown; details?: ErrorDetails } = {}) {
    super(sentence, options.cause === undefined ? undefined : { cause: options.cause })
    this.code = code
    this.details = options.details ?? {}
  }
}

export function notFound(what: string): AppError {
  return new AppError('NOT_FOUND', `There is no such ${what}.`)
}

export function isAppError(error: unknown, code?: ErrorCode): error is AppError {
  return error instanceof AppError && (code === undefined || error.code === code)
}
