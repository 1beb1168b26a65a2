import { serviceTokenMinter, serviceTokenVerifier } from '@souk/auth/service-token'
import type { Database } from '@souk/db/connect'
import { type EventBus, startBus } from '@souk/events/bus'
import type { Owner } from '@souk/events/catalog'
import type { Subscriptions } from '@souk/events/inbox'
import { type Clock, systemClock } from '@souk/kernel/clock'
import type { Principal } from '@souk/kernel/principal'
import { serviceClient } from '@souk/service/client'
import { registerInstance, watchDirectory } from '@souk/service/discovery'
import { createLog, type Log } from '@souk/service/log'
import { connectInBackground, openRedis, type Redis, withDeadline } from '@souk/service/redis'
import type { RequestScope } from '@souk/service/request'
import { createHttpServer, type HttpServer, serveRouter } from '@souk/service/serve'
import type { TRPCClient } from '@trpc/client'
import type { AnyTRPCRouter } from '@trpc/server'
import { type Job, startJobs } from './jobs.ts'

export type ServiceEnv = {
  HOST: string
  PORT: number
  INSTANCE: string
  LOG_LEVEL: string
  REDIS_URL: string
  SERVICE_TOKEN_SECRET: string
  SELF_URL?: string | undefined
  DATABASE_URL: string
  DATABASE_POOL: number
  FAULT_POINTS: '0' | '1'
}

/** What a service builds its context from. */
export type Parts<Client> = {
  db: Database<Client>
  bus: EventBus
  redis: Redis
  clock: Clock
  log: Log
  /** A typed client of a neighbour, which this service asks in its own name. */
  ask<Router extends AnyTRPCRouter>(service: string, timeoutMs: number): TRPCClient<Router>
}

/** Who acts, in a context. */
export type Acting = { principal: Principal; caller: string }

export type Built<Context> = {
  context: (acting: Acting) => Context
  router: AnyTRPCRouter
  subscriptions: (context: Context) => Subscriptions
  jobs?: readonly Job<Context>[]
  /** Runs after each commit of handled events, such as to wake a job. */
  onHandled?: () => void
  /** Plain HTTP beside the router, such as files or raw webhook bodies. */
  routes?: (server: HttpServer, context: Context) => void
  /** Ends what `build` began by itself. */
  stop?: () => void
}

export type ServiceDefinition<Client, Context> = {
  name: string
  env: ServiceEnv
  /** The stream this service publishes to; none for one that only listens. */
  owner?: Owner
  /** Neighbours this service asks: name and configured address. */
  neighbours?: Readonly<Record<string, string>>
  openDatabase: (options: {
    url: string
    applicationName: string
    maxConnections: number
  }) => Database<Client>
  build: (parts: Parts<Client>) => Built<Context>
  clock?: Clock
}

export type RunningService = { name: string; url: string; stop(): Promise<void> }

/**
 * Starts one instance of a service: database, Redis, router, event bus, jobs, registration. It answers
 * before Redis is there and catches up when it comes. Stops in the reverse order.
 */
export async function startService<Client, Context>(
  definition: ServiceDefinition<Client, Context>,
): Promise<RunningService> {
  const { name, env } = definition
  const log = createLog({ service: name, instance: env.INSTANCE, level: env.LOG_LEVEL })
  const db = definition.openDatabase({
    url: env.DATABASE_URL,
    applicationName: `${name}-${env.INSTANCE}`,
    maxConnections: env.DATABASE_POOL,
  })
  const redis = openRedis(env.REDIS_URL, log)
  connectInBackground(redis)
  const directory = watchDirectory(redis, definition.neighbours ?? {})
  const mint = serviceTokenMinter(name, env.SERVICE_TOKEN_SECRET)
  const self: Acting = { principal: { kind: 'service', name }, caller: name }
  const { bus, attach } = lateBus()
  const built = definition.build({
    db,
    bus,
    redis,
    clock: definition.clock ?? systemClock,
    log,
    ask: <Router extends AnyTRPCRouter>(service: string, timeoutMs: number) =>
      serviceClient<Router>({ service, directory, mint, timeoutMs, actor: () => self.principal }),
  })
  const own = built.context(self)
  const server = createHttpServer({
    log,
    hasFaultPoints: env.FAULT_POINTS === '1',
    ready: {
      database: async () => await db.ping(),
      redis: async () => void (await withDeadline(redis.ping(), 1000)),
    },
  })
  serveRouter(server, {
    router: built.router,
    verify: serviceTokenVerifier(name, env.SERVICE_TOKEN_SECRET),
    context: (scope: RequestScope) => built.context(scope),
    log,
  })
  built.routes?.(server, own)
  const { port } = await server.listen({ host: env.HOST, port: env.PORT })
  const url = env.SELF_URL ?? `http://${env.HOST}:${port}`
  const started = startBus({
    db,
    redis,
    redisUrl: env.REDIS_URL,
    service: name,
    instance: env.INSTANCE,
    subscriptions: built.subscriptions(own),
    log,
    ...(built.onHandled === undefined ? {} : { onHandled: built.onHandled }),
    ...(definition.owner === undefined ? {} : { owner: definition.owner }),
  })
  attach(started)
  const jobs = startJobs(built.jobs ?? [], own, log)
  const registration = registerInstance({
    redis,
    service: name,
    instance: `${env.INSTANCE}@${url}`,
    url,
    log,
  })
  log.info({ url }, 'ready')
  return {
    name,
    url,
    stop: async () => {
      await registration.stop()
      await server.stop()
      await jobs.stop()
      await started.stop()
      built.stop?.()
      directory.stop()
      redis.destroy()
      await db.close()
    },
  }
}

/** The bus needs the subscriptions, and their context needs the bus: calls before the start are dropped. */
function lateBus(): { bus: EventBus; attach: (bus: EventBus) => void } {
  let started: EventBus | undefined
  const running = () => {
    if (!started) throw new Error('The event bus has not started yet')
    return started
  }
  const bus: EventBus = {
    wake: () => started?.wake(),
    overview: async () => await running().overview(),
    deadLetters: async () => await running().deadLetters(),
    replay: async (id) => await running().replay(id),
    stop: async () => await started?.stop(),
  }
  return {
    bus,
    attach: (value) => {
      started = value
    },
  }
}
