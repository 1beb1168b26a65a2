import { describe, expect, it } from 'vitest'
import { exchangeWords, returnableLines, returnProgress } from './return-words.ts'

const mug = {
  sku: 'MUG',
  name: 'Mug',
  optionsLabel: 'Oat',
  returnableQuantity: 1,
}
const now = new Date('2026-11-21T12:00:00Z')

describe('returnableLines', () => {
  const order = { items: [mug], returnableUntil: '2026-12-01T00:00:00Z' }
  it('are those of which the shop takes something back, as many as it says', () => {
    expect(returnableLines(order, now)).toMatchObject([{ sku: 'MUG', left: 1 }])
    expect(returnableLines({ ...order, items: [{ ...mug, returnableQuantity: 0 }] }, now)).toEqual([])
  })
  it('is empty before delivery, and once the time is over on an open page', () => {
    expect(returnableLines({ ...order, returnableUntil: null }, now)).toEqual([])
    expect(returnableLines({ ...order, returnableUntil: '2026-11-21T11:59:59Z' }, now)).toEqual([])
  })
})

describe('returnProgress', () => {
  it('ends with the money and knows no way for what was declined', () => {
    expect(returnProgress({ status: 'requested' })?.reached).toBe(0)
    expect(returnProgress({ status: 'refunding' })?.reached).toBe(2)
    expect(returnProgress({ status: 'completed' })?.reached).toBe(3)
    expect(returnProgress({ status: 'declined' })).toBeUndefined()
  })
})

describe('exchangeWords', () => {
  const none = { amount: 0, currency: 'EUR' as const }
  const option = { optionsLabel: 'Large', isSame: false, isAvailable: true, toPay: none, refund: none }
  it.each([
    [{}, 'Exchange for Large (nothing to pay)'],
    [{ isSame: true }, 'The same again (nothing to pay)'],
    [{ toPay: { ...none, amount: 500 } }, 'Exchange for Large (€5.00 to pay)'],
    [{ refund: { ...none, amount: 400 } }, 'Exchange for Large (€4.00 back)'],
    [{ isAvailable: false, toPay: { ...none, amount: 500 } }, 'Exchange for Large (sold out)'],
  ])('says for %j what it costs', (over, words) => {
    expect(exchangeWords({ ...option, ...over })).toBe(words)
  })
})
