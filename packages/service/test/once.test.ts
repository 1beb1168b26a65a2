import { type InventoryDatabase, openInventoryDatabase } from '@souk/db/inventory'
import { createTestDatabase, type TestDatabase } from '@souk/db/testing'
import { AppError } from '@souk/kernel/errors'
import { newId } from '@souk/kernel/id'
import type { Principal } from '@souk/kernel/principal'
import { once } from '@souk/service/idempotency'
import { backgroundScope, type RequestScope, runInRequest } from '@souk/service/request'
import { testServers } from '@souk/testing/env'
import { until } from '@souk/testing/until'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'

let database: TestDatabase
let db: InventoryDatabase
beforeAll(async () => {
  database = await createTestDatabase('inventory', testServers.databaseUrl)
  db = openInventoryDatabase({ url: database.url, applicationName: 'test' })
  await db.sql.query('create table effect (key text)')
})
afterAll(async () => {
  await db.close()
  await database.drop()
})

const person = (userId = newId()): Principal => {
  return { kind: 'user', userId, sessionId: newId(), roles: ['customer'], email: 'ada@example.test' }
}
const ada = person()

type Command = { key?: string | undefined; principal?: Principal; operation?: string; input?: unknown }

/** A command whose effect can be counted, and whose answer differs each time it really runs. */
async function run(command: Command, fail?: () => Promise<void>): Promise<{ number: string }> {
  const { key, principal = ada, operation = 'test', input = { a: 1 } } = command
  return await once(db, { operation, principal, input, key }, async (tx) => {
    await tx.query('insert into effect (key) values ($1)', [key ?? 'none'])
    await fail?.()
    return { number: newId() }
  })
}
const effects = async (key: string) =>
  (await db.sql.query('select 1 from effect where key = $1', [key])).length

describe('a command with a key', () => {
  it('runs once and answers the same every time', async () => {
    const key = newId()
    const first = await run({ key })
    for (let index = 0; index < 3; index += 1) expect(await run({ key })).toEqual(first)
    expect(await effects(key)).toBe(1)
  })

  it('means the same however its input is written', async () => {
    const key = newId()
    const first = await run({ key, input: { a: 1, b: { c: 2, d: undefined } } })
    expect(await run({ key, input: { b: { c: 2 }, a: 1 } })).toEqual(first)
  })

  it('is refused with another input, and nothing happens', async () => {
    const key = newId()
    await run({ key, input: { a: 1 } })
    for (const input of [{ a: 2 }, { a: '1' }, { a: 1, b: null }, {}, null]) {
      await expect(run({ key, input })).rejects.toMatchObject({
        code: 'CONFLICT',
        details: { reason: 'idempotency_conflict' },
      })
    }
    expect(await effects(key)).toBe(1)
  })

  it('is another command for another person, and for another operation', async () => {
    const key = newId()
    const answers = [
      await run({ key }),
      await run({ key, principal: person() }),
      await run({ key, principal: { kind: 'service', name: 'order' } }),
      await run({ key, principal: { kind: 'anonymous' } }),
      await run({ key, operation: 'other' }),
    ]
    expect(new Set(answers.map(({ number }) => number)).size).toBe(answers.length)
  })

  it('runs once when it is sent fifty times in one moment, and everyone hears the same', async () => {
    const key = newId()
    const answers = await Promise.all(Array.from({ length: 50 }, async () => await run({ key })))
    expect(new Set(answers.map(({ number }) => number)).size).toBe(1)
    expect(await effects(key)).toBe(1)
  })

  it('that is still running is not run beside itself: the second is told to come back', async () => {
    const key = newId()
    let finish = () => {}
    const isRunning = new Promise<void>((reached) => {
      void run({ key }, async () => {
        reached()
        await new Promise<void>((resolve) => {
          finish = resolve
        })
      })
    })
    await isRunning
    await expect(run({ key })).rejects.toMatchObject({
      code: 'CONFLICT',
      details: { reason: 'idempotency_in_flight', retryAfterSeconds: 1 },
    })
    finish()
    await until('the first is done', async () => (await effects(key)) === 1)
    await run({ key })
    expect(await effects(key)).toBe(1)
  })

  it('that was refused keeps its code, leaves nothing, and may be tried again', async () => {
    const key = newId()
    const refuse = async () => {
      throw new AppError('INVALID_STATE', 'Not now.', { details: { reason: 'out_of_stock' } })
    }
    await expect(run({ key }, refuse)).rejects.toMatchObject({
      code: 'INVALID_STATE',
      message: 'Not now.',
      details: { reason: 'out_of_stock' },
    })
    expect(await effects(key)).toBe(0)
    await run({ key })
    expect(await effects(key)).toBe(1)
  })

  it('whose connection dies in the middle leaves nothing, and may be tried again', async () => {
    const key = newId()
    const dying = once(db, { operation: 'test', principal: ada, input: {}, key }, async (tx) => {
      await tx.query('insert into effect (key) values ($1)', [key])
      const [self] = await tx.query<{ pid: number }>('select pg_backend_pid() as pid')
      await db.sql.query('select pg_terminate_backend($1)', [self?.pid])
      await tx.query('select 1')
      return { number: 'never' }
    })
    await expect(dying).rejects.toThrow()
    expect(await effects(key)).toBe(0)
    expect(
      await once(db, { operation: 'test', principal: ada, input: {}, key }, async () => ({ ok: true })),
    ).toEqual({
      ok: true,
    })
  })

  it.each([null, 0, '', [], { a: [1, { b: null }] }, 'text'])('gives %j back as it was', async (answer) => {
    const key = newId()
    const command = { operation: 'test', principal: ada, input: {}, key }
    expect(await once(db, command, async () => answer)).toEqual(answer)
    expect(await once(db, command, async () => 'other')).toEqual(answer)
  })
})

describe('the key', () => {
  it('comes with the request, and the request learns that its answer is a repeat', async () => {
    const key = newId()
    const scope = (): RequestScope => ({ ...backgroundScope('test', newId()), idempotencyKey: key })
    const [first, second] = [scope(), scope()]
    const answer = await runInRequest(first, async () => await run({}))
    expect(first.isReplay).toBe(false)
    expect(await runInRequest(second, async () => await run({}))).toEqual(answer)
    expect(second.isReplay).toBe(true)
  })

  it('may be left out: then the command simply runs', async () => {
    const [a, b] = [await run({}), await run({})]
    expect(a).not.toEqual(b)
  })
})
