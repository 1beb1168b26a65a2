import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type CreditRecord, changeOf, objectionTo, planCredit, spreadBack, verbAccounts } from './credit.ts'
import { codeOf, hashCode, readCode } from './credit-code.ts'

const now = new Date('2026-11-20T12:00:00Z')
const card = (over: Partial<CreditRecord> = {}): CreditRecord => ({
  id: 'card',
  kind: 'gift_card',
  userId: null,
  last4: '7K2M',
  status: 'active',
  currency: 'EUR',
  balanceMinor: 5000,
  heldMinor: 0,
  expiresAt: null,
  note: null,
  recipientEmail: null,
  issuedBy: 'staff',
  requestHash: '',
  createdAt: now,
  ...over,
})
const bill = {
  amountMinor: 8000,
  currency: 'EUR' as const,
  expectedMinor: undefined,
  hasOtherMethod: true,
  now,
}

describe('what credit pays of an order', () => {
  test('no more than is there, and no more than the order costs; the rest is paid otherwise', () => {
    const balances = fc.array(fc.integer({ min: 0, max: 10_000 }), { minLength: 1, maxLength: 2 })
    fc.assert(
      fc.property(balances, fc.integer({ min: 1, max: 15_000 }), (sums, amountMinor) => {
        const credits = sums.map((balanceMinor, index) => card({ id: `card-${index}`, balanceMinor }))
        const plan = planCredit(credits, { ...bill, amountMinor })
        const there = sums.reduce((a, b) => a + b, 0)
        if (there === 0) return plan.kind === 'refused'
        return (
          plan.kind === 'taken' &&
          plan.creditMinor === Math.min(there, amountMinor) &&
          plan.creditMinor + plan.restMinor === amountMinor &&
          plan.parts.every(({ creditId, amountMinor: part }) => {
            const own = credits.find(({ id }) => id === creditId)
            return own !== undefined && part > 0 && part <= own.balanceMinor
          }) &&
          plan.parts.reduce((sum, part) => sum + part.amountMinor, 0) === plan.creditMinor
        )
      }),
    )
  })

  test('the first is emptied before the second is touched', () => {
    const credits = [card({ id: 'a', balanceMinor: 3000 }), card({ id: 'b', balanceMinor: 9000 })]
    expect(planCredit(credits, bill)).toMatchObject({
      parts: [
        { creditId: 'a', amountMinor: 3000 },
        { creditId: 'b', amountMinor: 5000 },
      ],
      restMinor: 0,
    })
  })

  test.each([
    ['less is there than the buyer saw', [card()], { expectedMinor: 6000 }, /Only €50\.00 is left/],
    ['nothing is there', [card({ balanceMinor: 0 })], {}, /nothing left/],
    ['it does not cover all and nothing else pays', [card()], { hasOtherMethod: false }, /covers only/],
    ['it is disabled', [card({ status: 'disabled' })], {}, /not valid any more/],
    ['it has expired', [card({ expiresAt: now })], {}, /expired/],
  ])('nothing is taken when %s', (_name, credits, over, words) => {
    const plan = planCredit(credits, { ...bill, ...over })
    expect(plan).toMatchObject({ kind: 'refused', message: expect.stringMatching(words) })
  })

  test('never more than the buyer saw, though more is there by now', () => {
    expect(planCredit([card()], { ...bill, expectedMinor: 1000 })).toMatchObject({
      creditMinor: 1000,
      restMinor: 7000,
    })
  })

  test('a card of another currency pays nothing', () => {
    const foreign = { ...card(), currency: 'USD' as 'EUR' }
    expect(objectionTo(foreign, 'EUR', now)).toMatch(/USD/)
  })
})

test('every verb moves between two accounts, and only what we owe stands on the credit', () => {
  for (const verb of Object.keys(verbAccounts) as (keyof typeof verbAccounts)[]) {
    const { debit, credit } = verbAccounts[verb]
    expect(debit).not.toBe(credit)
    const owed = [debit, credit].filter((account) => account === 'balance' || account === 'held')
    const change = changeOf(verb, 'balance', 100) + changeOf(verb, 'held', 100)
    expect(change).toBe(owed.length === 2 ? 0 : credit === owed[0] ? 100 : -100)
  }
})

test('what goes back never exceeds what was used, and what was used last comes first', () => {
  const uses = [
    { creditId: 'a', amountMinor: 3000, backMinor: 0 },
    { creditId: 'b', amountMinor: 2000, backMinor: 500 },
  ]
  expect(spreadBack(uses, 1000)).toEqual([{ creditId: 'b', amountMinor: 1000 }])
  expect(spreadBack(uses, 4500)).toEqual([
    { creditId: 'b', amountMinor: 1500 },
    { creditId: 'a', amountMinor: 3000 },
  ])
  expect(() => spreadBack(uses, 4501)).toThrow(/more is to go back/)
})

describe('a code', () => {
  const secret = 'a-secret-for-tests'

  test('is of 100 bits, the same for the same card, another for another card or secret', () => {
    const codes = new Set(Array.from({ length: 2000 }, (_, index) => codeOf(`card-${index}`, secret)))
    expect(codes.size).toBe(2000)
    for (const code of codes) expect(code).toMatch(/^([0-9A-HJKMNP-TV-Z]{4}-){4}[0-9A-HJKMNP-TV-Z]{4}$/)
    expect(codeOf('card-1', secret)).toBe(codeOf('card-1', secret))
    expect(codeOf('card-1', 'another')).not.toBe(codeOf('card-1', secret))
    expect(hashCode('X', secret)).not.toBe(hashCode('X', 'another'))
  })

  test('is read as it was meant: any case, spaces or dashes, O for 0, I and L for 1', () => {
    expect(readCode(' 0a1b-2c3d 4e5f-6g7h-8j9k ')).toBe('0A1B2C3D4E5F6G7H8J9K')
    expect(readCode('oAlB2C3D4E5F6G7H8J9K')).toBe('0A1B2C3D4E5F6G7H8J9K')
    for (const wrong of ['', '0A1B', '0A1B2C3D4E5F6G7H8J9U', 'x'.repeat(10_000)]) {
      expect(readCode(wrong)).toBeUndefined()
    }
  })
})
