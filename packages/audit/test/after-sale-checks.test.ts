import { createTestDatabase, type TestDatabase } from '@souk/db/testing'
import { testServers } from '@souk/testing/env'
import { Client } from 'pg'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { afterSaleChecks } from '../src/after-sale-checks.ts'
import type { Sources } from '../src/check.ts'

const order = '01930000-0000-7000-8000-00000000000a'
const parcel = '01930000-0000-7000-8000-00000000000b'
const back = '01930000-0000-7000-8000-00000000000c'

/** A sound order of two mugs at 19.00: sent and delivered in one parcel, one of them returned and paid back. */
const sound = `
  insert into orders (id, status, email, customer_name, shipping_address, shipping_method_code, shipping_method_name,
    currency, subtotal_minor, discount_minor, shipping_minor, tax_minor, total_minor, payment_id, caller, command_key, body_hash)
  values ('${order}', 'partially_returned', 'a@example.test', 'A', '{}', 'standard', 'Standard', 'EUR', 3800, 0, 490, 0,
    4290, '${order}', 'test', 'one', 'x');
  insert into order_line (order_id, position, sku, product_id, product_slug, name, options_label, quantity,
    unit_price_minor, total_minor, tax_minor)
  values ('${order}', 0, 'MUG', '${order}', 'mug', 'Mug', '', 2, 1900, 3800, 0);
  insert into shipment (id, order_id, amount_minor) values ('${parcel}', '${order}', 4290);
  insert into shipment_line (shipment_id, order_id, sku, quantity) values ('${parcel}', '${order}', 'MUG', 2);
  update shipment set delivered_at = now() where id = '${parcel}';
  insert into return_request (id, order_id, requested_by, reason) values ('${back}', '${order}', 'customer', 'other');
  insert into return_line (return_id, order_id, sku, quantity) values ('${back}', '${order}', 'MUG', 1);
  update return_request set status = 'approved' where id = '${back}';
  update return_request set status = 'received', goods_minor = 1900 where id = '${back}';
  update return_line set restocked_quantity = 1 where return_id = '${back}';
  update order_line set returned_quantity = 1 where order_id = '${order}';
  update return_request set status = 'refunding', refund_minor = 1900, refund_id = '${back}' where id = '${back}';
  update return_request set status = 'completed' where id = '${back}';`

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

/** What the checks say of the order after `damage`, done past the guards of the database and undone again. */
async function auditAfter(damage: string, refunds = [{ id: back, minor: 1900 }]): Promise<string[]> {
  await client.query('begin')
  try {
    await client.query(`set local session_replication_role = replica;
      alter table order_line drop constraint order_line_sent, drop constraint order_line_returns,
        drop constraint order_line_returned;
      alter table orders drop constraint orders_shipped;
      alter table return_request drop constraint return_request_amounts, drop constraint return_request_exchanged;
      ${damage}`)
    const sources: Sources = {
      graceSeconds: 0,
      sql: async <Row extends object>(name: string, text: string, values: unknown[] = []) =>
        (name === 'payment' ? refunds : (await client.query(text, values)).rows) as Row[],
      groups: async () => [],
    }
    const found: string[] = []
    for (const check of afterSaleChecks) {
      const { offences } = await check.run(sources)
      found.push(...offences.map(({ what }) => `${check.id}: ${what}`))
    }
    return found
  } finally {
    await client.query('rollback')
  }
}

describe('the audit of what happens after the sale', () => {
  it('finds nothing in a sound order', async () => {
    expect(await auditAfter('')).toEqual([])
  })

  it.each([
    [
      'a piece too many that came back',
      'update order_line set returned_quantity = 3',
      'I23: More was shipped, delivered or returned than there was',
    ],
    [
      'a parcel that nobody counted',
      'update order_line set shipped_quantity = 3, quantity = 3, total_minor = 5700',
      'I23: The parcels do not explain what is shipped and delivered',
    ],
    [
      'a return that holds nothing back',
      `update return_request set status = 'approved'`,
      'I23: The open returns do not explain what is on its way back',
    ],
    [
      'a share that is not the money',
      'update orders set shipped_minor = 4000',
      'I23: The shares of the parcels are not the total, or an order is shipped before all of it has left',
    ],
    [
      'a refund above the total',
      'update return_request set refund_minor = 5000',
      'I24: The returns of this order give back more than was paid',
    ],
    [
      'an exchange that no order was made for',
      `update return_request set exchange_id = '${order}'`,
      'I24: A return and the order that was sent instead do not tell the same of its money',
    ],
  ])('finds %s', async (_name, damage, offence) => {
    expect(await auditAfter(damage)).toContain(offence)
  })

  it('finds a return that says more than payment gave, or that payment knows nothing of', async () => {
    const offence = ['I24: Payment did not give back what this return says']
    expect(await auditAfter('', [])).toEqual(offence)
    expect(await auditAfter('', [{ id: back, minor: 1000 }])).toEqual(offence)
  })
})
