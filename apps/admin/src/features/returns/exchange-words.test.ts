import { describe, expect, it } from 'vitest'
import { exchangeChoices, exchangeStateText } from './exchange-words.ts'

const none = { amount: 0, currency: 'EUR' as const }
const option = {
  sku: 'L',
  name: 'Shirt',
  optionsLabel: 'Large',
  isSame: false,
  isAvailable: true,
  toPay: none,
  refund: none,
}

describe('exchangeChoices', () => {
  it('begins with the money and says what each variant costs', () => {
    const labels = exchangeChoices(
      [
        option,
        { ...option, sku: 'M', isSame: true },
        { ...option, sku: 'XL', optionsLabel: 'Extra large', toPay: { ...none, amount: 500 } },
        { ...option, sku: 'S', optionsLabel: 'Small', refund: { ...none, amount: 400 } },
        { ...option, sku: 'XS', optionsLabel: '', isAvailable: false },
      ],
      null,
    )
    expect(labels.map(({ label }) => label)).toEqual([
      'Money back',
      'Large (even)',
      'The same again (even)',
      'Extra large (€5.00 to pay)',
      'Small (€4.00 back)',
      'Shirt (sold out)',
    ])
    expect(labels.at(-1)?.isDisabled).toBe(true)
  })
  it('keeps what was wished for, also when it is not sold any more, and lists it once', () => {
    const wished = { sku: 'L', name: 'Shirt', optionsLabel: 'Large', imageUrl: null }
    expect(exchangeChoices([], wished)).toEqual([
      { value: '', label: 'Money back' },
      { value: 'L', label: 'Large' },
    ])
    expect(exchangeChoices([option], wished)).toHaveLength(2)
  })
})

describe('exchangeStateText', () => {
  it('tells what is waited for and why it ended', () => {
    const payment = { draftId: 'd', draftToken: null }
    expect(exchangeStateText({ state: 'started', reason: null, payment })).toMatch(/customer to pay/)
    expect(exchangeStateText({ state: 'started', reason: null, payment: null })).toBe('Being ordered.')
    expect(exchangeStateText({ state: 'ended', reason: 'expired', payment: null })).toMatch(
      /not paid in time/,
    )
  })
})
