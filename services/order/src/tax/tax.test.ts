import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { taxLinesOf, taxOn, taxRulesFor } from './tax.ts'

const table = {
  countries: [
    { country: '*', pricesIncludeTax: true },
    { country: 'US', pricesIncludeTax: false },
  ],
  rates: [
    { country: '*', region: '', taxClass: 'standard', rateBasisPoints: 2000 },
    { country: '*', region: '', taxClass: 'reduced', rateBasisPoints: 1000 },
    { country: 'DE', region: '', taxClass: 'standard', rateBasisPoints: 1900 },
    { country: 'US', region: '', taxClass: 'standard', rateBasisPoints: 0 },
    { country: 'US', region: 'CA', taxClass: 'standard', rateBasisPoints: 725 },
  ],
}

describe('tax', () => {
  test.each([
    ['FR', undefined, { standard: 2000, reduced: 1000 }, true],
    ['DE', 'Bayern', { standard: 1900, reduced: 1000 }, true],
    ['US', undefined, { standard: 0, reduced: 1000 }, false],
    ['US', ' ca ', { standard: 725, reduced: 1000 }, false],
  ])(
    '%s %s: a region goes before its country, a country before all others',
    (country, region, rates, pricesIncludeTax) => {
      expect(taxRulesFor(table, country, region)).toEqual({ rates, pricesIncludeTax })
    },
  )

  test('net and tax make the gross, for any amount and rate', () => {
    const amounts = fc.integer({ min: 0, max: 1_000_000_000 })
    fc.assert(
      fc.property(
        amounts,
        fc.integer({ min: 0, max: 10_000 }),
        fc.boolean(),
        (amount, rate, pricesIncludeTax) => {
          const taxed = taxOn(amount, 'any', { rates: { any: rate }, pricesIncludeTax })
          expect(taxed.netMinor + taxed.taxMinor).toBe(taxed.grossMinor)
          expect(pricesIncludeTax ? taxed.grossMinor : taxed.netMinor).toBe(amount)
          expect(taxed.taxMinor).toBeGreaterThanOrEqual(0)
          const [line] = taxLinesOf([taxed, taxed])
          expect((line?.netMinor ?? 0) + (line?.taxMinor ?? 0)).toBe(taxed.grossMinor * 2)
        },
      ),
    )
  })
})
