import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, test } from 'vitest'
import type { Charge } from '../charge/charge.ts'
import { openLedger } from './open-ledger.ts'

const folder = mkdtempSync(join(tmpdir(), 'souk-ledger-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))
const newPath = () => join(folder, `${crypto.randomUUID()}.jsonl`)

function charge(id: string, revision: number, updatedAt = new Date().toISOString()): Charge {
  return {
    object: 'charge',
    id,
    reference: `payment-${id}`,
    idempotencyKey: `key-${id}`,
    amount: 4800,
    currency: 'EUR',
    status: 'captured',
    capture: true,
    capturedAmount: 4800,
    refundedAmount: revision,
    method: { type: 'card', label: 'Card' },
    action: null,
    failure: null,
    returnUrl: 'http://shop.example/',
    expiresAt: null,
    createdAt: updatedAt,
    updatedAt,
    revision,
  }
}

describe('a log that has grown', () => {
  test('is written anew with all that is still true, and goes on', () => {
    const path = newPath()
    const limit = 20_000
    const ledger = openLedger(path, limit)
    const answer = { key: 'a', hash: 'h', status: 201 }
    ledger.commit({ charge: charge('ch_1', 0), answer })
    const event = { id: 'evt_1', type: 'charge.captured', createdAt: new Date().toISOString() }
    ledger.commit({ charge: charge('ch_2', 0), event })
    for (let revision = 1; revision <= 300; revision += 1) ledger.commit({ charge: charge('ch_1', revision) })
    expect(statSync(path).size).toBeLessThanOrEqual(limit + 1000)
    ledger.close()
    const again = openLedger(path, limit)
    expect(again.charge('ch_1')?.revision).toBe(300)
    expect(again.chargeByKey('key-ch_2')?.id).toBe('ch_2')
    expect(again.answer('a')).toMatchObject({ hash: 'h', status: 201, body: expect.stringContaining('ch_1') })
    expect(JSON.parse(again.answer('a')?.body ?? '{}').revision).toBe(0)
    expect([...again.undelivered()].map(({ id }) => id)).toEqual(['evt_1'])
    again.close()
  })

  test('is shortened at the start, and forgets the answers to keys of two days ago', () => {
    const path = newPath()
    const old = new Date(Date.now() - 48 * 3_600_000).toISOString()
    const ledger = openLedger(path, 1_000_000)
    for (let count = 0; count < 20; count += 1)
      ledger.commit({
        charge: charge('ch_1', count, old),
        answer: { key: `k${count}`, hash: 'h', status: 200 },
      })
    ledger.close()
    const before = statSync(path).size
    const again = openLedger(path, 2_000)
    expect(statSync(path).size).toBeLessThan(before / 10)
    expect(again.answer('k1')).toBeUndefined()
    expect(again.charge('ch_1')?.revision).toBe(19)
    again.close()
    expect(readFileSync(path, 'utf8').trim().split('\n')).toHaveLength(1)
  })
})
