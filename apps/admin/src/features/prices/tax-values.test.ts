import { describe, expect, test } from 'vitest'
import { newRate, taxRulesOf, taxValuesOf } from './tax-values.ts'

const germany = {
  country: 'DE',
  pricesIncludeTax: true,
  rates: [
    { region: '', taxClass: 'standard', rateBasisPoints: 1900 },
    { region: '', taxClass: 'reduced', rateBasisPoints: 750 },
  ],
  version: 3,
}

describe('a country’s taxes in the form', () => {
  test('go back as they came when nothing was typed', () => {
    const values = taxValuesOf(germany)
    expect(values.rates.map(({ percent }) => percent)).toEqual(['19', '7.50'])
    const { version: _, ...rules } = germany
    expect(taxRulesOf(values)).toEqual({ rules })
  })

  test.each([
    ['nothing', ''],
    ['words', 'nineteen'],
    ['more than all of it', '100.01'],
    ['less than nothing', '-1'],
  ])('%s is no rate, and the row says so', (_what, percent) => {
    const values = { ...taxValuesOf(germany), rates: [{ ...newRate(), percent }] }
    expect(taxRulesOf(values)).toEqual({
      faults: { 'rates.0.rateBasisPoints': 'Between 0 and 100 per cent.' },
    })
  })

  test.each(['', 'D', 'de', 'DEU'])('"%s" is no country', (country) => {
    expect(taxRulesOf({ ...taxValuesOf(germany), country })).toEqual({
      faults: { country: 'Two capital letters, such as DE.' },
    })
  })

  test('two new rows are never the same row', () => {
    expect(newRate().key).not.toBe(newRate().key)
  })
})
