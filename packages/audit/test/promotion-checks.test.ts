import { createTestDatabase, type TestDatabase } from '@souk/db/testing'
import { testServers } from '@souk/testing/env'
import { Client } from 'pg'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Sources } from '../src/check.ts'
import { promotionChecks } from '../src/promotion-checks.ts'

const order = '01930000-0000-7000-8000-00000000000a'
const promotion = '01930000-0000-7000-8000-00000000000b'

/** A sound order that took one of the two uses of a promotion. */
const sound = `
  insert into orders (id, status, email, customer_name, shipping_address, shipping_method_code, shipping_method_name,
    currency, subtotal_minor, discount_minor, shipping_minor, tax_minor, total_minor, payment_id, caller, command_key, body_hash)
  values ('${order}', 'confirmed', 'a@example.test', 'A', '{}', 'standard', 'Standard', 'EUR', 1900, 100, 490, 0,
    2290, '${order}', 'test', 'one', 'x');
  insert into promotion (id, code, name, kind, value, usage_limit, used_count)
  values ('${promotion}', 'TWO', 'Two', 'amount', 100, 2, 1);
  insert into promotion_use (order_id, promotion_id, customers) values ('${order}', '${promotion}', '{}');`

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

async function auditAfter(damage: string): Promise<string[]> {
  await client.query('begin')
  try {
    await client.query(`set local session_replication_role = replica;
      alter table promotion drop constraint promotion_used_up; ${damage}`)
    const sources: Sources = {
      graceSeconds: 0,
      sql: async <Row extends object>(_name: string, text: string, values: unknown[] = []) =>
        (await client.query(text, values)).rows as Row[],
      groups: async () => [],
    }
    const found: string[] = []
    for (const check of promotionChecks) {
      const { offences } = await check.run(sources)
      found.push(...offences.map(({ what }) => what))
    }
    return found
  } finally {
    await client.query('rollback')
  }
}

const unexplained = 'A count that the orders do not explain, or above the limit'
const kept = 'A use that an order kept which came to nothing'

describe('the check of limited promotions', () => {
  it('is content with a sound order', async () => {
    expect(await auditAfter('')).toEqual([])
  })
  it.each([
    ['a use too many', 'update promotion set used_count = 2', unexplained],
    [
      'a limit that was passed',
      `update promotion set usage_limit = 1, used_count = 2;
       insert into promotion_use (order_id, promotion_id, customers) values ('${promotion}', '${promotion}', '{}')`,
      unexplained,
    ],
    ['a cancelled order that kept its use', `update orders set status = 'cancelled'`, kept],
  ])('finds %s', async (_what, damage, offence) => {
    expect(await auditAfter(damage)).toContain(offence)
  })
})
