import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { DatabaseName } from '@souk/db/databases'
import pg from 'pg'
import { createClient } from 'redis'
import { allOrNone } from './all-or-none.ts'
import { assertServerAnswers, dropDatabases, ensureDatabases } from './databases.ts'
import { inheritedEnv } from './env.ts'
import type { Backing } from './environment.ts'
import { adminUrl, type PostgresOptions, preparePostgres } from './postgres.ts'
import { Problem } from './problem.ts'
import type { ShopProcess } from './processes.ts'
import type { Progress } from './progress.ts'
import { assertRedisAnswers, prepareRedis, privateRedisUrl, type RedisOptions } from './redis.ts'
import { run } from './run.ts'
import { projectRoot, type Settings } from './settings.ts'
import type { Supervised, Supervisor } from './supervise.ts'
import { waitReady } from './wait-ready.ts'

type Surroundings = {
  settings: Settings
  processes: readonly ShopProcess[]
  supervisor: Supervisor
  progress: Progress
  signal: AbortSignal
  fresh: boolean
  databasePrefix: string
  countsStatements?: boolean
}

/** Brings PostgreSQL and Redis up, with six migrated databases, and answers where they are. */
export async function startBacking(around: Surroundings): Promise<Backing> {
  const [databaseUrls, redisUrl] = await allOrNone(around.signal, (signal) => {
    const both = { ...around, signal }
    return [startDatabases(both), startRedis(both)]
  })
  return { databaseUrls, redisUrl }
}

async function startDatabases(around: Surroundings): Promise<Record<DatabaseName, string>> {
  const urls = await findDatabases(around)
  await around.progress.step('Migrating the databases', 'The databases are migrated', () =>
    migrate(urls, around.signal),
  )
  return urls
}

/** In a process of its own: the schema engine's memory would stay with the launcher for as long as it runs. */
async function migrate(urls: Record<DatabaseName, string>, signal: AbortSignal): Promise<void> {
  const named = Object.entries(urls).map(([name, url]) => [`${name.toUpperCase()}_DATABASE_URL`, url])
  const { code, errors } = await run(process.execPath, [join(projectRoot, 'scripts/migrate.ts'), 'deploy'], {
    cwd: projectRoot,
    env: { ...inheritedEnv(), ...Object.fromEntries(named) },
    signal,
  })
  if (code !== 0) throw new Problem(errors.trim())
}

async function findDatabases(around: Surroundings): Promise<Record<DatabaseName, string>> {
  const { settings, progress, fresh } = around
  const source = settings.databases
  if (source.kind === 'given') {
    if (fresh) throw new Problem(freshRefusal)
    await progress.step('Asking the six given databases', 'The six given databases answer', async () => {
      for (const [name, url] of Object.entries(source.urls)) {
        await assertServerAnswers(url, `${name.toUpperCase()}_DATABASE_URL`)
      }
    })
    return source.urls
  }
  const server = source.kind === 'server' ? await useServer(source.url, around) : await startPostgres(around)
  if (fresh) await dropDatabases(server, around.databasePrefix)
  return ensureDatabases({
    adminUrl: server,
    passwords: settings.secrets.databasePasswords,
    prefix: around.databasePrefix,
    extensions: Object.fromEntries(
      around.processes.flatMap(({ database, extensions }) =>
        database && extensions ? [[database, extensions]] : [],
      ),
    ),
  })
}

const freshRefusal =
  '--fresh does not drop databases that were given one by one. Drop them yourself, or leave the six settings out.'

async function useServer(url: string, { progress }: Surroundings): Promise<string> {
  await progress.step('Asking the given PostgreSQL', 'The given PostgreSQL answers', () =>
    assertServerAnswers(url, 'DATABASE_URL'),
  )
  return url
}

async function startPostgres(around: Surroundings): Promise<string> {
  const { settings, supervisor, progress, signal, countsStatements = false } = around
  return progress.step('Starting PostgreSQL', 'PostgreSQL is up', () =>
    startPrivatePostgres(
      {
        folder: join(settings.dataFolder, 'postgres'),
        port: settings.ports.postgres,
        password: settings.secrets.postgresPassword,
        countsStatements,
      },
      supervisor,
      signal,
    ),
  )
}

/** Starts the PostgreSQL that comes with npm and answers its administrator's address. */
export async function startPrivatePostgres(
  options: PostgresOptions,
  supervisor: Supervisor,
  signal: AbortSignal,
): Promise<string> {
  const url = adminUrl(options)
  const server = supervisor.start(await preparePostgres(options))
  let isLockedOut = false
  const isReady = () =>
    answersSql(url).catch((error) => {
      isLockedOut = error instanceof pg.DatabaseError && error.code === '28P01'
      return false
    })
  let forgiven = 0
  const hopeless = () => {
    if (isLockedOut) return lockedOut(options.folder)
    if (isHeldByPredecessor(server)) forgiven = server.deaths()
    return givenUp(server, forgiven + 3)()
  }
  await waitReady([{ name: 'PostgreSQL', isReady, hopeless }], { deadlineMs: 60_000, signal })
  return url
}

/** A server that was killed leaves children, which end by themselves within seconds and let the next one in. */
const isHeldByPredecessor = ({ logPath }: Supervised): boolean =>
  lastLines(logPath).includes('is still in use')

const lockedOut = (folder: string): string =>
  `The database in ${folder} was made with other passwords. Restore the secrets.json beside it, or start with fresh data: npm start -- --fresh`

async function startRedis({ settings, supervisor, progress, signal }: Surroundings): Promise<string> {
  const given = settings.env.REDIS_URL
  if (given) {
    await progress.step('Asking the given Redis', 'The given Redis answers', () => assertRedisAnswers(given))
    return given
  }
  return progress.step('Starting Redis', 'Redis is up', () =>
    startPrivateRedis(
      {
        folder: join(settings.dataFolder, 'redis'),
        port: settings.ports.redis,
        password: settings.secrets.redisPassword,
        onInstall: () => progress.note('No Redis server is installed; installing one.'),
      },
      supervisor,
      signal,
    ),
  )
}

/** Starts a Redis in a folder of its own and answers its address. */
export async function startPrivateRedis(
  options: RedisOptions,
  supervisor: Supervisor,
  signal: AbortSignal,
): Promise<string> {
  const url = privateRedisUrl(options)
  const server = supervisor.start(await prepareRedis(options))
  await waitReady([{ name: 'Redis', isReady: () => answersPing(url), hopeless: givenUp(server) }], {
    deadlineMs: 60_000,
    signal,
  })
  return url
}

/** What dies again and again before it was ever ready will not come up; the end of its log says why. */
export function givenUp(server: Supervised, limit = 3): () => string | undefined {
  return () =>
    server.deaths() >= limit
      ? `${server.name} does not start. Its log, ${server.logPath}, ends with:\n${lastLines(server.logPath)}`
      : undefined
}

function lastLines(path: string): string {
  const lines = readFileSync(path, 'utf8').trimEnd().split('\n')
  return lines.slice(-12).join('\n')
}

async function answersSql(url: string): Promise<boolean> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 2000 })
  client.on('error', () => undefined)
  try {
    await client.connect()
    await client.query('SELECT 1')
    return true
  } finally {
    await client.end().catch(() => undefined)
  }
}

async function answersPing(url: string): Promise<boolean> {
  const client = createClient({ url, socket: { connectTimeout: 2000, reconnectStrategy: false } })
  client.on('error', () => undefined)
  try {
    await client.connect()
    // While it reads its log back it answers LOADING, which rejects.
    return (await client.ping()) === 'PONG'
  } finally {
    client.destroy()
  }
}
