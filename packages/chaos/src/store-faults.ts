import { existsSync, readdirSync, rmSync, statSync, truncateSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import type { Shop } from '@souk/host/launch'
import pg from 'pg'
import { freeze, signal, signalPid } from './process-faults.ts'
import { type Kind, withDatabase } from './scene.ts'

export const freezeRedis: Kind = (random) => {
  const forMs = random.between(500, 5000)
  return {
    what: `freeze redis for ${forMs} ms`,
    inject: async ({ shop }) => await freeze(shop, 'redis', forMs),
  }
}

export const restartRedis: Kind = () => ({
  what: 'kill -9 redis, keeping its data',
  inject: async ({ shop }) => signal(shop, 'redis', 'SIGKILL'),
})

export const emptyRedis: Kind = () => ({
  what: 'kill -9 redis, losing its data',
  inject: async ({ shop }) => {
    // Frozen first, so that nothing is written between the removal and the end.
    signal(shop, 'redis', 'SIGSTOP')
    rmSync(join(shop.settings.dataFolder, 'redis', 'appendonlydir'), { recursive: true, force: true })
    rmSync(join(shop.settings.dataFolder, 'redis', 'dump.rdb'), { force: true })
    signal(shop, 'redis', 'SIGKILL')
  },
})

export const cutRedisTail: Kind = (random) => {
  const bytes = random.between(500, 60_000)
  return {
    what: `kill -9 redis, losing the last ${bytes} bytes of its log`,
    inject: async ({ shop }) => {
      signal(shop, 'redis', 'SIGSTOP')
      const folder = join(shop.settings.dataFolder, 'redis', 'appendonlydir')
      const logs = existsSync(folder) ? readdirSync(folder).filter((name) => name.endsWith('.incr.aof')) : []
      for (const name of logs.slice(-1)) {
        const path = join(folder, name)
        truncateSync(path, Math.max(0, statSync(path).size - bytes))
      }
      signal(shop, 'redis', 'SIGKILL')
    },
  }
}

export const stopPostgres: Kind = () => ({
  what: 'immediate stop of postgres',
  inject: async ({ shop }) => signal(shop, 'postgres', 'SIGQUIT'),
})

export const killBackend: Kind = (random) => {
  const [database, which] = [random.pick(withDatabase), random.next()]
  return {
    what: `kill -9 one ${database} backend, which restarts postgres`,
    inject: async ({ shop }) => {
      const pid = await backendOf(shop, database, which)
      if (pid !== undefined) signalPid(pid, 'SIGKILL')
    },
  }
}

export const freezeBackend: Kind = (random) => {
  const [database, which, forMs] = [random.pick(withDatabase), random.next(), random.between(1000, 7000)]
  return {
    what: `freeze one ${database} backend for ${forMs} ms`,
    inject: async ({ shop }) => {
      const pid = await backendOf(shop, database, which)
      if (pid === undefined) return
      signalPid(pid, 'SIGSTOP')
      await delay(forMs)
      signalPid(pid, 'SIGCONT')
    },
  }
}

export const freezePostgres: Kind = (random) => {
  const forMs = random.between(1000, 8000)
  return {
    what: `freeze postgres with all its backends for ${forMs} ms`,
    inject: async ({ shop }) => {
      const found = await Promise.all(withDatabase.map(async (name) => await backendsOf(shop, name)))
      const pids = found.flat()
      signal(shop, 'postgres', 'SIGSTOP')
      for (const pid of pids) signalPid(pid, 'SIGSTOP')
      await delay(forMs)
      for (const pid of pids) signalPid(pid, 'SIGCONT')
      signal(shop, 'postgres', 'SIGCONT')
    },
  }
}

export const endBackends: Kind = (random) => {
  const database = random.pick(withDatabase)
  return {
    what: `terminate every ${database} backend`,
    inject: async ({ shop }) => {
      await ask(shop, database, `select pg_terminate_backend(pid) from pg_stat_activity where ${ownBackends}`)
    },
  }
}

const ownBackends = `datname = current_database() and pid <> pg_backend_pid() and usename = current_user`

/** Picked by a number of the seed's; which backend that is depends on the moment. */
async function backendOf(
  shop: Shop,
  database: (typeof withDatabase)[number],
  which: number,
): Promise<number | undefined> {
  const pids = await backendsOf(shop, database)
  return pids[Math.floor(which * pids.length)]
}

async function backendsOf(shop: Shop, database: (typeof withDatabase)[number]): Promise<number[]> {
  const rows = await ask<{ pid: number }>(
    shop,
    database,
    `select pid from pg_stat_activity where ${ownBackends} order by backend_start, pid`,
  )
  return rows.map(({ pid }) => pid)
}

async function ask<Row extends object>(
  shop: Shop,
  database: (typeof withDatabase)[number],
  text: string,
): Promise<Row[]> {
  const client = new pg.Client({
    connectionString: shop.backing.databaseUrls[database],
    connectionTimeoutMillis: 3000,
    query_timeout: 3000,
  })
  client.on('error', () => {})
  try {
    await client.connect()
    return (await client.query<Row & pg.QueryResultRow>(text)).rows
  } finally {
    await client.end().catch(() => {})
  }
}
