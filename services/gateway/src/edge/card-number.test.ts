import { describe, expect, it } from 'vitest'
import { mayHoldCardNumber, refuseCardNumbers } from './card-number.ts'

const cards = [
  '4242424242424242',
  '4242 4242 4242 4242',
  '4242-4242-4242-4242',
  'my card is 5555555555554444, thanks',
  '378282246310005',
  '6011111111111117',
  '4222222222222',
  '6304000000000000000',
]
const harmless = [
  '4242424242424241',
  '0193a1b2-7c3d-7e4f-8a5b-123456789012',
  '12345678-9012-7345-8678-901234567890',
  '2026-11-20T12:34:56.789Z',
  'tok_visa',
  '123456789012',
  '42424242424242424242424242',
]

describe('card numbers', () => {
  it.each(cards)('finds %s', (text) => {
    expect(mayHoldCardNumber(JSON.stringify({ name: text }))).toBe(true)
    expect(() => refuseCardNumbers({ address: { lines: ['x', text] } })).toThrow(/must not be sent/)
  })

  it.each(harmless)('lets %s through', (text) => {
    expect(() => refuseCardNumbers({ note: text })).not.toThrow()
  })

  it('names the field and never repeats the number', () => {
    const read = () => refuseCardNumbers({ items: [{ note: '4242424242424242' }] })
    expect(read).toThrow(
      expect.objectContaining({
        details: expect.objectContaining({ errors: [expect.objectContaining({ path: 'items.0.note' })] }),
      }),
    )
    try {
      read()
    } catch (error) {
      expect(JSON.stringify(error)).not.toContain('4242')
    }
  })

  it('finds one hidden behind escapes or used as a key', () => {
    const hidden = '{"name":"\\u0034242424242424242"}'
    expect(mayHoldCardNumber(hidden)).toBe(true)
    expect(() => refuseCardNumbers(JSON.parse(hidden))).toThrow()
    expect(() => refuseCardNumbers({ '4242424242424242': true })).toThrow()
  })

  it('knows that phones, barcodes and parcels have long numbers too', () => {
    // Each passes the check digit of cards.
    expect(() => refuseCardNumbers({ phone: '+49 1512 3456787', barcode: '4006381333932' })).not.toThrow()
    expect(() => refuseCardNumbers({ trackingNumber: '00340451234561' })).not.toThrow()
    expect(() => refuseCardNumbers({ phone: '4242424242424242' })).toThrow()
  })
})

it('refuses a body that is nested without end', () => {
  const deep = JSON.parse(`${'['.repeat(50_000)}"4242424242424242"${']'.repeat(50_000)}`)
  expect(() => refuseCardNumbers(deep)).toThrow(/nested too deeply/)
})
