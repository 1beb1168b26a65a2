import { DatabaseEnv, loadEnv, ProcessEnv } from '@souk/service/env'
import { z } from 'zod'

/** An ES256 private key as JSON, with the `kid` under which its public half is published. */
const PrivateJwk = z
  .string()
  .transform((text, ctx) => {
    try {
      return JSON.parse(text) as unknown
    } catch {
      ctx.addIssue({ code: 'custom', message: 'Must be a JSON Web Key' })
      return z.NEVER
    }
  })
  .pipe(
    z.looseObject({
      kty: z.literal('EC'),
      crv: z.literal('P-256'),
      kid: z.string().min(1),
      x: z.string(),
      y: z.string(),
      d: z.string(),
    }),
  )
export type PrivateJwk = z.infer<typeof PrivateJwk>

const shape = { ...ProcessEnv, ...DatabaseEnv, AUTH_PRIVATE_JWK: PrivateJwk }

export type IdentityEnv = ReturnType<typeof readEnv>

export function readEnv() {
  return loadEnv(shape, process.env)
}

const seedShape = {
  ...DatabaseEnv,
  NODE_ENV: ProcessEnv.NODE_ENV,
  /** `1` allows demo accounts in production, `0` forbids them everywhere. */
  SOUK_DEMO: z.enum(['0', '1']).optional(),
  SOUK_DEMO_PASSWORD: z.string().min(10).max(256).default('souk-demo-2026'),
}

export function readSeedEnv() {
  const env = loadEnv(seedShape, process.env)
  const isDemo = env.SOUK_DEMO === undefined ? env.NODE_ENV !== 'production' : env.SOUK_DEMO === '1'
  return { ...env, isDemo }
}

export function readDatabaseEnv() {
  return loadEnv(DatabaseEnv, process.env)
}
