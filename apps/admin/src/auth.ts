import 'server-only'
import { type AppSessions, appCookies, appSessions } from '@souk/auth/app-session'
import { ACCESS_TOKEN_SECONDS, SESSION_SECONDS } from '@souk/identity/contract'
import type { Role } from '@souk/kernel/principal'
import type { NextAuthOptions } from 'next-auth'
import Credentials from 'next-auth/providers/credentials'
import { endSession, signIn } from './data/sign-in.ts'
import { readEnv } from './env.ts'
import { paths } from './paths.ts'

declare module 'next-auth' {
  interface Session {
    user: { id: string; name: string; email: string; roles: Role[] }
    accessToken: string
    /** Seconds since 1970. */
    accessTokenExpiresAt: number
  }
}

let known: AppSessions | undefined

/** Made at the first request: the build knows no secrets. */
function readSessions(): AppSessions {
  known ??= appSessions({
    jwk: readEnv().AUTH_PRIVATE_JWK,
    sessionSeconds: SESSION_SECONDS,
    accessSeconds: ACCESS_TOKEN_SECONDS,
  })
  return known
}

export function authOptions(): NextAuthOptions {
  const env = readEnv()
  const sessions = readSessions()
  return {
    secret: env.NEXTAUTH_SECRET,
    session: { strategy: 'jwt', maxAge: SESSION_SECONDS },
    pages: { signIn: paths.signIn(), error: paths.signIn() },
    cookies: appCookies('souk-admin', env.NEXTAUTH_URL.startsWith('https:')),
    providers: [
      Credentials({
        credentials: { email: { type: 'email' }, password: { type: 'password' } },
        authorize: async (credentials) => await signIn(credentials),
      }),
    ],
    jwt: {
      encode: async ({ token }) => await sessions.encode(token),
      decode: async ({ token }) => await sessions.decode(token),
    },
    callbacks: {
      jwt: ({ token, user }) => (user ? { ...user, sub: user.id } : token),
      session: async ({ session, token }) => {
        const { identity, ...access } = await sessions.accessOf(token)
        const { sub: id, name, email, roles } = identity
        return { ...session, user: { id, name, email, roles }, ...access }
      },
    },
    events: {
      signOut: async ({ token }) => {
        const accessToken = await sessions.findAccessToken(token)
        if (accessToken !== undefined) await endSession(accessToken)
      },
    },
  }
}
