import { asUnavailable } from '@souk/db/connect'
import { AppError, type ErrorCode, type ErrorDetails } from '@souk/kernel/errors'
import { isOwner, isStaff, type Principal } from '@souk/kernel/principal'
import { initTRPC, type TRPC_ERROR_CODE_KEY, TRPCError } from '@trpc/server'
import type { TRPCErrorShape } from '@trpc/server/rpc'
import { ZodError } from 'zod'
import type { Log } from './log.ts'
import { currentRequest } from './request.ts'

/** What every procedure's context has, in every service. */
export type RpcContext = { principal: Principal; caller: string; log: Log }

const trpcCode: Record<ErrorCode, TRPC_ERROR_CODE_KEY> = {
  UNAUTHENTICATED: 'UNAUTHORIZED',
  FORBIDDEN: 'FORBIDDEN',
  NOT_FOUND: 'NOT_FOUND',
  INVALID_INPUT: 'BAD_REQUEST',
  CONFLICT: 'CONFLICT',
  INVALID_STATE: 'CONFLICT',
  RATE_LIMITED: 'TOO_MANY_REQUESTS',
  UNAVAILABLE: 'SERVICE_UNAVAILABLE',
}

/** What an error looks like on the wire between our processes and to tRPC clients. */
export type ErrorData = {
  code: ErrorCode | 'INTERNAL'
  reason: string
  details: ErrorDetails
  requestId: string | undefined
  httpStatus: number
}

/** The problem code of the public interface for an error that names none itself. */
const defaultReason: Record<ErrorCode, string> = {
  UNAUTHENTICATED: 'unauthenticated',
  FORBIDDEN: 'forbidden',
  NOT_FOUND: 'not_found',
  INVALID_INPUT: 'invalid_input',
  CONFLICT: 'conflict',
  INVALID_STATE: 'invalid_state',
  RATE_LIMITED: 'rate_limited',
  UNAVAILABLE: 'unavailable',
}

const httpStatus: Record<ErrorCode, number> = {
  UNAUTHENTICATED: 401,
  FORBIDDEN: 403,
  NOT_FOUND: 404,
  INVALID_INPUT: 400,
  CONFLICT: 409,
  INVALID_STATE: 409,
  RATE_LIMITED: 429,
  UNAVAILABLE: 503,
}
const statusOfReason: Record<string, number> = {
  idempotency_conflict: 422,
  payment_declined: 402,
  too_large: 413,
}

/** Finds the sentence meant for the caller, or nothing when the error is a defect whose text must stay here. */
export function toAppError(error: unknown): AppError | undefined {
  if (error instanceof AppError) return error
  if (error instanceof TRPCError) {
    if (error.cause instanceof AppError) return error.cause
    if (error.cause instanceof ZodError && error.code === 'BAD_REQUEST') return invalidInput(error.cause)
    if (error.code === 'NOT_FOUND') return new AppError('NOT_FOUND', 'There is no such procedure.')
    if (error.code === 'PAYLOAD_TOO_LARGE') {
      return new AppError('INVALID_INPUT', 'The body is too large.', { details: { reason: 'too_large' } })
    }
    if (
      error.code === 'BAD_REQUEST' ||
      error.code === 'PARSE_ERROR' ||
      error.code === 'METHOD_NOT_SUPPORTED' ||
      error.code === 'UNSUPPORTED_MEDIA_TYPE'
    ) {
      return new AppError('INVALID_INPUT', 'The request could not be read.')
    }
    return error.cause === undefined ? undefined : toAppError(error.cause)
  }
  const translated = asUnavailable(error)
  return translated instanceof AppError ? translated : undefined
}

export function invalidInput(error: ZodError): AppError {
  const errors = error.issues
    .slice(0, 20)
    .map((issue) => ({ path: issue.path.join('.'), message: issue.message }))
  return new AppError('INVALID_INPUT', 'Some fields are not right.', {
    details: { reason: 'invalid_input', errors },
  })
}

/** One error, as data for the wire. The only place that maps our codes to HTTP. */
export function describeError(error: unknown): { message: string; data: ErrorData } {
  const known = toAppError(error)
  const requestId = currentRequest()?.requestId
  if (!known) {
    const data = { code: 'INTERNAL', reason: 'internal', details: {}, requestId, httpStatus: 500 } as const
    return { message: 'Something went wrong on our side.', data }
  }
  const { reason = defaultReason[known.code], ...details } = known.details
  const status = statusOfReason[reason] ?? httpStatus[known.code]
  return {
    message: known.message,
    data: { code: known.code, reason, details, requestId, httpStatus: status },
  }
}

export type AppErrorShape = TRPCErrorShape<ErrorData>

/** Each service's tRPC instance: shared error format, shared access rules, one log line per defect. */
export function createRpc<Context extends RpcContext>() {
  const t = initTRPC.context<Context>().create({
    isServer: true,
    errorFormatter: ({ shape, error }): AppErrorShape => ({ code: shape.code, ...describeError(error) }),
  })

  const procedure = t.procedure.use(async ({ ctx, next, path }) => {
    const result = await next()
    if (result.ok) return result
    const known = toAppError(result.error)
    if (known) throw asTrpcError(known)
    const { log }: Pick<RpcContext, 'log'> = ctx
    log.error({ err: result.error.cause ?? result.error, procedure: path }, 'procedure failed')
    return result
  })
  const restrict = (isAllowed: (ctx: Pick<RpcContext, 'principal'>) => boolean) =>
    procedure.use(async ({ ctx, next }) => {
      const { principal }: Pick<RpcContext, 'principal'> = ctx
      if (!isAllowed({ principal })) throw asTrpcError(refusal(principal))
      return await next()
    })

  return {
    router: t.router,
    /** Anyone, signed in or not. The verb itself decides what they see. */
    open: procedure,
    /** A signed-in person of any role. */
    signedIn: restrict(({ principal }) => principal.kind === 'user'),
    /** Staff and owners. */
    staff: restrict(({ principal }) => isStaff(principal)),
    /** Owners only. */
    owner: restrict(({ principal }) => isOwner(principal)),
    /** Another service acting for itself; named ones only. */
    service: (...names: string[]) =>
      restrict(({ principal }) => principal.kind === 'service' && names.includes(principal.name)),
    /** Staff, or a named service acting for itself. */
    staffOrService: (...names: string[]) =>
      restrict(
        ({ principal }) =>
          isStaff(principal) || (principal.kind === 'service' && names.includes(principal.name)),
      ),
    createCallerFactory: t.createCallerFactory,
  }
}

function refusal(principal: Principal): AppError {
  return principal.kind === 'anonymous'
    ? new AppError('UNAUTHENTICATED', 'Please sign in first.')
    : new AppError('FORBIDDEN', 'Your account may not do this.')
}

/** Wraps an AppError for tRPC, which turns anything else that a middleware throws into INTERNAL_SERVER_ERROR. */
export function asTrpcError(error: AppError): TRPCError {
  return new TRPCError({ code: trpcCode[error.code], message: error.message, cause: error })
}
