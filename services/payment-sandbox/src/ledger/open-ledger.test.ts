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

describe('settled charges', () => {
  const long = new Date(Date.now() - 48 * 3_600_000).toISOString()
  const idOf = (number: number) => `ch_${String(number).padStart(32, '0')}`
  /** Two days old and beyond the ten that are kept; then the log is written anew. */
  function grown(change: (number: number, each: Charge) => Charge = (_, each) => each) {
    const path = newPath()
    const ledger = openLedger(path, 1_000_000, 10)
    for (let number = 1; number <= 30; number += 1)
      ledger.commit({
        charge: change(number, charge(idOf(number), 0, long)),
        answer: { key: `k${number}`, hash: 'h', status: 201 },
      })
    return { path, ledger }
  }
  function again({ path, ledger }: ReturnType<typeof grown>) {
    ledger.close()
    return openLedger(path, 2_000, 10)
  }

  test('of long ago are forgotten beyond the newest, also by the file', () => {
    const first = grown()
    let ledger = again(first)
    for (let copy = 0; copy < 2; copy += 1) {
      expect(ledger.counts().charges).toBe(10)
      expect([...ledger.charges()][0]?.id).toBe(idOf(21))
      expect(ledger.chargeByKey(`key-${idOf(20)}`)).toBeUndefined()
      expect(ledger.chargesByReference(`payment-${idOf(20)}`)).toEqual([])
      expect(ledger.forgottenThrough()).toBe(idOf(20))
      ledger = again({ path: first.path, ledger })
    }
    ledger.close()
  })

  test('that may still be asked for with their key are kept, however many', () => {
    const now = new Date().toISOString()
    const ledger = again(grown((_, each) => ({ ...each, updatedAt: now })))
    expect(ledger.counts().charges).toBe(30)
    expect(ledger.answer('k1')).toMatchObject({ body: expect.stringContaining(idOf(1)) })
    expect(ledger.chargeByKey(`key-${idOf(1)}`)?.id).toBe(idOf(1))
    expect(ledger.forgottenThrough()).toBeNull()
    ledger.close()
  })

  test('are the only ones: what is open, being refunded or not told yet stays', () => {
    const first = grown((number, each) =>
      number === 1 ? { ...each, status: 'authorized', capturedAmount: 0 } : each,
    )
    const refund = {
      object: 'refund' as const,
      id: 're_1',
      charge: idOf(2),
      chargeReference: 'x',
      reference: 'r',
      idempotencyKey: 'rk',
      amount: 1,
      currency: 'EUR',
      status: 'pending' as const,
      failure: null,
      createdAt: long,
      updatedAt: long,
    }
    const other = {
      ...refund,
      id: 're_3',
      charge: idOf(4),
      idempotencyKey: 'rk4',
      status: 'succeeded' as const,
    }
    first.ledger.commit({ refund })
    first.ledger.commit({ refund: other })
    first.ledger.commit({
      charge: charge(idOf(3), 1, long),
      event: { id: 'evt_1', type: 'charge.captured', createdAt: long },
    })
    const ledger = again(first)
    expect([...ledger.charges()].slice(0, 4).map(({ id }) => id)).toEqual([1, 2, 3, 21].map(idOf))
    expect(ledger.refundsOf(idOf(2))).toHaveLength(1)
    expect(ledger.refundByKey('rk4')).toBeUndefined()
    expect(ledger.counts().refunds).toBe(1)
    ledger.close()
  })
})
