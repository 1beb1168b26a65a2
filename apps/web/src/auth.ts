import 'server-only'
import {
  type Identity,
  publicKeySet,
  readSigningKey,
  type SigningKey,
  signToken,
  type TokenVerifier,
  tokenVerifier,
} from '@souk/auth/access-token'
import { ACCESS_TOKEN_SECONDS, SESSION_SECONDS } from '@souk/identity/contract'
import { Role } from '@souk/kernel/principal'
import type { NextAuthOptions } from 'next-auth'
import type { JWT } from 'next-auth/jwt'
import Credentials from 'next-auth/providers/credentials'
import { z } from 'zod'
import { endSession, signIn } from './data/sign-in.ts'
import { readEnv } from './env.ts'
import { paths } from './paths.ts'

declare module 'next-auth' {
  interface Session {
    user: { id: string; name: string; email: string }
    accessToken: string
    /** Seconds since 1970. */
    accessTokenExpiresAt: number
  }
}

const Claims = z.object({
  sub: z.string(),
  sid: z.string(),
  email: z.string(),
  name: z.string(),
  roles: z.array(Role),
})

type Signer = { key: SigningKey; verify: TokenVerifier }
let signer: Promise<Signer> | undefined

function readSigner(): Promise<Signer> {
  const jwk = readEnv().AUTH_PRIVATE_JWK
  signer ??= readSigningKey(jwk).then((key) => ({ key, verify: tokenVerifier('session', publicKeySet(jwk)) }))
  return signer
}

async function sign(use: 'access' | 'session', identity: Identity, lifetimeSeconds: number): Promise<string> {
  const { key } = await readSigner()
  return await signToken(use, identity, key, { lifetimeSeconds, now: new Date() })
}

/** The cookie is a JWS of our own kind: the same signer as the access tokens, but another type and audience. */
async function decodeSession(token: string | undefined): Promise<JWT | null> {
  if (!token) return null
  const { verify } = await readSigner()
  return await verify(token).catch(() => null)
}

/**
 * A session ends a fixed time after its sign-in, however often its cookie is written again. Identity
 * remembers ended sessions for just as long; a cookie that lived on could outlast that memory.
 */
function secondsLeft(token: JWT | undefined): number {
  return typeof token?.exp === 'number' ? token.exp - Math.floor(Date.now() / 1000) : SESSION_SECONDS
}

/** Cookies ignore ports: the admin on another port of the same host must not overwrite ours. */
function cookies(isSecure: boolean): NextAuthOptions['cookies'] {
  const options = { httpOnly: true, sameSite: 'lax', path: '/', secure: isSecure } as const
  const name = (part: string, prefix = '__Secure-') => `${isSecure ? prefix : ''}souk-web.${part}`
  return {
    sessionToken: { name: name('session-token'), options },
    callbackUrl: { name: name('callback-url'), options },
    csrfToken: { name: name('csrf-token', '__Host-'), options },
  }
}

/** Built at the first request: the build knows no secrets. */
export function authOptions(): NextAuthOptions {
  const env = readEnv()
  return {
    secret: env.NEXTAUTH_SECRET,
    session: { strategy: 'jwt', maxAge: SESSION_SECONDS },
    pages: { signIn: paths.signIn(), error: paths.signIn() },
    cookies: cookies(env.NEXTAUTH_URL.startsWith('https:')),
    providers: [
      Credentials({
        credentials: { email: { type: 'email' }, password: { type: 'password' } },
        authorize: async (credentials) => await signIn(credentials),
      }),
    ],
    jwt: {
      encode: async ({ token }) => await sign('session', Claims.parse(token), secondsLeft(token)),
      decode: async ({ token }) => await decodeSession(token),
    },
    callbacks: {
      jwt: ({ token, user, trigger, session }) => {
        if (user) return { ...user, sub: user.id }
        // A new name is shown at once; identity holds the truth and gives it again at the next sign-in.
        const renamed =
          trigger === 'update' ? z.object({ name: z.string().max(120) }).safeParse(session) : undefined
        return renamed?.success ? { ...token, name: renamed.data.name } : token
      },
      session: async ({ session, token }) => {
        const identity = Claims.parse(token)
        const { sub: id, name, email } = identity
        const accessTokenExpiresAt = Math.floor(Date.now() / 1000) + ACCESS_TOKEN_SECONDS
        const accessToken = await sign('access', identity, ACCESS_TOKEN_SECONDS)
        return { ...session, user: { id, name, email }, accessToken, accessTokenExpiresAt }
      },
    },
    events: {
      signOut: async ({ token }) => {
        const identity = Claims.safeParse(token)
        if (identity.success) await endSession(await sign('access', identity.data, ACCESS_TOKEN_SECONDS))
      },
    },
  }
}
