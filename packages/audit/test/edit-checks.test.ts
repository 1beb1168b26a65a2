import { createTestDatabase, type TestDatabase } from '@souk/db/testing'
import { testServers } from '@souk/testing/env'
import { Client } from 'pg'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Sources } from '../src/check.ts'
import { moneyChecks } from '../src/money-checks.ts'
import { orderChecks } from '../src/order-checks.ts'

const order = '01930000-0000-7000-8000-00000000000a'
const edit = '01930000-0000-7000-8000-00000000000b'

/** A sound order: two mugs at 19.00 were bought with shipping, one was taken out and paid back. */
const sound = `
  insert into orders (id, status, email, customer_name, shipping_address, shipping_method_code, shipping_method_name,
    currency, subtotal_minor, discount_minor, shipping_minor, tax_minor, total_minor, payment_id, caller, command_key,
    body_hash, lowered_minor)
  values ('${order}', 'confirmed', 'a@example.test', 'A', '{}', 'standard', 'Standard', 'EUR', 1900, 0, 490, 0,
    2390, '${order}', 'test', 'one', 'x', 1900);
  insert into order_line (order_id, position, sku, product_id, product_slug, name, options_label, quantity,
    unit_price_minor, total_minor, tax_minor)
  values ('${order}', 0, 'MUG', '${order}', 'mug', 'Mug', '', 1, 1900, 1900, 0);
  insert into order_history (id, order_id, type, to_status, actor) values ('${order}', '${order}', 'confirmed', 'confirmed', 'test');
  insert into order_edit (id, order_id, status, actor, removed, lowered_minor, refund_id, request_hash)
  values ('${edit}', '${order}', 'refunding', 'test', '[]', 1900, '${edit}', 'x');
  update order_edit set status = 'completed' where id = '${edit}';`
const paid = {
  id: order,
  status: 'captured',
  amount_minor: 4290,
  captured_minor: 4290,
  refunded_minor: 1900,
  refund_pending_minor: 0,
  credit_minor: 0,
  transferred_minor: 0,
  transfer_minor: 0,
  transfer_status: 'none',
  transfer_given_minor: 0,
  transfer_pending_minor: 0,
  credit_status: 'none',
  credit_given_minor: 0,
  credit_pending_minor: 0,
  method_type: 'card',
}

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

/** As the audit's own connection reads them. */
const withNumbers = (row: Record<string, unknown>) =>
  Object.fromEntries(
    Object.entries(row).map(([name, value]) => [name, name.endsWith('_minor') ? Number(value) : value]),
  )
const checks = [...orderChecks, ...moneyChecks].filter(({ id }) => ['I8', 'I11', 'I13'].includes(id))

/** What the checks say after `damage`, done past the guards of the database and undone again. */
async function auditAfter(damage: string, payment = paid): Promise<string[]> {
  await client.query('begin')
  try {
    await client.query(`set local session_replication_role = replica; ${damage}`)
    const sources: Sources = {
      graceSeconds: 0,
      sql: async <Row extends object>(name: string, text: string, values: unknown[] = []) =>
        (name === 'payment' ? [payment] : (await client.query(text, values)).rows.map(withNumbers)) as Row[],
      groups: async () => [],
    }
    const found: string[] = []
    for (const check of checks) {
      const { offences } = await check.run(sources)
      found.push(...offences.map(({ what }) => `${check.id}: ${what}`))
    }
    return found
  } finally {
    await client.query('rollback')
  }
}

describe('the audit of edited orders', () => {
  it('finds nothing in a sound one, paid or held', async () => {
    expect(await auditAfter('')).toEqual([])
    expect(
      await auditAfter('', { ...paid, status: 'authorized', captured_minor: 0, refunded_minor: 0 }),
    ).toEqual([])
  })

  it.each([
    [
      'an edit that nobody counted',
      'update orders set lowered_minor = 1800',
      'I13: What edits took off the total is not the sum of its edits',
    ],
    [
      'an edit whose money nobody asks for',
      `update order_edit set status = 'refunding', next_check_at = now() - interval '10 minutes'`,
      'I11: Nobody looked after the money of an edit when it was time to',
    ],
    [
      'a total that is not what was paid less the edits',
      `update orders set lowered_minor = 1800; update order_edit set lowered_minor = 1800`,
      'I8: The payment is not over the order’s total and what edits took off it',
    ],
  ])('finds %s', async (_name, damage, offence) => {
    expect(await auditAfter(damage)).toContain(offence)
  })

  it('finds money that an edit should have given back, once its edit says so', async () => {
    const kept = { ...paid, refunded_minor: 0 }
    expect(await auditAfter('', kept)).toEqual(['I8: More is kept than the edited order costs'])
    expect(
      await auditAfter(`update order_edit set status = 'refunding', next_check_at = now()`, kept),
    ).toEqual([])
  })
})
