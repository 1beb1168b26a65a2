import { setTimeout as delay } from 'node:timers/promises'
import { openSources } from '@souk/audit/sources'
import { serviceTokenVerifier } from '@souk/auth/service-token'
import { systemClock } from '@souk/kernel/clock'
import type { RunningService } from '@souk/runtime/start-service'
import { registerInstance } from '@souk/service/discovery'
import { createLog } from '@souk/service/log'
import { connectInBackground, openRedis, withDeadline } from '@souk/service/redis'
import type { RequestScope } from '@souk/service/request'
import { createHttpServer, serveRouter } from '@souk/service/serve'
import { measure } from './audit-metrics.ts'
import { createAuditor } from './auditor.ts'
import type { AuditEnv } from './env.ts'
import { auditRouter } from './router.ts'

/** The shop has just been opened and its services are still busy with that. */
const firstRunAfterMs = 60_000
const longestStopMs = 3000

/** Starts the one process that may read every database. Between two runs it holds no connection to any. */
export async function startAudit(env: AuditEnv): Promise<RunningService> {
  const name = 'audit'
  const log = createLog({ service: name, instance: env.INSTANCE, level: env.LOG_LEVEL })
  const redis = openRedis(env.REDIS_URL, log)
  connectInBackground(redis)
  const auditor = createAuditor({
    open: async () => await openSources(databaseUrls(env), env.REDIS_URL, { sandbox: sandboxOf(env) }),
    clock: systemClock,
    log,
    everySeconds: env.AUDIT_EVERY_SECONDS,
    onReport: measure,
  })
  const server = createHttpServer({
    log,
    ready: { redis: async () => void (await withDeadline(redis.ping(), 1000)) },
  })
  serveRouter(server, {
    router: auditRouter,
    verify: serviceTokenVerifier(name, env.SERVICE_TOKEN_SECRET),
    context: ({ principal, caller }: RequestScope) => ({ auditor, log, principal, caller }),
    log,
  })
  const { port } = await server.listen({ host: env.HOST, port: env.PORT })
  const url = env.SELF_URL ?? `http://${env.HOST}:${port}`
  const registration = registerInstance({
    redis,
    service: name,
    instance: `${env.INSTANCE}@${url}`,
    url,
    log,
  })
  const everyMs = env.AUDIT_EVERY_SECONDS * 1000
  const repeat = () => {
    auditor.begin()
    timer = setTimeout(repeat, everyMs)
  }
  let timer = setTimeout(repeat, Math.min(firstRunAfterMs, everyMs))
  log.info({ url }, 'ready')
  return {
    name,
    url,
    stop: async () => {
      clearTimeout(timer)
      await registration.stop()
      await server.stop()
      // It only reads: a statement that is still under way may be left behind.
      await Promise.race([auditor.stop(), delay(longestStopMs, undefined, { ref: false })])
      redis.destroy()
    },
  }
}

function databaseUrls(env: AuditEnv) {
  return {
    product: env.PRODUCT_DATABASE_URL,
    order: env.ORDER_DATABASE_URL,
    payment: env.PAYMENT_DATABASE_URL,
    inventory: env.INVENTORY_DATABASE_URL,
    identity: env.IDENTITY_DATABASE_URL,
    notification: env.NOTIFICATION_DATABASE_URL,
  }
}

function sandboxOf(env: AuditEnv) {
  return { url: env.SANDBOX_URL, apiKey: env.SANDBOX_API_KEY }
}
