import 'server-only'
import { createSoukClient, type SoukClient } from '@souk/api/client'
import { readSoukError } from '@souk/api/client-error'
import type { Role } from '@souk/kernel/principal'
import { headers } from 'next/headers'
import { z } from 'zod'
import { readEnv } from '../env.ts'
import type { SignInProblem } from './sign-in-problem.ts'

const Given = z.object({ email: z.string().min(1).max(254), password: z.string().min(1).max(256) })
type Person = { id: string; sid: string; email: string; name: string; roles: Role[] }

/** With the address of the person, so that the gateway's limits do not take all of staff for one. */
async function gateway(accessToken?: string): Promise<SoukClient> {
  const address = (await headers()).get('x-forwarded-for')
  return createSoukClient({
    url: readEnv().GATEWAY_URL,
    token: async () => accessToken,
    headers: address ? { 'x-forwarded-for': address } : {},
    timeoutMs: 8000,
  })
}

/** Staff and owners only. Throws the name of the problem, which the sign-in page puts into words. */
export async function signIn(credentials: unknown): Promise<Person> {
  const given = Given.safeParse(credentials)
  if (!given.success) throw problem('wrong_credentials')
  const { user, sessionId, accessToken } = await ask(given.data)
  if (!user.roles.includes('staff') && !user.roles.includes('owner')) {
    await endSession(accessToken)
    throw problem('not_staff')
  }
  return { id: user.id, sid: sessionId, email: user.email, name: user.name, roles: user.roles }
}

async function ask(credentials: z.infer<typeof Given>) {
  try {
    const client = await gateway()
    return await client.auth.signIn.mutate(credentials)
  } catch (error) {
    throw problem(problemOf(readSoukError(error).code))
  }
}

function problemOf(code: string): SignInProblem {
  if (code === 'UNAUTHENTICATED' || code === 'INVALID_INPUT') return 'wrong_credentials'
  return code === 'RATE_LIMITED' ? 'too_many' : 'unavailable'
}

function problem(name: SignInProblem): Error {
  return new Error(name)
}

/** Ends the session at its owner, so that tokens already given out stop working. The cookie goes either way. */
export async function endSession(accessToken: string): Promise<void> {
  const client = await gateway(accessToken)
  await client.auth.signOut.mutate({}).catch(() => undefined)
}
