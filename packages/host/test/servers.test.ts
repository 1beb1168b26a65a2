import { chmodSync, existsSync, mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { DatabaseName } from '@souk/db/databases'
import pg from 'pg'
import { createClient } from 'redis'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { assertServerAnswers, dropDatabases, ensureDatabases } from '../src/databases.ts'
import { adminUrl, preparePostgres } from '../src/postgres.ts'
import { assertRedisAnswers, prepareRedis, privateRedisUrl } from '../src/redis.ts'
import { openRunFolder } from '../src/run-folder.ts'
import { createSupervisor, type Supervised } from '../src/supervise.ts'
import { freePort, temporaryFolder, until } from './harness.ts'

const folder = temporaryFolder()
// As strict as root's home on most machines: PostgreSQL's own user may not pass.
chmodSync(folder.path, 0o700)
const supervisor = createSupervisor({
  runFolder: openRunFolder(folder.path),
  logFolder: folder.path,
  tell: () => {},
})
const passwords = {
  product: 'p1'.repeat(10),
  order: 'p2'.repeat(10),
  payment: 'p3'.repeat(10),
  inventory: 'p4'.repeat(10),
  identity: 'p5'.repeat(10),
  notification: 'p6'.repeat(10),
}
let postgres: Supervised
let redis: Supervised
let server: string
let redisUrl: string

beforeAll(async () => {
  const options = {
    folder: join(folder.path, 'postgres'),
    port: await freePort(),
    password: 'admin'.repeat(5),
  }
  server = adminUrl(options)
  postgres = supervisor.start(await preparePostgres(options))
  const redisOptions = {
    folder: join(folder.path, 'redis'),
    port: await freePort(),
    password: 'r'.repeat(32),
  }
  redisUrl = privateRedisUrl(redisOptions)
  redis = supervisor.start(await prepareRedis(redisOptions))
  await until(() => ask(server, 'SELECT 1').catch(() => undefined), 30_000)
}, 90_000)

afterAll(async () => {
  await Promise.all([postgres.stop(5000), redis.stop(5000)])
  folder.remove()
})

async function ask(url: string, sql: string): Promise<pg.QueryResult> {
  const client = new pg.Client({ connectionString: url })
  client.on('error', () => {})
  await client.connect()
  try {
    return await client.query(sql)
  } finally {
    await client.end().catch(() => {})
  }
}

const prepare = () =>
  ensureDatabases({ adminUrl: server, passwords, extensions: { product: ['pg_trgm', 'unaccent'] } })

test('each role opens its own database and none of the others', async () => {
  const urls = await prepare()
  for (const [name, url] of Object.entries(urls)) {
    await ask(url, 'CREATE TABLE IF NOT EXISTS mine (id int)')
    for (const other of Object.keys(urls) as DatabaseName[]) {
      if (other === name) continue
      const trespass = new URL(url)
      trespass.pathname = new URL(urls[other]).pathname
      await expect(ask(trespass.href, 'SELECT 1')).rejects.toThrow(/permission denied for database/)
    }
  }
})

test('preparing the databases again keeps what is in them', async () => {
  const urls = await prepare()
  await ask(urls.order, 'CREATE TABLE IF NOT EXISTS kept (id int)')
  expect(await prepare()).toEqual(urls)
  expect((await ask(urls.order, 'SELECT count(*) FROM kept')).rowCount).toBe(1)
})

test('two shops prepare one server at once', async () => {
  await Promise.all([prepare(), prepare(), prepare()])
})

test('extensions are there for the service whose role may not make them', async () => {
  const urls = await prepare()
  const { rows } = await ask(
    urls.product,
    "SELECT similarity('chair', 'chairs') > 0 AS alike, unaccent('café') AS plain",
  )
  expect(rows).toEqual([{ alike: true, plain: 'cafe' }])
})

test('no role may administer the server', async () => {
  await prepare()
  const { rows } = await ask(
    server,
    "SELECT rolname FROM pg_roles WHERE rolname LIKE 'souk_%' AND (rolsuper OR rolcreatedb OR rolcreaterole)",
  )
  expect(rows).toEqual([])
})

test('what was committed is on disk after the server was killed', async () => {
  const urls = await prepare()
  await ask(urls.payment, 'CREATE TABLE IF NOT EXISTS journal (amount int)')
  await ask(urls.payment, 'INSERT INTO journal VALUES (1999)')
  const first = postgres.pid() ?? 0
  process.kill(first, 'SIGKILL')
  await until(() => postgres.pid() !== undefined && postgres.pid() !== first)
  const { rows } = await until(
    () => ask(urls.payment, 'SELECT amount FROM journal').catch(() => undefined),
    30_000,
  )
  expect(rows).toEqual([{ amount: 1999 }])
  expect((await ask(server, 'SHOW fsync')).rows).toEqual([{ fsync: 'on' }])
})

test('dropping removes the databases and their roles', async () => {
  await prepare()
  await dropDatabases(server)
  const { rows } = await ask(server, "SELECT datname FROM pg_database WHERE datname LIKE 'souk_%'")
  expect(rows).toEqual([])
})

test('a server that cannot be used is named with its setting and never with its password', async () => {
  const wrong = new URL(server)
  wrong.password = 'not-the-password'
  const failed = await assertServerAnswers(wrong.href, 'DATABASE_URL').catch(String)
  expect(failed).toMatch(/DATABASE_URL does not work.*password authentication failed.*leave it out/)
  expect(failed).not.toContain('not-the-password')
  const nobody = `postgres://a:b@127.0.0.1:${await freePort()}/shop`
  await expect(assertServerAnswers(nobody, 'ORDER_DATABASE_URL')).rejects.toThrow(
    /ORDER_DATABASE_URL does not work/,
  )
  await expect(assertServerAnswers(server, 'DATABASE_URL')).resolves.toBeUndefined()
})

test('the private Redis keeps its data over a restart, evicts nothing and wants its password', async () => {
  const client = await createClient({ url: redisUrl })
    .on('error', () => {})
    .connect()
  await client.set('kept', 'yes')
  expect(await client.configGet('maxmemory-policy')).toEqual({ 'maxmemory-policy': 'noeviction' })
  expect(await client.configGet('appendfsync')).toEqual({ appendfsync: 'everysec' })
  await until(async () => (await client.info('persistence')).includes('aof_pending_bio_fsync:0'))
  const first = redis.pid() ?? 0
  process.kill(first, 'SIGTERM')
  await until(() => redis.pid() !== undefined && redis.pid() !== first)
  expect(await until(() => client.get('kept').catch(() => undefined))).toBe('yes')
  client.destroy()
  const stranger = redisUrl.replace(/:\/\/.*@/, '://')
  await expect(assertRedisAnswers(stranger)).rejects.toThrow(/REDIS_URL does not work.*NOAUTH/)
  await expect(assertRedisAnswers(redisUrl)).resolves.toBeUndefined()
  expect(statSync(join(folder.path, 'redis', 'redis.conf')).mode & 0o777).toBe(0o600)
})

test('a data folder that was made half-way is made again', async () => {
  const half = join(folder.path, 'half')
  mkdirSync(`${half}.new`)
  writeFileSync(join(`${half}.new`, 'PG_VERSION'), '18\n')
  await preparePostgres({ folder: half, port: 1, password: 'x'.repeat(20) })
  expect(readFileSync(join(half, 'PG_VERSION'), 'utf8').trim()).toBe('18')
  expect(existsSync(`${half}.new`)).toBe(false)
  expect(existsSync(`${half}.new.password`)).toBe(false)
})
