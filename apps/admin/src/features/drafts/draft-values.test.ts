import { describe, expect, it } from 'vitest'
import { emptyDraft, readValues } from './draft-values.ts'

const draft = { id: '019a9c5e-0f00-7abc-8def-0123456789ab', version: 0 }
const mug = { sku: 'MUG', name: 'Mug', optionsLabel: 'Oat', quantity: '2', unitPrice: '' }
const filled = {
  ...emptyDraft,
  email: 'maya@example.com',
  name: 'Maya Lind',
  line1: 'Lindenweg 4',
  postalCode: '10115',
  city: 'Berlin',
  lines: [mug],
}

describe('the values of a draft', () => {
  it('become a command; an empty price leaves the product its own', () => {
    const read = readValues({ ...filled, country: ' de ', discount: '5' }, draft)
    expect(read).toMatchObject({
      status: 'ok',
      input: {
        lines: [{ sku: 'MUG', quantity: 2 }],
        discount: { amount: 500, currency: 'EUR' },
        shippingAddress: { country: 'DE' },
      },
    })
    expect(JSON.stringify(read)).not.toContain('unitPrice')
  })

  it.each([
    ['nothing to sell', { lines: [] }, 'lines'],
    ['half a piece', { lines: [{ ...mug, quantity: '0.5' }] }, 'lines.0.quantity'],
    ['a price in words', { lines: [{ ...mug, unitPrice: 'cheap' }] }, 'lines.0.unitPrice'],
    ['a discount below zero', { discount: '-5' }, 'discount'],
    ['no address', { line1: ' ' }, 'shippingAddress.line1'],
    ['no e-mail', { email: 'maya' }, 'email'],
    ['a year', { validDays: '365' }, 'validDays'],
  ])('name the field for %s', (_what, over, field) => {
    const read = readValues({ ...filled, ...over }, draft)
    expect(read.status === 'wrong' && [...read.errors.keys()]).toEqual([field])
  })
})
