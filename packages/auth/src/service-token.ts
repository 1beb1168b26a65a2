import { canonicalJson } from '@souk/kernel/canonical'
import { type Principal, Role } from '@souk/kernel/principal'
import { jwtVerify, SignJWT } from 'jose'
import { z } from 'zod'

const lifetimeSeconds = 60
const Actor: z.ZodType<Principal> = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('anonymous') }),
  z.object({
    kind: z.literal('user'),
    userId: z.string(),
    sessionId: z.string(),
    roles: z.array(Role),
    email: z.string(),
  }),
  z.object({ kind: z.literal('service'), name: z.string() }),
])

export type ServiceTokenMinter = (audience: string, actor: Principal) => Promise<string>

/** Mints tokens of one hop: one audience, one minute. A token is reused for half of its life. */
export function serviceTokenMinter(
  caller: string,
  secret: string,
  now: () => number = Date.now,
): ServiceTokenMinter {
  const key = new TextEncoder().encode(secret)
  const minted = new Map<string, { token: string; until: number }>()
  return async (audience, actor) => {
    const cacheKey = `${audience} ${canonicalJson(actor)}`
    const known = minted.get(cacheKey)
    if (known && known.until > now()) return known.token
    const issuedAt = Math.floor(now() / 1000)
    const token = await new SignJWT({ act: actor })
      .setProtectedHeader({ alg: 'HS256', typ: 'souk-service+jwt' })
      .setIssuer(caller)
      .setAudience(audience)
      .setIssuedAt(issuedAt)
      .setExpirationTime(issuedAt + lifetimeSeconds)
      .sign(key)
    if (minted.size > 5000) minted.clear()
    minted.set(cacheKey, { token, until: now() + (lifetimeSeconds * 1000) / 2 })
    return token
  }
}

export type ServiceCaller = { caller: string; actor: Principal }
export type ServiceTokenVerifier = (token: string) => Promise<ServiceCaller>

/** Accepts tokens minted for `audience` only. Throws on anything else. */
export function serviceTokenVerifier(
  audience: string,
  secret: string,
  now: () => number = Date.now,
): ServiceTokenVerifier {
  const key = new TextEncoder().encode(secret)
  const verified = new Map<string, ServiceCaller & { until: number }>()
  return async (token) => {
    const known = verified.get(token)
    if (known && known.until > now()) return known
    const { payload } = await jwtVerify(token, key, {
      algorithms: ['HS256'],
      audience,
      typ: 'souk-service+jwt',
      requiredClaims: ['iss', 'exp', 'act'],
      clockTolerance: 30,
      currentDate: new Date(now()),
    })
    const result = { caller: String(payload.iss), actor: Actor.parse(payload.act) }
    if (verified.size > 5000) verified.clear()
    verified.set(token, { ...result, until: Number(payload.exp) * 1000 })
    return result
  }
}
