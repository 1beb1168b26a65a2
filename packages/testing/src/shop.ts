import { chmodSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import type { DatabaseName } from '@souk/db/databases'
import { dropDatabases } from '@souk/host/databases'
import { launch } from '@souk/host/launch'
import { findFreeOffset } from '@souk/host/ports'
import { readyUrl, specOf } from '@souk/host/process-spec'
import { type ProcessName, processes, processNamed } from '@souk/host/processes'
import { silentProgress } from '@souk/host/progress'
import { readSettings, type Settings } from '@souk/host/settings'
import { answersOk, waitReady } from '@souk/host/wait-ready'
import pg from 'pg'
import { testServers } from './env.ts'
import { freePort } from './sandbox-process.ts'
import { createTestRedis } from './test-redis.ts'

export type TestShop = {
  settings: Settings
  gatewayUrl: string
  sandboxUrl: string
  /** SQL on one service's database, to look behind the gateway. */
  sql<Row extends object>(database: DatabaseName, text: string, values?: unknown[]): Promise<Row[]>
  databaseUrls: Record<DatabaseName, string>
  redisUrl: string
  /** How often a process died without being asked to. */
  deaths(name: ProcessName): number
  /** Kills a process outright; the supervisor starts it again. */
  kill(name: ProcessName): Promise<void>
  /** Freezes or thaws a process. */
  signal(name: ProcessName, signal: 'SIGSTOP' | 'SIGCONT'): void
  /** One more instance of a service, on a port of its own. */
  startSecond(name: ProcessName): Promise<void>
  /** Waits until every process can do its work again. */
  ready(): Promise<void>
  stop(): Promise<void>
}

export type ShopOptions = {
  /** Which processes; without the apps unless they are named. */
  only?: readonly ProcessName[]
  /** Settings as in .env.example. */
  environment?: Record<string, string>
  /** What one process alone is told, such as shorter waits. */
  told?: Partial<Record<ProcessName, Record<string, string>>>
}

const withoutApps = processes.filter((process) => process.kind !== 'app').map((process) => process.name)
/** Two files run at once, and would find the same ports free. */
const firstOffset = 22_000 + (Number(process.env.VITEST_POOL_ID ?? 1) % 2) * 1500

/** The whole shop as real processes on free ports, with fresh databases on the test server. */
export async function startShop(options: ShopOptions = {}): Promise<TestShop> {
  const folder = mkdtempSync(join(tmpdir(), 'souk-shop-'))
  chmodSync(folder, 0o755)
  const redis = await createTestRedis()
  const settings = await readSettings({
    environment: {
      SOUK_DATA: folder,
      SOUK_PORT_OFFSET: String(await findFreeOffset(firstOffset)),
      DATABASE_URL: testServers.databaseUrl,
      REDIS_URL: redis.url,
      LOG_LEVEL: 'warn',
      RATE_LIMIT_ORDERS_PER_MINUTE: '100000',
      RATE_LIMIT_SIGN_IN_PER_MINUTE: '100000',
      RATE_LIMIT_REGISTER_PER_MINUTE: '100000',
      ...options.environment,
    },
  })
  const running = (options.only ?? withoutApps).map(processNamed)
  const toldTo = (name: string) =>
    Object.entries(options.told ?? {}).find(([process_]) => process_ === name)?.[1]
  const databasePrefix = `shop_${crypto.randomUUID().slice(0, 8)}_`
  const cleanUp = async () => {
    await dropDatabases(testServers.databaseUrl, databasePrefix)
    await redis.drop()
    rmSync(folder, { recursive: true, force: true })
  }
  const shop = await launch({
    settings,
    progress: silentProgress,
    signal: AbortSignal.timeout(180_000),
    tell: () => {},
    processes: running,
    databasePrefix,
    pausesMs: [100],
    adjust: (spec) => ({ ...spec, env: { ...spec.env, ...toldTo(spec.name) } }),
  }).catch(async (error: unknown) => {
    await cleanUp()
    throw error
  })
  const supervised = (name: ProcessName) => {
    const found = shop.supervisor.all().find((one) => one.name === name)
    if (!found) throw new Error(`The process ${name} is not part of this shop`)
    return found
  }
  return {
    settings,
    gatewayUrl: settings.gatewayUrl,
    sandboxUrl: settings.sandboxUrl,
    databaseUrls: shop.backing.databaseUrls,
    redisUrl: shop.backing.redisUrl,
    deaths: (name) => supervised(name).deaths(),
    sql: (database, text, values) => ask(shop.backing.databaseUrls[database], text, values),
    async kill(name) {
      const process_ = supervised(name)
      const deaths = process_.deaths()
      const pid = process_.pid()
      if (pid !== undefined) process.kill(pid, 'SIGKILL')
      while (process_.deaths() === deaths) await delay(5)
    },
    signal(name, signal) {
      const pid = supervised(name).pid()
      if (pid !== undefined) process.kill(pid, signal)
    },
    async startSecond(name) {
      const port = await freePort()
      const url = `http://127.0.0.1:${port}`
      const spec = specOf(processNamed(name), settings, shop.backing, {})
      const own = { PORT: String(port), INSTANCE: '1', SELF_URL: url, ...toldTo(name) }
      shop.supervisor.start({ ...spec, name: `${name}-1`, env: { ...spec.env, ...own } })
      await waitReady([{ name: `${name}-1`, isReady: () => answersOk(`${url}/readyz`) }], {
        deadlineMs: 60_000,
      })
    },
    ready: () =>
      waitReady(
        running.map((one) => ({ name: one.name, isReady: () => answersOk(readyUrl(one, settings)) })),
        { deadlineMs: 60_000 },
      ),
    async stop() {
      await shop.stop()
      await cleanUp()
    },
  }
}

async function ask<Row extends object>(url: string, text: string, values?: unknown[]): Promise<Row[]> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  try {
    return (await client.query<Row & pg.QueryResultRow>(text, values)).rows
  } finally {
    await client.end()
  }
}
