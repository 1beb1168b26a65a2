import 'server-only'
import { createSoukClient } from '@souk/api/client'
import { readSoukError } from '@souk/api/client-error'
import { SignIn } from '@souk/identity/contract'
import type { User } from 'next-auth'
import { readEnv } from '../env.ts'
import { gatewayFor } from './gateway.ts'

/** What the sign-in form is told: next-auth carries the message of an error to it as `error`. */
export const signInFaults = ['credentials', 'rate_limited', 'unreachable'] as const
export type SignInFault = (typeof signInFaults)[number]

/** For next-auth: the person, or an error whose message is one of `signInFaults`. */
export async function signIn(credentials: unknown): Promise<User & Record<string, unknown>> {
  const parsed = SignIn.safeParse(pickCredentials(credentials))
  if (!parsed.success) throw new Error('credentials' satisfies SignInFault)
  try {
    const gateway = await gatewayFor()
    const { user, sessionId } = await gateway.auth.signIn.mutate(parsed.data)
    return { id: user.id, sid: sessionId, email: user.email, name: user.name, roles: user.roles }
  } catch (error) {
    throw new Error(faultOf(error), { cause: error })
  }
}

/** Makes the session's tokens worthless. The cookie is gone either way, so a failure only shortens the reach. */
export async function endSession(accessToken: string): Promise<void> {
  const gateway = createSoukClient({
    url: readEnv().GATEWAY_URL,
    timeoutMs: 5000,
    token: async () => accessToken,
  })
  await gateway.auth.signOut.mutate({}).catch(() => undefined)
}

function pickCredentials(given: unknown): unknown {
  if (given === null || typeof given !== 'object') return given
  const { email, password } = given as { email?: unknown; password?: unknown }
  return { email, password }
}

function faultOf(error: unknown): SignInFault {
  const { code } = readSoukError(error)
  if (code === 'RATE_LIMITED') return 'rate_limited'
  return code === 'UNAUTHENTICATED' || code === 'INVALID_INPUT' || code === 'FORBIDDEN'
    ? 'credentials'
    : 'unreachable'
}
