import { type DatabaseName, databaseNames } from '@souk/db/databases'
import pg from 'pg'
import { Problem } from './problem.ts'

export type DatabaseOptions = {
  /** A role that may create roles and databases. */
  adminUrl: string
  passwords: Record<DatabaseName, string>
  /** Databases and roles are called after it, so that several shops can share a server. */
  prefix?: string
  extensions?: Partial<Record<DatabaseName, readonly string[]>>
}

export const defaultPrefix = 'souk_'

/** Six databases, each with one role that can open no other; answers their addresses. Repeating it changes nothing. */
export async function ensureDatabases(options: DatabaseOptions): Promise<Record<DatabaseName, string>> {
  const prefix = options.prefix ?? defaultPrefix
  await withAdmin(options.adminUrl, undefined, async (admin) => {
    for (const name of databaseNames) await ensureDatabase(admin, `${prefix}${name}`, options.passwords[name])
  })
  for (const [name, extensions] of Object.entries(options.extensions ?? {})) {
    await withAdmin(options.adminUrl, `${prefix}${name}`, async (admin) => {
      for (const extension of extensions)
        await admin.query(`CREATE EXTENSION IF NOT EXISTS ${quoted(extension)}`)
    })
  }
  return databaseUrls(options)
}

/** Removes the six databases and their roles. */
export async function dropDatabases(adminUrl: string, prefix = defaultPrefix): Promise<void> {
  await withAdmin(adminUrl, undefined, async (admin) => {
    for (const name of databaseNames) {
      await admin.query(`DROP DATABASE IF EXISTS ${quoted(`${prefix}${name}`)} WITH (FORCE)`)
      await admin.query(`DROP ROLE IF EXISTS ${quoted(`${prefix}${name}`)}`)
    }
  })
}

async function ensureDatabase(admin: pg.Client, name: string, password: string): Promise<void> {
  const role = quoted(name)
  const roles = await admin.query('SELECT 1 FROM pg_roles WHERE rolname = $1', [name])
  if (roles.rowCount === 0) await admin.query(`CREATE ROLE ${role}`)
  await admin.query(`ALTER ROLE ${role} LOGIN PASSWORD ${admin.escapeLiteral(password)}`)
  const databases = await admin.query('SELECT 1 FROM pg_database WHERE datname = $1', [name])
  if (databases.rowCount === 0) {
    // Only a member may hand a database over; a superuser is one of every role already.
    await admin.query(`GRANT ${role} TO CURRENT_USER`)
    await admin.query(`CREATE DATABASE ${role} OWNER ${role} TEMPLATE template0 ENCODING 'UTF8'`)
  }
  await admin.query(`REVOKE CONNECT, TEMPORARY ON DATABASE ${role} FROM PUBLIC`)
}

/** Where the six databases of a server are. */
export function databaseUrls(
  options: Pick<DatabaseOptions, 'adminUrl' | 'passwords' | 'prefix'>,
): Record<DatabaseName, string> {
  const urlOf = (name: DatabaseName): string => {
    const role = `${options.prefix ?? defaultPrefix}${name}`
    const url = new URL(options.adminUrl)
    url.username = role
    url.password = options.passwords[name]
    url.pathname = `/${role}`
    return url.href
  }
  return {
    product: urlOf('product'),
    order: urlOf('order'),
    payment: urlOf('payment'),
    inventory: urlOf('inventory'),
    identity: urlOf('identity'),
    notification: urlOf('notification'),
  }
}

/** Throws a sentence when a given server cannot be used; `variable` is the setting that named it. */
export async function assertServerAnswers(url: string, variable: string): Promise<void> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 5000 })
  client.on('error', () => undefined)
  try {
    await client.connect()
    const { rows } = await client.query<{ version: number }>(
      "SELECT current_setting('server_version_num')::int AS version",
    )
    const version = rows[0]?.version ?? 0
    if (version < oldestVersion) {
      throw new Problem(
        `${variable} leads to PostgreSQL ${Math.floor(version / 10_000)}; Souk needs 15 or newer. Leave it out to use the one that comes with npm.`,
      )
    }
  } catch (error) {
    throw error instanceof Problem ? error : unusable(url, variable, error)
  } finally {
    await client.end().catch(() => undefined)
  }
}

const oldestVersion = 150_000

function unusable(url: string, variable: string, error: unknown): Problem {
  const { host, pathname } = new URL(url)
  const reason = error instanceof Error ? error.message || ('code' in error && error.code) : error
  return new Problem(
    `${variable} does not work: the server at ${host}${pathname} answered "${reason}". ` +
      'Correct it in .env or the environment, or leave it out to use the PostgreSQL that comes with npm.',
  )
}

async function withAdmin(
  url: string,
  database: string | undefined,
  work: (admin: pg.Client) => Promise<void>,
) {
  const target = new URL(url)
  if (database) target.pathname = `/${database}`
  const admin = new pg.Client({ connectionString: target.href, connectionTimeoutMillis: 5000 })
  admin.on('error', () => undefined)
  await admin.connect()
  try {
    // Two commands may prepare the same server at once.
    await admin.query('SELECT pg_advisory_lock($1)', [preparationLockKey])
    await work(admin)
  } finally {
    await admin.end()
  }
}

const preparationLockKey = 7_265_042_602

const quoted = (name: string): string => pg.escapeIdentifier(name)
