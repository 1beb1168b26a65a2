import { randomBytes } from 'node:crypto'
import { mkdir, readFile, rename, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { publicKeySet } from '@souk/auth/access-token'
import { databaseNames } from '@souk/db/databases'
import { exportJWK, generateKeyPair } from 'jose'
import { z } from 'zod'
import type { HostEnv } from './env.ts'
import { Problem } from './problem.ts'

const Passwords = z.record(z.enum(databaseNames), z.string())

const Generated = z.object({
  serviceTokenSecret: z.string(),
  nextAuthSecret: z.string(),
  revalidateSecret: z.string(),
  orderTokenSecret: z.string(),
  giftCardSecret: z.string(),
  mailSealSecret: z.string(),
  sandboxApiKey: z.string(),
  sandboxWebhookSecret: z.string(),
  authPrivateJwk: z.string(),
  postgresPassword: z.string(),
  redisPassword: z.string(),
  databasePasswords: Passwords,
})

export type Secrets = z.infer<typeof Generated> & { authPublicJwks: string }

/** The secrets of one data folder: given ones as they are, all others made once and kept. */
export async function readSecrets(dataFolder: string, env: HostEnv): Promise<Secrets> {
  const kept = await keptSecrets(join(dataFolder, 'secrets.json'))
  const secrets = {
    ...kept,
    serviceTokenSecret: env.SERVICE_TOKEN_SECRET ?? kept.serviceTokenSecret,
    nextAuthSecret: env.NEXTAUTH_SECRET ?? kept.nextAuthSecret,
    revalidateSecret: env.REVALIDATE_SECRET ?? kept.revalidateSecret,
    orderTokenSecret: env.ORDER_TOKEN_SECRET ?? kept.orderTokenSecret,
    giftCardSecret: env.GIFT_CARD_SECRET ?? kept.giftCardSecret,
    mailSealSecret: env.MAIL_SEAL_SECRET ?? kept.mailSealSecret,
    sandboxApiKey: env.SANDBOX_API_KEY ?? kept.sandboxApiKey,
    sandboxWebhookSecret: env.SANDBOX_WEBHOOK_SECRET ?? kept.sandboxWebhookSecret,
    authPrivateJwk: env.AUTH_PRIVATE_JWK ?? kept.authPrivateJwk,
  }
  return { ...secrets, authPublicJwks: publicJwks(secrets.authPrivateJwk) }
}

async function keptSecrets(path: string): Promise<z.infer<typeof Generated>> {
  const text = await readFile(path, 'utf8').catch(() => undefined)
  const kept = Generated.partial().safeParse(text === undefined ? {} : parseJson(text))
  if (!kept.success) {
    throw new Problem(
      `${path} cannot be read as the secrets of this shop. Restore it, or delete it and start with fresh data: npm start -- --fresh`,
    )
  }
  const complete = Generated.safeParse(kept.data)
  if (complete.success) return complete.data
  // A newer version of the shop may know a secret that an older one did not.
  const secrets = { ...(await makeSecrets()), ...kept.data }
  await mkdir(dirname(path), { recursive: true })
  // Written beside and renamed, so that a crash leaves either no file or a whole one.
  await writeFile(`${path}.new`, `${JSON.stringify(secrets, null, 2)}\n`, { mode: 0o600 })
  await rename(`${path}.new`, path)
  return secrets
}

async function makeSecrets(): Promise<z.infer<typeof Generated>> {
  return {
    serviceTokenSecret: secret(),
    nextAuthSecret: secret(),
    revalidateSecret: secret(),
    orderTokenSecret: secret(),
    giftCardSecret: secret(),
    mailSealSecret: secret(),
    sandboxApiKey: secret(),
    sandboxWebhookSecret: secret(),
    authPrivateJwk: await makeSigningKey(),
    postgresPassword: secret(),
    redisPassword: secret(),
    databasePasswords: {
      product: secret(),
      order: secret(),
      payment: secret(),
      inventory: secret(),
      identity: secret(),
      notification: secret(),
    },
  }
}

/** Letters and digits only, so that it needs no escaping in a URL. */
const secret = (): string => randomBytes(24).toString('hex')

async function makeSigningKey(): Promise<string> {
  const { privateKey } = await generateKeyPair('ES256', { extractable: true })
  const kid = randomBytes(8).toString('hex')
  return JSON.stringify({ ...(await exportJWK(privateKey)), kid, alg: 'ES256', use: 'sig' })
}

function publicJwks(privateJwk: string): string {
  const jwk = z
    .looseObject({ kty: z.literal('EC'), d: z.string(), kid: z.string() })
    .safeParse(parseJson(privateJwk))
  if (jwk.success) return JSON.stringify(publicKeySet(jwk.data))
  throw new Problem(
    'AUTH_PRIVATE_JWK is not valid: it must be an ES256 private key as JSON with a kid. Leave it out to have one made.',
  )
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
