import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import { createServer } from 'node:net'
import { fileURLToPath } from 'node:url'
import { serviceTokenMinter } from '@souk/auth/service-token'
import { createTestDatabase, type TestDatabase } from '@souk/db/testing'
import { testServers } from '@souk/testing/env'
import { createTestRedis } from '@souk/testing/test-redis'
import { until } from '@souk/testing/until'
import { createClient } from 'redis'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'

const secret = 'a-secret-for-tests-only-0123456789abcdef'
let database: TestDatabase
let redis: Awaited<ReturnType<typeof createTestRedis>>
let children: ChildProcess[] = []
beforeAll(async () => {
  database = await createTestDatabase('inventory', testServers.databaseUrl)
  redis = await createTestRedis()
})
afterEach(() => {
  for (const child of children) if (child.exitCode === null) child.kill('SIGKILL')
  children = []
})
afterAll(async () => {
  await database.drop()
  await redis.drop()
})

type Exit = {
  code: number | null
  signal: NodeJS.Signals | null
  messages: Record<string, unknown>[]
  output: string
}

function start(then: 'stop' | 'run' | 'fail', change: Record<string, unknown> = {}) {
  const env = {
    HOST: '127.0.0.1',
    PORT: 0,
    INSTANCE: '0',
    LOG_LEVEL: 'silent',
    REDIS_URL: redis.url,
    SERVICE_TOKEN_SECRET: secret,
    DATABASE_URL: database.url,
    DATABASE_POOL: 5,
    FAULT_POINTS: '0',
    ...change,
  }
  const path = fileURLToPath(new URL('./fixture/service-process.ts', import.meta.url))
  const child = fork(path, {
    env: { ...process.env, SERVICE: JSON.stringify({ env, then }) },
    execArgv: [],
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
  })
  children.push(child)
  const exit: Exit = { code: null, signal: null, messages: [], output: '' }
  child.on('message', (message) => exit.messages.push(message as Record<string, unknown>))
  const outputs = [child.stdout, child.stderr].flatMap((stream) => stream ?? [])
  for (const stream of outputs) stream.on('data', (chunk) => (exit.output += String(chunk)))
  const exited = once(child, 'exit') as Promise<[number | null, NodeJS.Signals | null]>
  // Not the event `close`: it does not come for a child whose channel the parent has closed.
  const drained = Promise.all(outputs.map(async (stream) => await once(stream, 'close')))
  const ended = Promise.all([exited, drained]).then(([[code, signal]]): Exit => ({ ...exit, code, signal }))
  const said = async (key: string) =>
    await until(
      `the process says ${key}`,
      () => exit.messages.find((message) => key in message)?.[key],
      20_000,
    )
  return { child, ended, said }
}

describe('a service', () => {
  it('leaves nothing open when it stops: the process ends by itself', async () => {
    const { ended } = start('stop')
    const exit = await ended
    expect(exit.output).toBe('')
    expect(exit).toMatchObject({ code: 0, signal: null, messages: [{ health: 200 }] })
  }, 20_000)

  it('leaves nothing open either when Redis was never there', async () => {
    const { ended } = start('stop', { REDIS_URL: 'redis://127.0.0.1:1' })
    expect(await ended).toMatchObject({ code: 0, messages: [{ health: 200 }] })
  }, 20_000)

  it('finishes what it has begun when it is told to end, and tells others that it is gone', async () => {
    const { child, ended, said } = start('run')
    const url = String(await said('url'))
    const client = createClient({ url: redis.url })
    await client.connect()
    const registered = async () => Object.keys(await client.hGetAll('registry:test')).length
    await until('it is registered', async () => (await registered()) === 1)
    expect((await fetch(`${url}/readyz`)).status).toBe(200)
    const token = await serviceTokenMinter('gateway', secret)('test', { kind: 'anonymous' })
    const answer = fetch(`${url}/rpc/slow`, { method: 'POST', headers: { authorization: `Bearer ${token}` } })
    await said('reached')
    child.kill('SIGTERM')
    expect(await (await answer).json()).toEqual({ result: 'done' })
    const exit = await ended
    expect(exit).toMatchObject({ code: 0, signal: null })
    expect(await registered()).toBe(0)
    await expect(fetch(`${url}/healthz`)).rejects.toThrow()
    client.destroy()
  }, 30_000)

  it('ends when the process that started it is gone', async () => {
    const { child, ended, said } = start('run')
    await said('url')
    child.disconnect()
    expect((await ended).code).toBe(0)
  }, 30_000)

  it('is alive but not ready while its database is away', async () => {
    const { child, ended, said } = start('run', { DATABASE_URL: 'postgres://nobody:x@127.0.0.1:1/none' })
    const url = String(await said('url'))
    expect((await fetch(`${url}/healthz`)).status).toBe(200)
    const ready = await fetch(`${url}/readyz`)
    expect(ready.status).toBe(503)
    expect(await ready.json()).toMatchObject({ status: 'not_ready', checks: { database: 'failed' } })
    child.kill('SIGTERM')
    expect((await ended).code).toBe(0)
  }, 30_000)
})

describe('a start that fails', () => {
  it('says why in one sentence and ends with 1', async () => {
    const exit = await start('fail').ended
    expect(exit.code).toBe(1)
    expect(exit.output).toBe('The environment is not complete.\n')
  }, 20_000)

  it('for want of its port leaves nothing running', async () => {
    const taken = createServer()
    await new Promise<void>((resolve) => taken.listen(0, '127.0.0.1', resolve))
    const address = taken.address()
    const port = address !== null && typeof address === 'object' ? address.port : 0
    const exit = await start('run', { PORT: port }).ended
    expect(exit.code).toBe(1)
    expect(exit.output).toContain('EADDRINUSE')
    taken.close()
  }, 20_000)
})
