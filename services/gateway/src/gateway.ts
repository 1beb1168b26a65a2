import { serviceNames } from '@souk/api/service-names'
import { createServices } from '@souk/api/services'
import { tokenVerifier } from '@souk/auth/access-token'
import { serviceTokenMinter } from '@souk/auth/service-token'
import { watchDirectory } from '@souk/service/discovery'
import { createLog } from '@souk/service/log'
import { connectInBackground, openRedis, withDeadline } from '@souk/service/redis'
import { backgroundScope, runInRequest } from '@souk/service/request'
import type { ReadyCheck } from '@souk/service/serve'
import { createAuthenticate } from './edge/authenticate.ts'
import { createCors } from './edge/cors.ts'
import { createEdge } from './edge/edge.ts'
import { createLimits } from './edge/limits.ts'
import { watchRevocations } from './edge/revocations.ts'
import type { GatewayEnv } from './env.ts'
import { createOrderFeed } from './live/order-feed.ts'
import { createRevalidator } from './live/revalidate.ts'
import { watchEvents } from './live/watch-events.ts'
import { aliveCheck } from './neighbours/alive.ts'
import { loadFrom, onCatalogueWrite } from './ready/connect.ts'
import { createReadyBytes, type ReadyBytes } from './ready/ready-bytes.ts'
import { serveRoutes } from './serve-routes.ts'

export type RunningGateway = { url: string; stop(): Promise<void> }

const serviceTimeoutMs = 7500

/** Starts the edge. It answers before Redis and its neighbours are there, and says on /readyz who is missing. */
export async function startGateway(env: GatewayEnv): Promise<RunningGateway> {
  const outside = connectOutside(env)
  const { log, services } = outside
  const cors = createCors([env.WEB_URL, env.ADMIN_URL])
  const feed = createOrderFeed()
  const revalidator = createRevalidator({ webUrl: env.WEB_INTERNAL_URL, secret: env.REVALIDATE_SECRET, log })
  const revocations = watchRevocations({
    redisUrl: env.REDIS_URL,
    log,
    load: async () =>
      await runInRequest(
        backgroundScope('gateway', 'revoked-sessions'),
        async () => (await services.asGateway.identity.auth.revokedSessions.query()).sessionIds,
      ),
    onRevoked: (sessionIds) => routes.liveOrders.endSessions(sessionIds),
  })
  let isStopping = false
  const edge = createEdge({
    log,
    ready: {
      ...outside.checks,
      sessions: async () => {
        if (!revocations.isCurrent()) throw new Error('The list of ended sessions is not here')
      },
    },
    cors,
    authenticate: createAuthenticate({
      verify: tokenVerifier('access', env.AUTH_PUBLIC_JWKS),
      revocations,
    }),
    maxInFlight: env.MAX_IN_FLIGHT,
    baseUrl: env.GATEWAY_PUBLIC_URL,
    trustedProxies: listOf(env.TRUSTED_PROXIES),
    early: (request, response) => !isStopping && ready.handle(request, response),
  })
  const { app } = edge.server
  const ready: ReadyBytes = createReadyBytes({
    cors,
    log,
    load: async (url, requestId) => await loadFrom(app, url, requestId),
  })
  const routes = serveRoutes({ env, edge, feed, ...outside, limits: limitsOf(env, outside.redis) })
  onCatalogueWrite(app, () => {
    ready.dropAll()
    revalidator.onGap()
  })
  const { port } = await edge.server.listen({ host: env.HOST, port: env.PORT })
  const events = watchEvents({ redisUrl: env.REDIS_URL, log, ready, revalidator, feed })
  const url = `http://${env.HOST}:${port}`
  log.info({ url }, 'ready')
  return {
    url,
    stop: async () => {
      isStopping = true
      routes.liveOrders.stop()
      await edge.server.stop()
      await events.stop()
      revocations.stop()
      revalidator.stop()
      outside.stop()
    },
  }
}

/** Log, Redis and typed clients of every neighbour. */
function connectOutside(env: GatewayEnv) {
  const log = createLog({ service: 'gateway', instance: env.INSTANCE, level: env.LOG_LEVEL })
  const redis = openRedis(env.REDIS_URL, log)
  connectInBackground(redis)
  const directory = watchDirectory(redis, {
    product: env.PRODUCT_URL,
    order: env.ORDER_URL,
    payment: env.PAYMENT_URL,
    inventory: env.INVENTORY_URL,
    identity: env.IDENTITY_URL,
    notification: env.NOTIFICATION_URL,
    audit: env.AUDIT_URL,
  })
  const mint = serviceTokenMinter('gateway', env.SERVICE_TOKEN_SECRET)
  const checks: Record<string, ReadyCheck> = {
    redis: async () => void (await withDeadline(redis.ping(), 1000)),
    ...Object.fromEntries(serviceNames.map((name) => [name, aliveCheck(name, directory)])),
  }
  return {
    log,
    redis,
    directory,
    mint,
    checks,
    services: createServices({ directory, mint, timeoutMs: serviceTimeoutMs }),
    stop: () => {
      directory.stop()
      redis.destroy()
    },
  }
}

function limitsOf(env: GatewayEnv, redis: ReturnType<typeof openRedis>) {
  return createLimits(redis, {
    signIn: env.RATE_LIMIT_SIGN_IN_PER_MINUTE,
    register: env.RATE_LIMIT_REGISTER_PER_MINUTE,
    passwordReset: env.RATE_LIMIT_PASSWORD_RESET_PER_MINUTE,
    order: env.RATE_LIMIT_ORDERS_PER_MINUTE,
  })
}

function listOf(text: string | undefined): string[] {
  return (text ?? '')
    .split(',')
    .map((part) => part.trim())
    .filter((part) => part !== '')
}
