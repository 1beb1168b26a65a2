import { createTestDatabase, type TestDatabase } from '@souk/db/testing'
import { testServers } from '@souk/testing/env'
import { Client } from 'pg'
import { afterAll, beforeAll, expect, it } from 'vitest'
import type { Sources } from '../src/check.ts'
import { followUpChecks } from '../src/follow-up-checks.ts'

const id = (last: string) => `01930000-0000-7000-8000-00000000000${last}`
const [origin, followUp, draft, following] = [id('a'), id('b'), id('c'), id('d')]
const held = JSON.stringify([{ step: 'hold', result: 'reserved' }])

/** A sound one: a mug was taken out, a dearer one was promised and waits for its customer. */
const sound = `
  insert into orders (id, status, email, customer_name, shipping_address, shipping_method_code, shipping_method_name,
    currency, subtotal_minor, discount_minor, shipping_minor, tax_minor, total_minor, payment_id, caller, command_key,
    body_hash, lowered_minor)
  values ('${origin}', 'confirmed', 'a@example.test', 'A', '{}', 'standard', 'Standard', 'EUR', 1900, 0, 490, 0,
    2390, '${origin}', 'test', 'one', 'x', 1900);
  insert into draft_order (id, email, shipping_address, shipping_method_code, shipping_method_name, currency, lines, price,
    discount_minor, total_minor, version, expires_at, created_by, updated_by)
  values ('${draft}', 'a@example.test', '{}', 'standard', 'Standard', 'EUR', '[]', '{}', 0, 2400, 1, now(), 's', 's');
  insert into order_edit (id, order_id, status, actor, removed, lowered_minor, refund_id, request_hash)
  values ('${followUp}', '${origin}', 'waiting', 'test', '[]', 1900, '${followUp}', 'x');
  insert into follow_up (id, origin_id, kind, draft_id, order_id, state, steps, hold_until, request_hash, created_by)
  values ('${followUp}', '${origin}', 'addition', '${draft}', '${following}', 'preparing', '${held}', now(), 'x', 's');
  update follow_up set state = 'open', promised_at = now();
  update follow_up set state = 'started', moves_minor = 1900;`

let database: TestDatabase
let client: Client
beforeAll(async () => {
  database = await createTestDatabase('order', testServers.databaseUrl)
  client = new Client({ connectionString: database.url })
  await client.connect()
  await client.query(sound)
})
afterAll(async () => {
  await client?.end()
  await database?.drop()
})

/** What the checks say after `damage`, done past the guards of the database and undone again. */
async function auditAfter(damage: string, active: string[] = [following]): Promise<string[]> {
  await client.query('begin')
  try {
    await client.query(`set local session_replication_role = replica; ${damage}`)
    const sources: Sources = {
      graceSeconds: 0,
      sql: async <Row extends object>(name: string, text: string, values: unknown[] = []) =>
        (name === 'inventory'
          ? active.map((order_id) => ({ order_id }))
          : (await client.query(text, values)).rows) as Row[],
      groups: async () => [],
    }
    const results = await Promise.all(followUpChecks.map(async (check) => await check.run(sources)))
    return results.flatMap(({ offences }) => offences.map(({ what }) => what))
  } finally {
    await client.query('rollback')
  }
}
const past = `update follow_up set updated_at = now() - interval '1 minute';`

it('finds nothing in a promise that is kept', async () => {
  expect(await auditAfter(past)).toEqual([])
})

it.each([
  [
    'an order that it never became',
    `update follow_up set state = 'placed'`,
    'What it says it became is not what its order is',
  ],
  [
    'money that its edit says moved and did not',
    `update order_edit set status = 'completed', moved_minor = 1`,
    'The edit it came from does not say what of its money moved',
  ],
  [
    'an edit that waits for nothing',
    `update follow_up set state = 'ended', reason = 'expired'`,
    'The edit it came from does not say what of its money moved',
  ],
  [
    'one that nobody looks at',
    `update follow_up set next_check_at = now() - interval '2 minutes'`,
    'Nobody looked at it when it was time to',
  ],
])('finds %s', async (_name, damage, offence) => {
  expect(await auditAfter(damage)).toContain(offence)
})

it('finds goods that are promised and not held, and goods that are held for nobody', async () => {
  expect(await auditAfter(past, [])).toEqual(['Promised, and its goods are not held'])
  const over = `update follow_up set state = 'ended', reason = 'expired', is_done = true;
    update order_edit set status = 'completed';`
  expect(await auditAfter(over + past)).toEqual(['Over, and its goods are still held'])
})
