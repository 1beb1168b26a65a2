import { newId } from '@souk/kernel/id'
import { type SaveTaxCountry, type TaxCountry, taxClassNames } from '@souk/order/contract'
import { amountText, parseAmount } from '../../money-text.ts'

export type TaxClass = (typeof taxClassNames)[number]
/** `key` names a row while it is typed, and goes nowhere. */
export type RateValues = { key: string; region: string; taxClass: TaxClass; percent: string }
export type TaxValues = { country: string; pricesIncludeTax: boolean; rates: RateValues[] }
/** By path, as the shop names them too: `rates.0.rateBasisPoints`. */
export type TaxFaults = Readonly<Record<string, string>>
type TaxRules = Pick<SaveTaxCountry, 'country' | 'pricesIncludeTax' | 'rates'>

export function newRate(): RateValues {
  return { key: newId(), region: '', taxClass: 'standard', percent: '' }
}

export function taxClassOf(name: string): TaxClass {
  return taxClassNames.find((known) => known === name) ?? 'standard'
}

export function taxValuesOf(country: TaxCountry | undefined): TaxValues {
  if (!country) return { country: '', pricesIncludeTax: true, rates: [newRate()] }
  return {
    country: country.country,
    pricesIncludeTax: country.pricesIncludeTax,
    rates: country.rates.map(({ region, taxClass, rateBasisPoints }) => ({
      key: newId(),
      region,
      taxClass: taxClassOf(taxClass),
      percent: amountText(rateBasisPoints).replace(/\.00$/, ''),
    })),
  }
}

/** What is sent, or what has to be put right first. */
export function taxRulesOf(values: TaxValues): { rules: TaxRules } | { faults: TaxFaults } {
  const faults: Record<string, string> = {}
  if (values.country !== '*' && !/^[A-Z]{2}$/.test(values.country)) {
    faults.country = 'Two capital letters, such as DE.'
  }
  const rates = values.rates.map(({ region, taxClass, percent }, index) => {
    const rateBasisPoints = parseAmount(percent)
    if (rateBasisPoints === undefined || rateBasisPoints > 10_000) {
      faults[`rates.${index}.rateBasisPoints`] = 'Between 0 and 100 per cent.'
    }
    return { region: region.trim(), taxClass, rateBasisPoints: rateBasisPoints ?? 0 }
  })
  const { country, pricesIncludeTax } = values
  return Object.keys(faults).length > 0 ? { faults } : { rules: { country, pricesIncludeTax, rates } }
}
