import type { AccessClaims, TokenVerifier } from '@souk/auth/access-token'
import { AppError } from '@souk/kernel/errors'
import { anonymous, isStaff, type Principal } from '@souk/kernel/principal'
import { LRUCache } from 'lru-cache'
import type { Revocations } from './revocations.ts'

const bearer = /^Bearer ([\w-]+\.[\w-]+\.[\w-]+)$/i
const toleranceSeconds = 30

export type Authenticate = (authorization: string | undefined) => Promise<Principal>

/** Finds out who calls. No header is a guest; a header that does not hold is refused, never ignored. */
export function createAuthenticate(options: {
  verify: TokenVerifier
  revocations: Revocations
  now?: () => number
}): Authenticate {
  const { verify, revocations, now = Date.now } = options
  // Checking a signature costs more than the rest of a request; a token that passed once passes until it ends.
  const verified = new LRUCache<string, AccessClaims>({ max: 10_000 })
  return async (authorization) => {
    if (authorization === undefined || authorization === '') return anonymous
    const token = bearer.exec(authorization)?.[1]
    if (token === undefined) throw invalidToken()
    const claims = verified.get(token) ?? (await verify(token).catch(() => undefined))
    if (!claims || claims.exp + toleranceSeconds <= now() / 1000) throw invalidToken()
    verified.set(token, claims)
    if (revocations.isRevoked(claims.sid)) throw invalidToken()
    const principal: Principal = {
      kind: 'user',
      userId: claims.sub,
      sessionId: claims.sid,
      roles: claims.roles,
      email: claims.email,
    }
    if (isStaff(principal) && !revocations.isCurrent()) throw cannotCheck()
    return principal
  }
}

function invalidToken(): AppError {
  return new AppError('UNAUTHENTICATED', 'The access token is not valid. Please sign in again.')
}

/** A customer's token lives on for its minutes while identity is away; a staff token could do more harm. */
function cannotCheck(): AppError {
  return new AppError(
    'UNAVAILABLE',
    'Staff sessions cannot be checked at the moment. Please try again soon.',
    {
      details: { retryAfterSeconds: 5 },
    },
  )
}
