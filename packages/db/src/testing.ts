import { createHash } from 'node:crypto'
import { readdir, readFile } from 'node:fs/promises'
import { Client } from 'pg'
import { type DatabaseName, migrationsFolder } from './databases.ts'
import { applyMigrations } from './migrate.ts'

export type TestDatabase = { url: string; drop(): Promise<void> }

/**
 * A fresh database with the service's schema, cloned from a template that is migrated once per server and
 * set of migrations. `adminUrl` names a server on which databases may be created.
 */
export async function createTestDatabase(name: DatabaseName, adminUrl: string): Promise<TestDatabase> {
  const template = `tpl_${name}_${await migrationsHash(name)}`
  const database = `test_${name}_${process.pid}_${Math.random().toString(36).slice(2, 10)}`
  await asAdmin(adminUrl, async (admin) => {
    // One builder at a time, in this process and in others.
    await admin.query('select pg_advisory_lock(hashtext($1))', [template])
    const { rowCount } = await admin.query('select 1 from pg_database where datname = $1 and datistemplate', [
      template,
    ])
    if (rowCount === 0) await buildTemplate(admin, name, template, adminUrl)
    await admin.query(`create database ${database} template ${template}`)
    await admin.query('select pg_advisory_unlock(hashtext($1))', [template])
  })
  return {
    url: withDatabase(adminUrl, database),
    drop: async () =>
      await asAdmin(adminUrl, async (admin) => {
        await admin.query(`drop database if exists ${database} with (force)`)
      }),
  }
}

async function buildTemplate(
  admin: Client,
  name: DatabaseName,
  template: string,
  adminUrl: string,
): Promise<void> {
  await admin.query(`drop database if exists ${template} with (force)`)
  await admin.query(`create database ${template}`)
  await applyMigrations(withDatabase(adminUrl, template), migrationsFolder(name))
  await admin.query(`alter database ${template} with is_template true`)
}

async function migrationsHash(name: DatabaseName): Promise<string> {
  const hash = createHash('sha256')
  const entries = await readdir(migrationsFolder(name), { recursive: true, withFileTypes: true })
  const files = entries.filter((entry) => entry.isFile()).map((entry) => `${entry.parentPath}/${entry.name}`)
  for (const file of files.sort()) hash.update(await readFile(file))
  return hash.digest('hex').slice(0, 12)
}

async function asAdmin<Result>(adminUrl: string, work: (admin: Client) => Promise<Result>): Promise<Result> {
  const admin = new Client({ connectionString: adminUrl })
  await admin.connect()
  try {
    return await work(admin)
  } finally {
    await admin.end()
  }
}

function withDatabase(adminUrl: string, database: string): string {
  const url = new URL(adminUrl)
  url.pathname = `/${database}`
  return url.href
}
