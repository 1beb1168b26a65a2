import { readFileSync, statSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { parseHostEnv, settingNames } from '../src/env.ts'
import { environmentOf } from '../src/environment.ts'
import { assertPortsFree, findFreeOffset, portNames, portsAt } from '../src/ports.ts'
import { Problem } from '../src/problem.ts'
import { processes, processNamed } from '../src/processes.ts'
import { projectRoot, readSettings } from '../src/settings.ts'
import { freePort, temporaryFolder } from './harness.ts'

const folder = temporaryFolder()
afterAll(() => folder.remove())

const read = (environment: Record<string, string> = {}) =>
  readSettings({ root: folder.path, environment: { SOUK_DATA: 'data', ...environment } })

const backing = {
  redisUrl: 'redis://r',
  databaseUrls: {
    product: 'postgres://product',
    order: 'postgres://order',
    payment: 'postgres://payment',
    inventory: 'postgres://inventory',
    identity: 'postgres://identity',
    notification: 'postgres://notification',
  },
}

test('without any setting the ports are those of the map', async () => {
  const settings = await read()
  expect(settings.ports).toMatchObject({ web: 3000, admin: 3001, gateway: 4000, order: 4002, sandbox: 4010 })
  expect(settings.webUrl).toBe('http://localhost:3000')
  expect(settings.databases).toEqual({ kind: 'embedded' })
})

test('an offset moves every port, one setting moves one, and addresses follow', async () => {
  const settings = await read({ SOUK_PORT_OFFSET: '20000', WEB_PORT: '8080' })
  expect(settings.ports).toMatchObject({ web: 8080, admin: 23001, gateway: 24000 })
  expect(settings.webUrl).toBe('http://localhost:8080')
  for (const offset of [0, 20_000, 35_000, 59_000]) {
    const ports = Object.values(portsAt(offset))
    expect(new Set(ports).size).toBe(portNames.length)
    expect(Math.max(...ports)).toBeLessThanOrEqual(65_535)
  }
})

test('a port that browsers refuse is refused with what to do', async () => {
  await expect(read({ SOUK_PORT_OFFSET: '2000' })).rejects.toThrow(
    'Browsers refuse port 6000 (the gateway). Set GATEWAY_PORT or SOUK_PORT_OFFSET to something else.',
  )
})

test('the environment wins over .env, and an empty line there sets nothing', async () => {
  writeFileSync(join(folder.path, '.env'), 'WEB_PORT=7000\nADMIN_PORT=7001\nREDIS_URL=\n')
  process.env.ADMIN_PORT = '7777'
  process.env.SOUK_DATA = 'data'
  const settings = await readSettings({ root: folder.path })
  expect(settings.ports).toMatchObject({ web: 7000, admin: 7777 })
  expect(settings.env.REDIS_URL).toBeUndefined()
  delete process.env.ADMIN_PORT
  delete process.env.SOUK_DATA
})

test('a shop that a test opens does not read the .env of the person', async () => {
  writeFileSync(join(folder.path, '.env'), 'DATABASE_URL=postgres://their/shop\n')
  expect((await read()).databases).toEqual({ kind: 'embedded' })
})

test('.env.example names every setting with its default', () => {
  const text = readFileSync(join(projectRoot, '.env.example'), 'utf8')
  const named = [...text.matchAll(/^([A-Z_]+)=(.*)$/gm)].map(([, name, value]) => [name, value] as const)
  expect(named.map(([name]) => name).sort()).toEqual([...settingNames].sort())
  expect(parseHostEnv(Object.fromEntries(named))).toMatchObject(
    Object.fromEntries(Object.entries(parseHostEnv({})).filter(([name]) => !name.endsWith('_PORT'))),
  )
})

test.each([
  [{ WEB_PORT: 'many' }, /^WEB_PORT is not valid/],
  [{ DATABASE_URL: 'mysql://somewhere/db' }, /^DATABASE_URL is not valid/],
  [{ ORDER_DATABASE_URL: 'postgres://somewhere/order' }, /PRODUCT_DATABASE_URL, .*is missing.*Give all six/],
  [{ AUTH_PRIVATE_JWK: '{"kty":"oct"}' }, /^AUTH_PRIVATE_JWK is not valid/],
  [{ SERVICE_TOKEN_SECRET: 'short' }, /^SERVICE_TOKEN_SECRET is not valid/],
])('a setting that cannot work is named in one sentence: %o', async (environment, sentence) => {
  const failed = await read(environment).catch((error: unknown) => error)
  expect(failed).toBeInstanceOf(Problem)
  expect(String(failed)).toMatch(new RegExp(sentence.source.replace('^', '')))
})

test('secrets are made once, kept, and readable by their owner only', async () => {
  const first = await read()
  const second = await read()
  expect(second.secrets).toEqual(first.secrets)
  expect(first.secrets.serviceTokenSecret.length).toBeGreaterThanOrEqual(32)
  expect(new Set(Object.values(first.secrets.databasePasswords)).size).toBe(6)
  expect(statSync(join(first.dataFolder, 'secrets.json')).mode & 0o777).toBe(0o600)
  const given = await read({ NEXTAUTH_SECRET: 'x'.repeat(40) })
  expect(given.secrets.nextAuthSecret).toBe('x'.repeat(40))
})

test('a secret that an older version did not know is added, and the others stay', async () => {
  const before = await read()
  const path = join(before.dataFolder, 'secrets.json')
  const { sandboxApiKey, ...older } = JSON.parse(readFileSync(path, 'utf8'))
  writeFileSync(path, JSON.stringify(older))
  const after = await read()
  expect(after.secrets).toEqual({ ...before.secrets, sandboxApiKey: expect.any(String) })
  expect(after.secrets.sandboxApiKey).not.toBe(sandboxApiKey)
  writeFileSync(path, 'not json')
  await expect(read()).rejects.toThrow(/cannot be read as the secrets .*--fresh/)
  writeFileSync(path, JSON.stringify(older))
})

test('only who signs gets the private key, and the gateway gets only the public one', async () => {
  const settings = await read()
  const withPrivateKey = processes
    .filter((process) => 'AUTH_PRIVATE_JWK' in environmentOf(process, settings, backing))
    .map((process) => process.name)
  expect(withPrivateKey.sort()).toEqual(['admin', 'identity', 'web'])
  const { d } = JSON.parse(settings.secrets.authPrivateJwk)
  expect(JSON.stringify(environmentOf(processNamed('gateway'), settings, backing))).not.toContain(d)
})

test('a process is told its own database and no other, and nothing of our own environment', async () => {
  const settings = await read()
  for (const process of processes) {
    const env = environmentOf(process, settings, backing)
    expect(env.DATABASE_URL).toBe(process.database && `postgres://${process.database}`)
    expect(env.PORT).toBe(String(settings.ports[process.name]))
    expect(env.SOUK_TEST_DATABASE_URL).toBeUndefined()
  }
  expect(environmentOf(processNamed('order'), settings, backing)).toMatchObject({
    PRODUCT_URL: 'http://127.0.0.1:4001',
    INVENTORY_URL: 'http://127.0.0.1:4004',
    PAYMENT_URL: 'http://127.0.0.1:4003',
  })
})

test('calls between services go one level deep', () => {
  for (const process of processes.filter((one) => one.name !== 'gateway' && one.kind === 'service')) {
    for (const neighbour of process.asks) expect(processNamed(neighbour).asks).toEqual([])
  }
})

test('a port that is taken is named with its setting', async () => {
  const port = await freePort()
  const stranger = createServer().listen(port, '127.0.0.1')
  await new Promise((resolve) => stranger.once('listening', resolve))
  const ports = { ...portsAt(await findFreeOffset(30_000)), web: port }
  await expect(assertPortsFree(ports, ['gateway'])).resolves.toBeUndefined()
  await expect(assertPortsFree(ports, ['web', 'gateway'])).rejects.toThrow(
    `Port ${port} (the storefront) is taken by another program. Stop it, or set WEB_PORT to a free port`,
  )
  stranger.close()
})
