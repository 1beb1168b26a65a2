import { Role } from '@souk/kernel/principal'
import {
  type CryptoKey,
  createLocalJWKSet,
  importJWK,
  type JSONWebKeySet,
  type JWK,
  jwtVerify,
  SignJWT,
} from 'jose'
import { z } from 'zod'

const issuer = 'souk'
const algorithm = 'ES256'

/** What a person's token says. `sid` names the sign-in, so that it can be revoked before `exp`. */
export const AccessClaims = z.object({
  sub: z.string(),
  sid: z.string(),
  email: z.string(),
  name: z.string(),
  roles: z.array(Role).max(3),
  exp: z.int(),
  iat: z.int(),
})
export type AccessClaims = z.infer<typeof AccessClaims>
export type Identity = Pick<AccessClaims, 'sub' | 'sid' | 'email' | 'name' | 'roles'>

/** `access` is what the gateway accepts; `session` lives only in an app's cookie. Neither passes for the other. */
export type TokenUse = 'access' | 'session'
const typeOf: Record<TokenUse, string> = { access: 'at+jwt', session: 'souk-session+jwt' }
const audienceOf: Record<TokenUse, string> = { access: 'souk', session: 'souk-apps' }

export type SigningKey = { kid: string; key: CryptoKey }

/** Reads an ES256 private JWK. Throws when it is not one or has no `kid`. */
export async function readSigningKey(jwk: JWK): Promise<SigningKey> {
  if (!jwk.kid || !jwk.d) throw new Error('The signing key must be a private JWK with a kid')
  const key = await importJWK(jwk, algorithm)
  if (key instanceof Uint8Array) throw new Error('The signing key must be an asymmetric ES256 key')
  return { kid: jwk.kid, key }
}

export async function signToken(
  use: TokenUse,
  identity: Identity,
  signing: SigningKey,
  options: { lifetimeSeconds: number; now: Date },
): Promise<string> {
  const issuedAt = Math.floor(options.now.getTime() / 1000)
  return await new SignJWT({
    sid: identity.sid,
    email: identity.email,
    name: identity.name,
    roles: identity.roles,
  })
    .setProtectedHeader({ alg: algorithm, kid: signing.kid, typ: typeOf[use] })
    .setSubject(identity.sub)
    .setIssuer(issuer)
    .setAudience(audienceOf[use])
    .setJti(`${identity.sid}.${issuedAt}`)
    .setIssuedAt(issuedAt)
    .setExpirationTime(issuedAt + options.lifetimeSeconds)
    .sign(signing.key)
}

export type TokenVerifier = (token: string) => Promise<AccessClaims>

/** Verifies against a fixed key set: ES256 only, known `kid`, issuer, audience, type and life time. Throws otherwise. */
export function tokenVerifier(use: TokenUse, jwks: JSONWebKeySet): TokenVerifier {
  const keySet = createLocalJWKSet(jwks)
  return async (token) => {
    const { payload } = await jwtVerify(
      token,
      async (header, input) => {
        // A set of one key would accept a token without a kid.
        if (typeof header.kid !== 'string' || header.kid.length > 128)
          throw new Error('The token names no key')
        return await keySet(header, input)
      },
      {
        algorithms: [algorithm],
        issuer,
        audience: audienceOf[use],
        typ: typeOf[use],
        requiredClaims: ['sub', 'sid', 'exp', 'jti'],
        clockTolerance: 30,
      },
    )
    return AccessClaims.parse(payload)
  }
}

/** The public half of a private JWK, as a key set to publish. */
export function publicKeySet(privateJwk: JWK): JSONWebKeySet {
  const { kty, crv, x, y, kid } = privateJwk
  return { keys: [{ kty, crv, x, y, kid, alg: algorithm, use: 'sig' } as JWK] }
}
