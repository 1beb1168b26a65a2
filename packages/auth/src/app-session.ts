import type { JWK } from 'jose'
import { z } from 'zod'
import {
  AccessClaims,
  publicKeySet,
  readSigningKey,
  type SigningKey,
  signToken,
  type TokenUse,
  type TokenVerifier,
  tokenVerifier,
} from './access-token.ts'

/** Who the cookie is about. Right after the sign-in it has no end yet. */
const SessionClaims = AccessClaims.omit({ exp: true, iat: true }).extend({ exp: z.int().optional() })
type SessionClaims = z.infer<typeof SessionClaims>

export type AppSessionsOptions = {
  /** The private key that signs every sign-in. */
  jwk: JWK
  sessionSeconds: number
  accessSeconds: number
  now?: () => Date
}
export type AppSessions = ReturnType<typeof appSessions>
type Signer = { key: SigningKey; verify: TokenVerifier }

/**
 * The sessions of an app. Its cookie is a JWS of our own kind: the same signer as the access tokens, but
 * another type and audience. Claims are `unknown`, because they come from the frame that keeps the cookie.
 */
export function appSessions({
  jwk,
  sessionSeconds,
  accessSeconds,
  now = () => new Date(),
}: AppSessionsOptions) {
  let reading: Promise<Signer> | undefined

  async function signer(): Promise<Signer> {
    reading ??= readSigningKey(jwk).then((key) => ({
      key,
      verify: tokenVerifier('session', publicKeySet(jwk)),
    }))
    return await reading
  }

  async function sign(use: TokenUse, claims: SessionClaims, lifetimeSeconds: number): Promise<string> {
    const { key } = await signer()
    return await signToken(use, claims, key, { lifetimeSeconds, now: now() })
  }

  /**
   * A session ends a fixed time after its sign-in, however often its cookie is written again. Identity
   * remembers ended sessions for just as long; a cookie that lived on could outlast that memory.
   */
  function secondsLeft({ exp }: SessionClaims): number {
    return exp === undefined ? sessionSeconds : exp - seconds(now())
  }

  /** A token for the gateway, which never outlives its session. */
  async function accessOf(given: unknown) {
    const { exp, ...identity } = SessionClaims.parse(given)
    const lifetime = Math.min(accessSeconds, secondsLeft({ exp, ...identity }))
    return {
      identity,
      accessToken: await sign('access', identity, lifetime),
      /** Seconds since 1970. */
      accessTokenExpiresAt: seconds(now()) + lifetime,
    }
  }

  return {
    accessOf,
    encode: async (given: unknown): Promise<string> => {
      const claims = SessionClaims.parse(given)
      return await sign('session', claims, secondsLeft(claims))
    },
    decode: async (cookie: string | undefined): Promise<AccessClaims | null> => {
      if (!cookie) return null
      const { verify } = await signer()
      return await verify(cookie).catch(() => null)
    },
    /** For the sign-out, at which a cookie may be too old to say who it was. */
    findAccessToken: async (given: unknown): Promise<string | undefined> =>
      SessionClaims.safeParse(given).success ? (await accessOf(given)).accessToken : undefined,
  }
}

/** Cookies ignore ports: two apps on one host must not overwrite each other's. */
export function appCookies(app: string, isSecure: boolean) {
  const options = { httpOnly: true, sameSite: 'lax', path: '/', secure: isSecure } as const
  const name = (part: string, prefix = '__Secure-') => `${isSecure ? prefix : ''}${app}.${part}`
  return {
    sessionToken: { name: name('session-token'), options },
    callbackUrl: { name: name('callback-url'), options },
    csrfToken: { name: name('csrf-token', '__Host-'), options },
  }
}

const seconds = (time: Date): number => Math.floor(time.getTime() / 1000)
