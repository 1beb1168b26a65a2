import { createTestDatabase, type TestDatabase } from '@souk/db/testing'
import { testServers } from '@souk/testing/env'
import { Client } from 'pg'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { bookChecks } from '../src/book-checks.ts'

const id = (last: string) => `01930000-0000-7000-8000-0000000000${last}`
const [first, second, transfer, whole, part] = ['0a', '0b', '0c', '0d', '0e'].map(id)

/** A sound story: 48.00 was taken, 20.00 of it paid a second order, and 5.00 of that went back. */
const sound = `
  insert into payment (id, order_id, provider, provider_charge_id, status, method_type, method_label, request_hash,
    capture_mode, currency, amount_minor, authorized_minor, captured_minor, refunded_minor, return_url, transferred_minor)
  values ('${first}', '${first}', 'sandbox', 'ch_1', 'captured', 'card', 'Card', 'x', 'automatic', 'EUR', 4800, 4800,
    4800, 500, 'http://shop.test/', 1500);
  insert into payment (id, order_id, provider, status, method_type, method_label, request_hash, capture_mode, currency,
    amount_minor, return_url, transfer_minor, transfer_status, transfer_given_minor)
  values ('${second}', '${second}', 'transfer', 'captured', 'transfer', 'Already paid', 'x', 'automatic', 'EUR', 0,
    'http://shop.test/', 2000, 'spent', 500);
  insert into transfer (id, from_payment_id, to_payment_id, amount_minor, back_minor, currency, status, ended_at)
  values ('${transfer}', '${first}', '${second}', 2000, 500, 'EUR', 'spent', now());
  insert into refund (id, payment_id, status, amount_minor, transfer_minor, currency, reason, requested_by, request_hash, debit_account)
  values ('${whole}', '${second}', 'succeeded', 0, 500, 'EUR', 'x', 'staff', '', 'refunds');
  insert into refund (id, payment_id, status, amount_minor, of_refund_id, currency, reason, requested_by, request_hash, debit_account)
  values ('${part}', '${first}', 'succeeded', 500, '${whole}', 'EUR', 'x', 'staff', '', 'transfer');
  insert into journal_entry (id, payment_id, kind, source_id) values
    ('${id('21')}', '${first}', 'capture', '${first}'), ('${id('22')}', '${first}', 'transfer_out', '${transfer}'),
    ('${id('23')}', '${second}', 'transfer_in', '${transfer}'), ('${id('24')}', '${first}', 'refund_for_another', '${part}'),
    ('${id('25')}', '${second}', 'refund', '${whole}');
  insert into journal_posting (entry_id, line, account, debit_minor, credit_minor, currency) values
    ('${id('21')}', 1, 'provider', 4800, 0, 'EUR'), ('${id('21')}', 2, 'revenue', 0, 4800, 'EUR'),
    ('${id('22')}', 1, 'revenue', 2000, 0, 'EUR'), ('${id('22')}', 2, 'transfer', 0, 2000, 'EUR'),
    ('${id('23')}', 1, 'transfer', 2000, 0, 'EUR'), ('${id('23')}', 2, 'revenue', 0, 2000, 'EUR'),
    ('${id('24')}', 1, 'transfer', 500, 0, 'EUR'), ('${id('24')}', 2, 'provider', 0, 500, 'EUR'),
    ('${id('25')}', 1, 'refunds', 500, 0, 'EUR'), ('${id('25')}', 2, 'transfer', 0, 500, 'EUR');`

let database: TestDatabase
let client: Client
beforeAll(async () => {
  database = await createTestDatabase('payment', testServers.databaseUrl)
  client = new Client({ connectionString: database.url })
  await client.connect()
  await client.query(`begin; set local session_replication_role = replica; ${sound}; commit`)
})
afterAll(async () => {
  await client?.end()
  await database?.drop()
})

/** What the checks say after `damage`, done past the guards of the database and undone again. */
async function auditAfter(damage: string): Promise<string[]> {
  await client.query('begin')
  try {
    await client.query(`set local session_replication_role = replica;
      alter table payment drop constraint payment_given_back, drop constraint payment_transfer_given;
      alter table transfer drop constraint transfer_back; ${damage}`)
    const sql = async <Row extends object>(_: string, text: string, values: unknown[] = []) =>
      (await client.query(text, values)).rows as Row[]
    const found: string[] = []
    for (const check of bookChecks) {
      const { offences } = await check.run({ graceSeconds: 0, sql, groups: async () => [] })
      found.push(...offences.map(({ what }) => `${check.id}: ${what}`))
    }
    return found
  } finally {
    await client.query('rollback')
  }
}

const sums = 'I5: The sums of this payment do not hold'
const refunds = 'I5: The refunds of this payment do not add up to its sums'
const left = 'I5: What left this payment for others is not what they got and have not given back'
const moved = 'I5: What this payment counts as moved to it is not what was moved'
const back = 'I5: What came back of this transfer is not what is refunded where it came from'
const pair = 'I5: A refund and the one that was made for it where its money came from do not fit'
const journal = 'I6: The journal and the sums of this payment differ'

describe('the audit of money that moved between payments', () => {
  it('is content with a sound story, also while the transfer was held', async () => {
    expect(await auditAfter('')).toEqual([])
    expect(
      await auditAfter(`
        delete from refund; delete from journal_posting where entry_id <> '${id('21')}';
        delete from journal_entry where id <> '${id('21')}';
        update payment set refunded_minor = 0, transferred_minor = 2000 where id = '${first}';
        update payment set status = 'created', amount_minor = 100, transfer_status = 'held', transfer_given_minor = 0
          where id = '${second}';
        update transfer set status = 'held', ended_at = null, back_minor = 0`),
    ).toEqual([])
  })

  it.each([
    [
      'more was moved on than was taken',
      `update payment set transferred_minor = 4801 where id = '${first}'`,
      [sums, left],
    ],
    ['money is on both sides', `update payment set transferred_minor = 0 where id = '${first}'`, [left]],
    ['money is on neither side', `update payment set transfer_minor = 1999 where id = '${second}'`, [moved]],
    ['a transfer is gone', 'delete from transfer', [left, moved, pair, journal, journal]],
    [
      'one was released and spent at once',
      `update transfer set status = 'released'`,
      [left, moved, journal, journal],
    ],
    ['more came back than is refunded', 'update transfer set back_minor = 600', [left, back]],
    [
      'a refund has no part at the earlier payment',
      `delete from refund where id = '${part}'`,
      [refunds, back, pair, journal],
    ],
    [
      'it has another amount there',
      `update refund set amount_minor = 400 where id = '${part}'`,
      [refunds, back, pair, journal],
    ],
    [
      'it is still open there',
      `update refund set status = 'pending' where id = '${part}'`,
      [refunds, pair, journal],
    ],
    [
      'it is told twice',
      `update payment set transfer_given_minor = 1000 where id = '${second}'`,
      [refunds, journal],
    ],
    ['the journal forgot a side', `delete from journal_posting where entry_id = '${id('23')}'`, [journal]],
    [
      'the journal took more',
      `update journal_posting set debit_minor = 4900 where entry_id = '${id('21')}' and line = 1`,
      ['I6: Debits and credits differ', journal],
    ],
  ])('sees that %s', async (_name, damage, found) => {
    expect((await auditAfter(damage)).sort()).toEqual([...found].sort())
  })
})
