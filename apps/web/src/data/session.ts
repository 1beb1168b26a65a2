import 'server-only'
import { redirect } from 'next/navigation'
import { getServerSession, type Session } from 'next-auth'
import { cache } from 'react'
import { authOptions } from '../auth.ts'
import { paths } from '../paths.ts'

/** Who visits, or nobody. The one place that knows next-auth on the server. */
export const getSession = cache(async (): Promise<Session | null> => {
  const session = await getServerSession(authOptions())
  return session?.accessToken ? session : null
})

/** For pages of customers only; others are asked to sign in and come back. */
export async function requireSession(returnTo: string): Promise<Session> {
  return (await getSession()) ?? redirect(paths.signIn(returnTo))
}
