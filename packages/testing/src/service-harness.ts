import { serviceTokenMinter } from '@souk/auth/service-token'
import type { DatabaseName } from '@souk/db/databases'
import { createTestDatabase } from '@souk/db/testing'
import { newId } from '@souk/kernel/id'
import type { Principal, Role } from '@souk/kernel/principal'
import type { RunningService, ServiceEnv } from '@souk/runtime/start-service'
import { serviceClient } from '@souk/service/client'
import { runInRequest } from '@souk/service/request'
import type { TRPCClient } from '@trpc/client'
import type { AnyTRPCRouter } from '@trpc/server'
import { Client } from 'pg'
import { testServers } from './env.ts'
import { createTestRedis } from './test-redis.ts'

export const testSecret = 'a-secret-for-tests-only-0123456789abcdef'

export type TestService<Router extends AnyTRPCRouter> = {
  running: RunningService
  env: ServiceEnv
  /** A client that calls as `principal`, over real HTTP with a real token. */
  as(principal: Principal, options?: { idempotencyKey?: string }): TRPCClient<Router>
  /** SQL on the service's own database, to look behind the router. */
  sql<Row extends object>(text: string, values?: unknown[]): Promise<Row[]>
  /** A token for raw HTTP routes. */
  tokenFor(principal: Principal): Promise<string>
  stop(): Promise<void>
}

/**
 * Starts one service as it really runs, on a fresh database and an empty Redis, and gives clients for any
 * principal. `start` starts the service's own composition root: `(env) => startService(xService({ ...env }))`.
 */
export async function startTestService<Router extends AnyTRPCRouter>(
  database: DatabaseName,
  start: (env: ServiceEnv) => Promise<RunningService>,
  extraEnv: Partial<ServiceEnv> = {},
): Promise<TestService<Router>> {
  const [testDatabase, testRedis] = await Promise.all([
    createTestDatabase(database, testServers.databaseUrl),
    createTestRedis(),
  ])
  const env: ServiceEnv = {
    HOST: '127.0.0.1',
    PORT: 0,
    INSTANCE: 'test',
    LOG_LEVEL: 'silent',
    REDIS_URL: testRedis.url,
    SERVICE_TOKEN_SECRET: testSecret,
    DATABASE_URL: testDatabase.url,
    DATABASE_POOL: 10,
    FAULT_POINTS: '0',
    ...extraEnv,
  }
  const running = await start(env)
  const sqlClient = new Client({ connectionString: testDatabase.url })
  await sqlClient.connect()
  const mint = serviceTokenMinter('gateway', testSecret)
  return {
    running,
    env,
    as: (principal, options = {}) => clientAs<Router>(running, principal, options.idempotencyKey, mint),
    sql: async (text, values = []) => (await sqlClient.query(text, values)).rows,
    tokenFor: async (principal) => await mint(running.name, principal),
    stop: async () => {
      await running.stop()
      await sqlClient.end()
      await testDatabase.drop()
      await testRedis.drop()
    },
  }
}

function clientAs<Router extends AnyTRPCRouter>(
  running: RunningService,
  principal: Principal,
  idempotencyKey: string | undefined,
  mint: ReturnType<typeof serviceTokenMinter>,
): TRPCClient<Router> {
  const directory = { addresses: () => [running.url], stop: () => {} }
  const client = serviceClient<Router>({
    service: running.name,
    directory,
    mint,
    actor: () => principal,
    timeoutMs: 8000,
  })
  return idempotencyKey === undefined ? client : withKey(client, idempotencyKey)
}

/** Every call of the returned client carries the key, as a request through the gateway would. */
function withKey<Value extends object>(client: Value, key: string): Value {
  const wrap = (target: object): object =>
    new Proxy(target, {
      get(inner, name) {
        const value: unknown = Reflect.get(inner, name)
        if (name === 'query' || name === 'mutate') {
          const call = value as (input: unknown) => Promise<unknown>
          return async (input: unknown) =>
            await runInRequest(
              {
                requestId: newId(),
                principal: { kind: 'anonymous' },
                caller: 'test',
                idempotencyKey: key,
                deadlineAtMs: undefined,
                isReplay: false,
              },
              async () => await call(input),
            )
        }
        return value !== null && (typeof value === 'object' || typeof value === 'function')
          ? wrap(value)
          : value
      },
    })
  return wrap(client) as Value
}

export const nobody: Principal = { kind: 'anonymous' }

export function person(...roles: Role[]): Principal & { kind: 'user' } {
  const userId = newId()
  return {
    kind: 'user',
    userId,
    sessionId: newId(),
    roles: roles.length === 0 ? ['customer'] : roles,
    email: `${userId}@example.test`,
  }
}

export function serviceActor(name: string): Principal {
  return { kind: 'service', name }
}
