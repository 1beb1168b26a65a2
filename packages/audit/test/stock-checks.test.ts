import { createTestDatabase, type TestDatabase } from '@souk/db/testing'
import { testServers } from '@souk/testing/env'
import { Client } from 'pg'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Sources } from '../src/check.ts'
import { stockChecks } from '../src/stock-checks.ts'

const main = '01930000-0000-7000-8000-000000000001'
const second = '01930000-0000-7000-8000-000000000002'
const reservation = '01930000-0000-7000-8000-00000000000a'
const order = '01930000-0000-7000-8000-00000000000b'
const transfer = '01930000-0000-7000-8000-00000000000c'

/** A sound shop: five arrived, two moved on, one sold, and an order of three waits for two of them. */
const sound = `
  insert into location (id, code, name, priority) values ('${second}', 'second', 'Second', 200);
  insert into stock_item (sku, on_hand, backordered, backorder_limit) values ('A', 4, 2, 5);
  insert into stock_level (sku, location_id, on_hand) values ('A', '${main}', 2), ('A', '${second}', 2);
  insert into reservation (id, order_id, status, request_hash, expires_at, ended_at)
    values ('${reservation}', '${order}', 'committed', 'x', now(), now());
  insert into reservation_line (reservation_id, sku, location_id, quantity) values ('${reservation}', 'A', '${main}', 1);
  insert into backorder (reservation_id, sku, quantity, waiting) values ('${reservation}', 'A', 2, 2);
  insert into transfer (id, from_location_id, to_location_id, status, created_by, received_by, received_at)
    values ('${transfer}', '${main}', '${second}', 'received', 'test', 'test', now());
  insert into transfer_line (transfer_id, sku, quantity, received) values ('${transfer}', 'A', 2, 2);
  insert into movement (sku, location_id, kind, on_hand_delta, reserved_delta, backordered_delta, on_hand_after,
                        reserved_after, reservation_id, order_id, document_id, actor) values
    ('A', '${main}', 'receipt', 5, 0, 0, 5, 0, null, null, null, 'test'),
    ('A', '${main}', 'transfer_out', -2, 0, 0, 3, 0, null, null, '${transfer}', 'test'),
    ('A', '${second}', 'transfer_in', 2, 0, 0, 2, 0, null, null, '${transfer}', 'test'),
    ('A', '${main}', 'reservation', 0, 1, 0, 3, 1, '${reservation}', '${order}', null, 'test'),
    ('A', '${main}', 'backorder', 0, 0, 2, 3, 1, '${reservation}', '${order}', null, 'test'),
    ('A', '${main}', 'sale', -1, -1, 0, 2, 0, '${reservation}', '${order}', null, 'test');`

let database: TestDatabase
let client: Client
beforeAll(async () => {
  database = await createTestDatabase('inventory', testServers.databaseUrl)
  client = new Client({ connectionString: database.url })
  await client.connect()
  await client.query(sound)
})
afterAll(async () => {
  await client?.end()
  await database?.drop()
})

/** What the checks say of the shop after `damage`, done past the guards of the database and undone again. */
async function auditAfter(damage: string, orders: object[] = [sold(3)]): Promise<string[]> {
  await client.query('begin')
  try {
    await client.query(`set local session_replication_role = replica; ${damage}`)
    const sources: Sources = {
      graceSeconds: 0,
      sql: async <Row extends object>(name: string, text: string, values: unknown[] = []) =>
        (name === 'order' ? orders : (await client.query(text, values)).rows) as Row[],
      groups: async () => [],
    }
    const found: string[] = []
    for (const check of stockChecks) {
      const { looked, offences } = await check.run(sources)
      expect(looked, check.id).toBeGreaterThanOrEqual(0)
      found.push(...offences.map(({ what }) => `${check.id}: ${what}`))
    }
    return found
  } finally {
    await client.query('rollback')
  }
}
const sold = (quantity: number, status = 'confirmed') => ({ id: order, status, units: { A: quantity } })

describe('the audit of stock', () => {
  it('finds nothing in a sound shop with transfers and promises', async () => {
    expect(await auditAfter('')).toEqual([])
  })

  it.each([
    [
      'a level without its movement',
      `update stock_level set on_hand = 3 where location_id = '${main}'`,
      'I1: The ledger does not explain this level',
    ],
    [
      'an item that forgot a level',
      'update stock_item set on_hand = 9',
      'I1: An item is not the sum of its levels',
    ],
    [
      'units held for nobody',
      `update stock_level set reserved = 1 where location_id = '${main}'`,
      'I1: What is held is not what active reservations hold',
    ],
    [
      'a promise without a ledger',
      'update stock_item set backordered = 1',
      'I1: What is promised beyond stock is not what backorders wait for, or the ledger does not explain it',
    ],
    [
      'a promise kept without a movement',
      'update backorder set waiting = 1',
      'I2: A promise is not what is left of it after it was kept and taken back, or its reservation ended otherwise',
    ],
    [
      'a promise left over from a cancelled order',
      `update reservation set status = 'restocked'`,
      'I2: A promise is not what is left of it after it was kept and taken back, or its reservation ended otherwise',
    ],
    [
      'a transfer whose second half is missing',
      `delete from movement where kind = 'transfer_in'`,
      'I1: A transfer does not balance: what left is not what arrived, came back and was missed',
    ],
    [
      'a difference that nobody wrote down',
      'update transfer_line set received = 1',
      'I1: A transfer does not balance: what left is not what arrived, came back and was missed',
    ],
    [
      'goods at a closed location',
      `update location set deactivated_at = now() where id = '${second}'`,
      'I1: A deactivated location holds goods',
    ],
    [
      'a line both sold and released',
      `drop index movement_ended_once; insert into movement (sku, location_id, kind, on_hand_delta, reserved_delta, on_hand_after, reserved_after, reservation_id, actor)
       values ('A', '${main}', 'release', 0, -1, 2, 0, '${reservation}', 'test')`,
      'I2: A line was sold or released more than once, or both',
    ],
    [
      'a hold that outlived its time',
      `insert into reservation (id, order_id, status, request_hash, expires_at)
       values ('${transfer}', '${transfer}', 'active', 'x', now() - interval '2 min')`,
      'I3: Still active long after it ran out',
    ],
    [
      'an order whose promise is gone',
      `delete from backorder`,
      'I4: Sold units differ from the confirmed order',
    ],
  ])('finds %s', async (_name, damage, offence) => {
    expect(await auditAfter(damage)).toContain(offence)
  })

  it('counts what an order waits for as its own, and nothing for a cancelled one', async () => {
    expect(await auditAfter('', [sold(1)])).toEqual(['I4: Sold units differ from the confirmed order'])
    expect(await auditAfter('', [sold(3, 'cancelled')])).toEqual([
      'I4: Sold units differ from the cancelled order',
    ])
  })
})
