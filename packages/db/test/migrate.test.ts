import { appendFileSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { isAppError } from '@souk/kernel/errors'
import pg from 'pg'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { applyMigrations, createMigration } from '../src/migrate.ts'

const serverUrl = process.env.SOUK_TEST_DATABASE_URL ?? ''
const schema = (fields: string) => `
generator client {
  provider = "prisma-client"
  output   = "./generated"
}
datasource db {
  provider = "postgresql"
}
model Stock {
  id  String @id @db.Uuid
  ${fields}
  @@map("stocks")
}`

let folder: string
let migrations: string
let schemaFile: string
let database: string
let url: string

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'souk-migrate-'))
  migrations = join(folder, 'migrations')
  schemaFile = join(folder, 'schema.prisma')
  writeFileSync(schemaFile, schema('quantity Int'))
  database = `migrate_test_${crypto.randomUUID().slice(0, 8)}`
  await ask(serverUrl, `CREATE DATABASE ${database}`)
  const target = new URL(serverUrl)
  target.pathname = `/${database}`
  url = target.href
})

afterEach(async () => {
  await ask(serverUrl, `DROP DATABASE ${database} WITH (FORCE)`)
  rmSync(folder, { recursive: true, force: true })
})

async function ask(where: string, sql: string): Promise<pg.QueryResult> {
  const client = new pg.Client({ connectionString: where })
  await client.connect()
  try {
    return await client.query(sql)
  } finally {
    await client.end()
  }
}

const create = (name: string, more = {}) =>
  createMigration(name, schemaFile, migrations, { serverUrl, ...more })
const at = (second: number) => ({ now: new Date(Date.UTC(2026, 0, 1, 0, 0, second)) })
const sqlOf = (name: string | null) => join(migrations, name ?? '', 'migration.sql')

test('the first migration makes the schema, the next one only what changed, and then there is none', async () => {
  const first = await create('init', at(1))
  expect(first).toBe('20260101000001_init')
  expect(readFileSync(join(migrations, 'migration_lock.toml'), 'utf8')).toContain('postgresql')
  writeFileSync(schemaFile, schema('quantity Int\n  note String?'))
  const second = await create('note', at(2))
  expect(readFileSync(sqlOf(second), 'utf8')).toMatch(/ADD COLUMN\s+"note" TEXT/)
  expect(readFileSync(sqlOf(second), 'utf8')).not.toContain('CREATE TABLE')
  expect(await create('nothing', at(3))).toBeNull()
  expect(await applyMigrations(url, migrations)).toEqual([first, second])
  expect(await applyMigrations(url, migrations)).toEqual([])
})

test('SQL written by hand keeps its semicolons, and is not undone by the next migration', async () => {
  const name = await create('init')
  appendFileSync(
    sqlOf(name),
    `-- a comment; with a semicolon
     ALTER TABLE stocks ADD CONSTRAINT stocks_quantity CHECK (quantity >= 0);
     CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS $$
     BEGIN RAISE EXCEPTION 'only; append'; END; $$;
     CREATE TRIGGER append_only BEFORE DELETE ON stocks FOR EACH ROW EXECUTE FUNCTION refuse();
     CREATE INDEX stocks_low ON stocks (quantity) WHERE quantity < 5;`,
  )
  expect(await create('again')).toBeNull()
  await applyMigrations(url, migrations)
  await expect(ask(url, `INSERT INTO stocks VALUES ('${crypto.randomUUID()}', -1)`)).rejects.toThrow(
    /stocks_quantity/,
  )
  await ask(url, `INSERT INTO stocks VALUES ('${crypto.randomUUID()}', 1)`)
  await expect(ask(url, 'DELETE FROM stocks')).rejects.toThrow('only; append')
})

test('many processes that migrate at once apply each migration once', async () => {
  const name = await create('init')
  const answers = await Promise.all(Array.from({ length: 6 }, () => applyMigrations(url, migrations)))
  expect(answers.flat()).toEqual([name])
})

test('a migration that fails leaves nothing and runs again once it is right', async () => {
  const name = await create('init')
  const good = readFileSync(sqlOf(name), 'utf8')
  writeFileSync(sqlOf(name), `${good}\nSELECT no_such_function();`)
  const failed = await applyMigrations(url, migrations).catch((error: unknown) => error)
  expect(isAppError(failed, 'INVALID_STATE')).toBe(true)
  expect(String(failed)).toMatch(/Database migrate_test_\w+ could not be migrated[\s\S]*no_such_function/)
  expect((await ask(url, "SELECT to_regclass('stocks') AS found")).rows).toEqual([{ found: null }])
  writeFileSync(sqlOf(name), good)
  expect(await applyMigrations(url, migrations)).toEqual([name])
})

test('a migration that was edited after it was applied is refused', async () => {
  const name = await create('init')
  await applyMigrations(url, migrations)
  appendFileSync(sqlOf(name), '-- another thought')
  await expect(applyMigrations(url, migrations)).rejects.toThrow(`Migration ${name} was edited after`)
})

test('a database that is ahead of the folder is refused', async () => {
  const name = await create('init')
  await applyMigrations(url, migrations)
  rmSync(join(migrations, name ?? ''), { recursive: true })
  writeFileSync(schemaFile, schema('other Int'))
  await create('other')
  await expect(applyMigrations(url, migrations)).rejects.toThrow(
    `has applied ${name}, which the migrations folder`,
  )
})

test('an empty migration is written only when asked for', async () => {
  await create('init', at(1))
  const name = await create('by_hand', { ...at(2), evenIfEmpty: true })
  expect(readFileSync(sqlOf(name), 'utf8')).toBe('')
  expect(readdirSync(migrations)).toContain('20260101000002_by_hand')
})

test('no shadow database is left on the server', async () => {
  const shadows = async (): Promise<string[]> => {
    const found = await ask(serverUrl, "SELECT datname FROM pg_database WHERE datname LIKE 'souk_shadow_%'")
    return found.rows.map((row) => row.datname)
  }
  const others = await shadows()
  await create('init')
  expect((await shadows()).filter((name) => !others.includes(name))).toEqual([])
})
