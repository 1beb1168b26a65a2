import { join } from 'node:path'
import type { DatabaseName } from '@souk/db/databases'
import { inheritedEnv } from './env.ts'
import type { ShopProcess } from './processes.ts'
import { localUrl, type Settings } from './settings.ts'

/** Where the data is once PostgreSQL and Redis are up. */
export type Backing = { databaseUrls: Record<DatabaseName, string>; redisUrl: string }

/** The whole environment of one process of the shop. */
export function environmentOf(
  process: ShopProcess,
  settings: Settings,
  backing: Backing,
): Record<string, string> {
  const env: Record<string, string | undefined> = {
    ...inheritedEnv(),
    NODE_ENV: settings.mode,
    NODE_COMPILE_CACHE: join(settings.dataFolder, 'cache', 'node'),
    // Every thread of glibc would otherwise keep a heap of its own.
    MALLOC_ARENA_MAX: '2',
    LOG_LEVEL: settings.env.LOG_LEVEL,
    HOST: settings.host,
    PORT: String(settings.ports[process.name]),
    INSTANCE: '0',
    ...(process.kind === 'service' ? serviceEnv(process, settings, backing) : {}),
    ...(process.kind === 'app' ? nextEnv(settings) : {}),
    ...process.env(settings),
  }
  return Object.fromEntries(
    Object.entries(env).filter((entry): entry is [string, string] => entry[1] !== undefined),
  )
}

function serviceEnv(process: ShopProcess, settings: Settings, backing: Backing) {
  const neighbours = process.asks.map((name) => [`${name.toUpperCase()}_URL`, localUrl(settings, name)])
  return {
    SERVICE_TOKEN_SECRET: settings.secrets.serviceTokenSecret,
    SELF_URL: localUrl(settings, process.name),
    REDIS_URL: backing.redisUrl,
    FAULT_POINTS: settings.env.FAULT_POINTS,
    DATABASE_URL: process.database ? backing.databaseUrls[process.database] : undefined,
    ...(process.readsEveryDatabase ? everyDatabase(backing) : {}),
    SOUK_DEMO: process.seeded ? settings.env.SOUK_DEMO : undefined,
    SOUK_DEMO_PASSWORD: process.seeded ? settings.env.SOUK_DEMO_PASSWORD : undefined,
    ...Object.fromEntries(neighbours),
  }
}

function everyDatabase({ databaseUrls }: Backing) {
  return Object.fromEntries(
    Object.entries(databaseUrls).map(([name, url]) => [`${name.toUpperCase()}_DATABASE_URL`, url]),
  )
}

/** Next reads HOSTNAME, which on many machines is already the machine's own name. */
function nextEnv(settings: Settings) {
  return { HOSTNAME: settings.host, NEXT_TELEMETRY_DISABLED: '1' }
}
