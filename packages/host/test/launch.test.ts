import { readdirSync } from 'node:fs'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, expect, test } from 'vitest'
import { dropDatabases, ensureDatabases } from '../src/databases.ts'
import { launch } from '../src/launch.ts'
import { findFreeOffset } from '../src/ports.ts'
import type { ShopProcess } from '../src/processes.ts'
import { silentProgress } from '../src/progress.ts'
import { openRunFolder } from '../src/run-folder.ts'
import { readSettings, type Settings } from '../src/settings.ts'
import { isRunning, temporaryFolder, until } from './harness.ts'

const folder = temporaryFolder()
afterAll(() => folder.remove())

const root = fileURLToPath(new URL('./fixture', import.meta.url))
const echo: ShopProcess = {
  name: 'order',
  kind: 'service',
  folder: 'services/echo',
  asks: [],
  env: () => ({}),
}

async function settingsFor(name: string, more: Record<string, string> = {}): Promise<Settings> {
  const offset = await findFreeOffset(31_000 + Math.floor(Math.random() * 200) * 100)
  return readSettings({
    root,
    environment: { SOUK_DATA: join(folder.path, name), SOUK_PORT_OFFSET: String(offset), ...more },
  })
}

function open(settings: Settings, told: string[] = [], signal = new AbortController().signal) {
  return launch({
    settings,
    progress: silentProgress,
    signal,
    tell: (line) => told.push(line),
    processes: [echo],
  })
}

const remaining = (settings: Settings) => openRunFolder(settings.dataFolder).running()

test('a shop opens with its own servers, heals what dies, and leaves nothing when it closes', async () => {
  const settings = await settingsFor('whole')
  const told: string[] = []
  const shop = await open(settings, told)
  const names = remaining(settings).map((one) => one.name)
  expect(names.sort()).toEqual(['order', 'postgres', 'redis'])

  const address = `http://127.0.0.1:${settings.ports.order}/readyz`
  const first = Number(await (await fetch(address)).text())
  process.kill(first, 'SIGKILL')
  const second = Number(
    await until(() =>
      fetch(address)
        .then((answer) => answer.text())
        .catch(() => undefined),
    ),
  )
  expect(second).not.toBe(first)
  expect(told).toHaveLength(1)

  const pids = remaining(settings).map((one) => one.pid)
  const startedAt = Date.now()
  await shop.stop()
  expect(Date.now() - startedAt).toBeLessThan(10_000)
  expect(pids.filter(isRunning)).toEqual([])
  expect(remaining(settings)).toEqual([])

  // The same folder opens again, on the data that is there.
  await (await open(settings)).stop()
}, 120_000)

test('six given databases are migrated and used as they are, and --fresh refuses to drop them', async () => {
  const adminUrl = process.env.SOUK_TEST_DATABASE_URL ?? ''
  const prefix = `given_${crypto.randomUUID().slice(0, 8)}_`
  const { secrets } = await settingsFor('given')
  const urls = await ensureDatabases({
    adminUrl,
    passwords: secrets.databasePasswords,
    prefix,
    extensions: { product: ['pg_trgm', 'unaccent'] },
  })
  const named = Object.entries(urls).map(([name, url]) => [`${name.toUpperCase()}_DATABASE_URL`, url])
  const settings = await settingsFor('given', {
    ...Object.fromEntries(named),
    REDIS_URL: process.env.SOUK_TEST_REDIS_URL ?? '',
  })
  const shop = await open(settings)
  expect(shop.backing.databaseUrls).toEqual(urls)
  expect(remaining(settings).map((one) => one.name)).toEqual(['order'])
  await shop.stop()
  const again = launch({
    settings,
    progress: silentProgress,
    signal: new AbortController().signal,
    tell: () => {},
    processes: [echo],
    fresh: true,
  })
  await expect(again).rejects.toThrow(/--fresh does not drop databases that were given one by one/)
  await dropDatabases(adminUrl, prefix)
}, 60_000)

test('a taken port ends the start before anything is started', async () => {
  const settings = await settingsFor('taken')
  const stranger = createServer().listen(settings.ports.order, '127.0.0.1')
  await expect(open(settings)).rejects.toThrow(/taken by another program.*ORDER_PORT/)
  stranger.close()
  expect(readdirSync(settings.dataFolder)).not.toContain('postgres')
  expect(remaining(settings)).toEqual([])
})

test('a database that does not answer ends the start and leaves nothing running', async () => {
  const settings = await settingsFor('unanswered', { DATABASE_URL: 'postgres://a:b@127.0.0.1:9/shop' })
  await expect(open(settings)).rejects.toThrow(/DATABASE_URL does not work/)
  expect(remaining(settings)).toEqual([])
})

test('a process that cannot start ends the start, names its log and leaves nothing running', async () => {
  const settings = await settingsFor('broken')
  const broken: ShopProcess = { ...echo, folder: 'services/nowhere' }
  const start = launch({
    settings,
    progress: silentProgress,
    signal: new AbortController().signal,
    tell: () => {},
    processes: [broken],
  })
  await expect(start).rejects.toThrow(/order does not start\. Its log, .*order\.log, ends with/)
  expect(remaining(settings)).toEqual([])
}, 60_000)

test('Ctrl-C while it opens leaves nothing running', async () => {
  const settings = await settingsFor('interrupted')
  const asked = new AbortController()
  const start = open(settings, [], asked.signal)
  await until(() => remaining(settings).length > 0, 30_000)
  asked.abort(new Error('asked to close'))
  await expect(start).rejects.toThrow('asked to close')
  expect(remaining(settings)).toEqual([])
}, 60_000)
