import { generateKeyPairSync, randomUUID } from 'node:crypto'
import { publicKeySet, tokenVerifier } from '@souk/auth/access-token'
import { type ErrorCode, isAppError } from '@souk/kernel/errors'
import type { Principal, Role } from '@souk/kernel/principal'
import { startService } from '@souk/runtime/start-service'
import { nobody, startTestService, type TestService } from '@souk/testing/service-harness'
import type { TRPCClient } from '@trpc/client'
import type { SignedIn } from '../src/contract.ts'
import type { PrivateJwk } from '../src/env.ts'
import type { IdentityRouter } from '../src/router.ts'
import { identityService } from '../src/service.ts'
import { keysOf } from './redis-keys.ts'

const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
export const signingJwk: PrivateJwk = {
  ...privateKey.export({ format: 'jwk' }),
  kid: 'test-key',
} as PrivateJwk
export const verifyAccessToken = tokenVerifier('access', publicKeySet(signingJwk))

export const goodPassword = 'a perfectly fine password'

export type Identity = Awaited<ReturnType<typeof startIdentity>>

/** The service on its own database, with a clock that tests move and people that tests make. */
export async function startIdentity() {
  const clock = { offsetMs: 0, now: () => new Date(Date.now() + clock.offsetMs) }
  const service = await startTestService<IdentityRouter>(
    'identity',
    async (env) =>
      await startService({ ...identityService({ ...env, AUTH_PRIVATE_JWK: signingJwk }), clock }),
  )
  const anyone = service.as(nobody)
  return {
    ...service,
    anyone,
    /** Moves the service's time forward. */
    later: (seconds: number) => {
      clock.offsetMs += seconds * 1000
    },
    redisKeys: async () => await keysOf(service.env.REDIS_URL),
    newPerson: async (...roles: Role[]) => await newPerson(service, anyone, roles),
  }
}

export type NewPerson = Awaited<ReturnType<typeof newPerson>>

async function newPerson(
  service: TestService<IdentityRouter>,
  anyone: TRPCClient<IdentityRouter>,
  roles: Role[],
) {
  const email = `${randomUUID()}@example.test`
  const { user } = await anyone.auth.register.mutate({ email, password: goodPassword, name: 'Ada Test' })
  if (roles.length > 0) await service.sql('update account set roles = $2 where id = $1', [user.id, roles])
  const signIn = async (password = goodPassword): Promise<SignedIn> =>
    await anyone.auth.signIn.mutate({ email, password })
  const principal: Principal = {
    kind: 'user',
    userId: user.id,
    sessionId: randomUUID(),
    roles: roles.length > 0 ? roles : ['customer'],
    email,
  }
  return { id: user.id, email, signIn, principal, client: service.as(principal) }
}

/** What the call was refused with; fails when it was not refused by one of our own errors. */
export async function refusal(call: Promise<unknown>): Promise<{
  code: ErrorCode
  message: string
  reason: unknown
  paths: string[]
  retryAfterSeconds: number | undefined
}> {
  try {
    await call
  } catch (error) {
    if (!isAppError(error)) throw error
    const { reason, errors, retryAfterSeconds } = error.details
    const paths = (errors ?? []).map(({ path }) => path)
    return { code: error.code, message: error.message, reason, paths, retryAfterSeconds }
  }
  throw new Error('The call was answered, not refused')
}
