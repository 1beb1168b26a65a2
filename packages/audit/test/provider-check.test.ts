import { createTestDatabase, type TestDatabase } from '@souk/db/testing'
import { newId } from '@souk/kernel/id'
import { testServers } from '@souk/testing/env'
import { startSandboxProcess, type TestSandbox } from '@souk/testing/sandbox-process'
import { Client } from 'pg'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Sources } from '../src/check.ts'
import { moneyChecks } from '../src/money-checks.ts'
import { sandboxCharges } from '../src/sources.ts'

let database: TestDatabase
let client: Client
let sandbox: TestSandbox
beforeAll(async () => {
  sandbox = await startSandboxProcess()
  database = await createTestDatabase('payment', testServers.databaseUrl)
  client = new Client({ connectionString: database.url })
  await client.connect()
})
afterAll(async () => {
  await client?.end()
  await database?.drop()
  await sandbox?.stop()
})

async function charge(reference: string): Promise<void> {
  const body = {
    amount: 4800,
    currency: 'EUR',
    method: { type: 'card', token: 'tok_visa' },
    reference,
    returnUrl: 'http://localhost:3000/',
  }
  expect((await sandbox.call('POST', '/v1/charges', { body, key: newId() })).status).toBe(201)
}

async function book(id: string, capturedMinor = 4800): Promise<void> {
  await client.query(
    `insert into payment (id, order_id, provider, status, method_type, method_label, request_hash, capture_mode,
       currency, amount_minor, authorized_minor, captured_minor, return_url)
     values ($1, $2, 'sandbox', 'captured', 'card', 'Card', 'x', 'automatic', 'EUR', 4800, 4800, $3, 'http://x/')`,
    [id, newId(), capturedMinor],
  )
}

async function i7(withList = true, list: Sources['providerCharges'] = sandboxCharges(sandbox)) {
  const sources: Sources = {
    graceSeconds: 0,
    sql: async <Row extends object>(_database: string, text: string, values: unknown[] = []) =>
      (await client.query(text, values)).rows as Row[],
    groups: async () => [],
    ...(withList && list ? { providerCharges: list } : {}),
  }
  const check = moneyChecks.find(({ id }) => id === 'I7')
  const found = await check?.run(sources)
  return { what: found?.offences.map(({ what }) => what), remark: found?.remark }
}

test('the provider’s own list has to say what our books say', async () => {
  const paid = newId()
  await charge(paid)
  await book(paid)
  expect(await i7()).toEqual({ what: [], remark: undefined })
  await charge(paid)
  await charge(newId())
  const part = newId()
  await charge(part)
  await book(part, 1000)
  await book(newId())
  expect((await i7()).what?.sort()).toEqual([
    'A charge of no payment of ours',
    'Charged twice at the provider',
    'The provider took another amount',
    'The provider took nothing for this payment',
  ])
})

test('what the provider has forgotten may be missing from its list, what came later may not', async () => {
  await client.query('delete from payment')
  const old = newId()
  await book(old)
  const forgotten = (through: string) =>
    async function* () {
      yield { items: [], forgottenThrough: `ch_${through.replaceAll('-', '')}` }
    }
  expect((await i7(true, forgotten(newId()))).what).toEqual([])
  await book(newId())
  expect((await i7(true, forgotten(old))).what).toEqual(['The provider took nothing for this payment'])
})

test('without the list, or while it cannot be read, the line says so', async () => {
  expect((await i7(false)).remark).toBe('the provider’s list was not asked')
  sandbox.kill('SIGKILL')
  expect((await i7()).remark).toBe('the provider’s list could not be read')
})
