import { AppError } from '@souk/kernel/errors'
import { isOwner, isStaff, type Principal } from '@souk/kernel/principal'
import type { Log } from '@souk/service/log'
import { type AppErrorShape, asTrpcError, describeError, toAppError } from '@souk/service/rpc'
import { initTRPC, type TRPC_ERROR_CODE_KEY } from '@trpc/server'
import { publicDetails } from './public-details.ts'
import type { Services } from './services.ts'

/** Who may call. The service that owns the data decides again, and about the single record. */
export type Access = 'public' | 'customer' | 'staff' | 'owner'
/** What one address may do only so often. */
export type LimitName = 'signIn' | 'register' | 'passwordReset' | 'order'
export type ApiMeta = { access: Access; limit?: LimitName }

export type ApiContext = {
  principal: Principal
  services: Services
  log: Log
  /** Throws RATE_LIMITED when the caller's address has done this too often. */
  limit(name: LimitName): Promise<void>
}

/** Refusals of tRPC itself, for which our own codes have only INVALID_INPUT. */
const transportStatus: Partial<Record<TRPC_ERROR_CODE_KEY, number>> = {
  METHOD_NOT_SUPPORTED: 405,
  UNSUPPORTED_MEDIA_TYPE: 415,
}

const t = initTRPC
  .context<ApiContext>()
  .meta<ApiMeta>()
  .create({
    isServer: true,
    errorFormatter: ({ shape, error }): AppErrorShape => {
      const { message, data } = describeError(error)
      const httpStatus = transportStatus[error.code] ?? data.httpStatus
      return {
        code: shape.code,
        message,
        data: { ...data, httpStatus, details: publicDetails(data.details) },
      }
    },
  })

/** Says no before a service is asked: 401 to nobody, 403 to somebody else. */
export function requireAccess(access: Access, principal: Principal): void {
  const isAllowed = {
    public: true,
    customer: principal.kind === 'user',
    staff: isStaff(principal),
    owner: isOwner(principal),
  }[access]
  if (isAllowed) return
  throw principal.kind === 'anonymous'
    ? new AppError('UNAUTHENTICATED', 'Please sign in first.')
    : new AppError('FORBIDDEN', 'Your account may not do this.')
}

const guarded = t.procedure.use(async ({ ctx, meta, next, path }) => {
  try {
    // A procedure without access metadata is closed to everybody.
    if (!meta) throw new AppError('FORBIDDEN', 'This procedure is not open to anybody.')
    requireAccess(meta.access, ctx.principal)
    if (meta.limit) await ctx.limit(meta.limit)
  } catch (error) {
    const known = toAppError(error)
    throw known ? asTrpcError(known) : error
  }
  const result = await next()
  if (result.ok) return result
  const known = toAppError(result.error)
  if (known) throw asTrpcError(known)
  ctx.log.error({ err: result.error.cause ?? result.error, procedure: path }, 'procedure failed')
  return result
})

export const router = t.router
export const publicProcedure = guarded.meta({ access: 'public' })
export const customerProcedure = guarded.meta({ access: 'customer' })
export const staffProcedure = guarded.meta({ access: 'staff' })
export const ownerProcedure = guarded.meta({ access: 'owner' })
