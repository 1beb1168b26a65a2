import { execFile } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { openIdentityDatabase } from '@souk/db/identity'
import { createTestDatabase } from '@souk/db/testing'
import { testServers } from '@souk/testing/env'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { createHasher } from '../src/hasher.ts'
import { seedDemo } from '../src/seed-demo.ts'

const run = promisify(execFile)
const script = (name: string) => fileURLToPath(new URL(`../src/${name}`, import.meta.url))
const options = { password: 'souk-demo-2026', hasher: createHasher(), now: new Date() }

let database: Awaited<ReturnType<typeof createTestDatabase>>
let db: ReturnType<typeof openIdentityDatabase>
beforeEach(async () => {
  database = await createTestDatabase('identity', testServers.databaseUrl)
  db = openIdentityDatabase({ url: database.url, applicationName: 'seed-test', maxConnections: 6 })
})
afterEach(async () => {
  await db.close()
  await database.drop()
})

const emails = async () =>
  (await db.sql.query<{ email: string }>('select email from account order by email')).map(
    ({ email }) => email,
  )
const demo = ['admin@souk.test', 'shopper@souk.test', 'staff@souk.test']

async function seedProcess(env: Record<string, string>): Promise<string> {
  const { PATH = '' } = process.env
  const { stdout } = await run(process.execPath, [script('seed.ts')], {
    env: { PATH, DATABASE_URL: database.url, ...env },
  })
  return stdout
}

describe('the seed', () => {
  it('makes the three demo accounts with their roles and addresses, and announces nothing', async () => {
    expect(await seedDemo(db, options)).toBe(true)
    const rows = await db.sql.query('select email, roles, version from account order by email')
    expect(rows).toEqual([
      { email: 'admin@souk.test', roles: ['staff', 'owner'], version: 1 },
      { email: 'shopper@souk.test', roles: ['customer'], version: 1 },
      { email: 'staff@souk.test', roles: ['staff'], version: 1 },
    ])
    expect(
      await db.sql.query(
        `select a.email, count(*)::int as saved, count(*) filter (where is_default)::int as defaults
         from saved_address join account a on a.id = account_id group by 1`,
      ),
    ).toEqual([{ email: 'shopper@souk.test', saved: 2, defaults: 1 }])
    expect(await db.sql.query('select 1 from outbox')).toEqual([])
  })

  it('changes nothing the second time', async () => {
    await seedDemo(db, options)
    const before = await db.sql.query('select * from account order by id')
    expect(await seedDemo(db, { ...options, password: 'another password' })).toBe(false)
    expect(await db.sql.query('select * from account order by id')).toEqual(before)
  })

  it('makes each account once when several seed at once', async () => {
    // Hashes that take no time, so that the transactions meet.
    const hasher = {
      hash: async () => await Promise.resolve('hash'),
      verify: async () => await Promise.resolve(false),
    }
    const outcomes = await Promise.all(
      Array.from({ length: 5 }, async () => await seedDemo(db, { ...options, hasher })),
    )
    expect(outcomes.filter(Boolean)).toHaveLength(1)
    expect(await emails()).toEqual(demo)
    expect(await db.sql.query('select 1 from saved_address')).toHaveLength(2)
  })

  it('leaves a shop alone that has accounts', async () => {
    await db.sql.query(
      `insert into account (id, email, name, roles, password_hash, password_changed_at)
       values (gen_random_uuid(), 'real@example.test', 'Real', array['customer'], 'x', now())`,
    )
    expect(await seedDemo(db, options)).toBe(false)
    expect(await emails()).toEqual(['real@example.test'])
  })

  it('runs as a script, never in production unless SOUK_DEMO=1 and never with SOUK_DEMO=0', async () => {
    await seedProcess({ NODE_ENV: 'production' })
    expect(await emails()).toEqual([])
    await seedProcess({ SOUK_DEMO: '0' })
    expect(await emails()).toEqual([])
    expect(await seedProcess({ NODE_ENV: 'production', SOUK_DEMO: '1' })).toContain('3 demo accounts')
    expect(await emails()).toEqual(demo)
    expect(await seedProcess({})).toContain('not empty')
  })
})

describe('granting the first owner from the command line', () => {
  it('makes an existing account an owner, notes it, and knows no other', async () => {
    await seedDemo(db, options)
    const grant = async (email: string) => {
      const { PATH = '' } = process.env
      const env = { PATH, DATABASE_URL: database.url }
      return (await run(process.execPath, [script('grant-owner.ts'), email], { env })).stdout
    }
    expect(await grant('Shopper@souk.test')).toContain('is an owner now')
    expect(await db.sql.query(`select roles from account where email = 'shopper@souk.test'`)).toEqual([
      { roles: ['customer', 'staff', 'owner'] },
    ])
    expect(await db.sql.query('select action, outcome, actor_id from audit_entry')).toEqual([
      { action: 'roles_changed', outcome: 'ok', actor_id: null },
    ])
    expect(await grant('nobody@souk.test')).toContain('has no account')
    expect(await grant('nonsense')).toContain('Usage')
  })
})
