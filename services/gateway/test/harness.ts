import { type Identity, readSigningKey, type SigningKey, signToken } from '@souk/auth/access-token'
import { newId } from '@souk/kernel/id'
import type { Role } from '@souk/kernel/principal'
import { testSecret } from '@souk/testing/service-harness'
import { createTestRedis } from '@souk/testing/test-redis'
import { until } from '@souk/testing/until'
import { exportJWK, generateKeyPair, type JWK } from 'jose'
import { readEnv } from '../src/env.ts'
import { type RunningGateway, startGateway } from '../src/gateway.ts'
import { startNeighbours } from './answers.ts'
import type { Neighbours } from './neighbours.ts'

export type Asked = {
  method?: string
  body?: unknown
  /** Sent as it is, for what JSON cannot say. */
  raw?: string | Buffer
  token?: string
  headers?: Record<string, string>
}
export type Given = { status: number; headers: Headers; text: string; json: Record<string, unknown> }

export type TestGateway = {
  url: string
  redisUrl: string
  neighbours: Neighbours
  /** Asks over HTTP and reads whatever comes back. */
  ask(path: string, asked?: Asked): Promise<Given>
  tokenFor(identity: Partial<Identity> & { roles: Role[] }, lifetimeSeconds?: number): Promise<string>
  signing: SigningKey
  publicJwk: JWK
  gateway: RunningGateway
  stop(): Promise<void>
}

export type GatewayOptions = {
  env?: Record<string, string>
  /** Instead of a Redis of its own. */
  redisUrl?: string
  /** False when something it needs is missing on purpose. */
  isWhole?: boolean
}

/** The real gateway on a free port, with neighbours that answer what a test wants. */
export async function startTestGateway(options: GatewayOptions = {}): Promise<TestGateway> {
  const [neighbours, redis, keys] = await Promise.all([startNeighbours(), createTestRedis(), makeKeys()])
  const redisUrl = options.redisUrl ?? redis.url
  const gateway = await startGateway(
    readEnv({
      NODE_ENV: 'test',
      PORT: '0',
      LOG_LEVEL: 'silent',
      REDIS_URL: redisUrl,
      SERVICE_TOKEN_SECRET: testSecret,
      AUTH_PUBLIC_JWKS: JSON.stringify({ keys: [keys.publicJwk] }),
      WEB_URL: 'http://shop.example',
      ADMIN_URL: 'http://admin.example',
      ...Object.fromEntries(
        Object.entries(neighbours).map(([name, { url }]) => [`${name.toUpperCase()}_URL`, url]),
      ),
      ...options.env,
    }),
  )
  if (options.isWhole !== false) {
    await until('the gateway is ready', async () => (await ask(gateway.url, '/readyz')).status === 200)
  }
  return {
    url: gateway.url,
    redisUrl,
    neighbours,
    signing: keys.signing,
    publicJwk: keys.publicJwk,
    gateway,
    ask: async (path, asked) => await ask(gateway.url, path, asked),
    tokenFor: async (identity, lifetimeSeconds = 900) =>
      await signToken('access', identityOf(identity), keys.signing, { lifetimeSeconds, now: new Date() }),
    stop: async () => {
      await gateway.stop()
      await Promise.all(Object.values(neighbours).map(async (neighbour) => await neighbour.stop()))
      await redis.drop()
    },
  }
}

export async function ask(base: string, path: string, asked: Asked = {}): Promise<Given> {
  const body = asked.raw ?? (asked.body === undefined ? undefined : JSON.stringify(asked.body))
  const response = await fetch(`${base}${path}`, {
    method: asked.method ?? (body === undefined ? 'GET' : 'POST'),
    headers: {
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      ...(asked.token === undefined ? {} : { authorization: `Bearer ${asked.token}` }),
      ...asked.headers,
    },
    redirect: 'manual',
    ...(body === undefined ? {} : { body }),
    signal: AbortSignal.timeout(10_000),
  })
  const text = await response.text()
  return { status: response.status, headers: response.headers, text, json: jsonOf(text) }
}

export function identityOf(given: Partial<Identity> & { roles: Role[] }): Identity {
  const sub = newId()
  return { sub, sid: newId(), email: `${sub}@example.test`, name: 'Somebody', ...given }
}

export async function makeKeys(kid = 'test-key'): Promise<{ signing: SigningKey; publicJwk: JWK }> {
  const { publicKey, privateKey } = await generateKeyPair('ES256', { extractable: true })
  const signing = await readSigningKey({ ...(await exportJWK(privateKey)), kid })
  return { signing, publicJwk: { ...(await exportJWK(publicKey)), kid, alg: 'ES256', use: 'sig' } }
}

function jsonOf(text: string): Record<string, unknown> {
  try {
    return JSON.parse(text)
  } catch {
    return {}
  }
}
