import { describe, expect, it } from 'vitest'
import { exchangeStateWords, exchangeWords, returnableLines, returnProgress } from './return-words.ts'

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

describe('exchangeStateWords', () => {
  const none = { amount: 0, currency: 'EUR' as const }
  const lines = [
    { sku: 'L', name: 'Shirt', optionsLabel: 'Large', quantity: 2, unitPrice: none, total: none },
  ]
  const exchange = { state: 'open' as const, lines, payment: null }
  it('says what is held, what is to be paid and what became of it', () => {
    expect(exchangeStateWords(exchange)).toMatch(/^We hold for you: 2 × Shirt, Large\./)
    const payment = { draftId: 'd', draftToken: 't' }
    expect(exchangeStateWords({ ...exchange, state: 'started', payment })).toMatch(/Pay the difference/)
    expect(exchangeStateWords({ ...exchange, state: 'started' })).toMatch(/preparing/)
    expect(exchangeStateWords({ ...exchange, state: 'placed' })).toMatch(/^You get instead/)
    expect(exchangeStateWords({ ...exchange, state: 'ended' })).toMatch(/did not come about/)
  })
})
