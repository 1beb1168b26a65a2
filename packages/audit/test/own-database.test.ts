import { auditOwn } from '@souk/audit/own-database'
import { openPaymentDatabase, type PaymentDatabase } from '@souk/db/payment'
import { createTestDatabase, type TestDatabase } from '@souk/db/testing'
import { testServers } from '@souk/testing/env'
import { afterAll, beforeAll, expect, it } from 'vitest'

let database: TestDatabase
let db: PaymentDatabase
beforeAll(async () => {
  database = await createTestDatabase('payment', testServers.databaseUrl)
  db = openPaymentDatabase({ url: database.url, applicationName: 'test' })
})
afterAll(async () => {
  await db?.close()
  await database?.drop()
})

it('answers for its own database, and leaves what compares databases to the audit that may read them all', async () => {
  const { checks } = await auditOwn('payment', db)
  const ids = checks.map(({ id }) => id)
  for (const id of ['I5', 'I6', 'I7', 'I14', 'I16', 'I17']) expect(ids).toContain(id)
  for (const id of ['I1', 'I4', 'I8', 'I10', 'I12', 'I15', 'I18']) expect(ids).not.toContain(id)
  expect(checks.filter(({ offences, problem }) => offences.length > 0 || problem !== null)).toEqual([])
})

it('shows the rows that offend, and changes nothing', async () => {
  await db.sql.query(
    `insert into outbox (event_id, name, schema_version, aggregate_id, aggregate_version, payload, occurred_at)
     select gen_random_uuid(), 'payment.processed', 1, 'A', version, '{}', now() - interval '1 hour'
     from unnest(array[1, 3]) as version`,
  )
  const { checks } = await auditOwn('payment', db)
  const found = new Map(checks.map(({ id, offences }) => [id, offences]))
  expect(found.get('I14')).toHaveLength(2)
  expect(found.get('I16')).toMatchObject([
    { what: 'A gap in the payment outbox', row: { aggregate_id: 'A', events: 2 } },
  ])
  const [row] = await db.sql.query<{ count: number }>('select count(*)::int as count from outbox')
  expect(row?.count).toBe(2)
})
