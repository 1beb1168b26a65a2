import { basisPointsOf, taxIncluded } from '@souk/kernel/money'

/** Tax classes to basis points, for the place the order goes to. */
export type TaxRates = Readonly<Record<string, number>>
export type TaxRules = { rates: TaxRates; pricesIncludeTax: boolean }
export type TaxLine = { rateBasisPoints: number; netMinor: number; taxMinor: number }
export type Taxed = { rateBasisPoints: number; netMinor: number; taxMinor: number; grossMinor: number }

/** Shipping is taxed like goods of this class. */
export const shippingTaxClass = 'standard'

/** The tax on one amount, rounded once. Net and tax always make the gross. */
export function taxOn(amountMinor: number, taxClass: string, rules: TaxRules): Taxed {
  const rateBasisPoints = rules.rates[taxClass] ?? 0
  if (!rules.pricesIncludeTax) {
    const taxMinor = basisPointsOf(amountMinor, rateBasisPoints)
    return { rateBasisPoints, netMinor: amountMinor, taxMinor, grossMinor: amountMinor + taxMinor }
  }
  const taxMinor = taxIncluded(amountMinor, rateBasisPoints)
  return { rateBasisPoints, netMinor: amountMinor - taxMinor, taxMinor, grossMinor: amountMinor }
}

/** One line a rate, dearest rate first: the sums of what was taxed at it. */
export function taxLinesOf(taxed: readonly Taxed[]): TaxLine[] {
  const byRate = new Map<number, TaxLine>()
  for (const { rateBasisPoints, netMinor, taxMinor } of taxed) {
    const known = byRate.get(rateBasisPoints) ?? { rateBasisPoints, netMinor: 0, taxMinor: 0 }
    byRate.set(rateBasisPoints, {
      rateBasisPoints,
      netMinor: known.netMinor + netMinor,
      taxMinor: known.taxMinor + taxMinor,
    })
  }
  return [...byRate.values()]
    .filter(({ netMinor, taxMinor }) => netMinor + taxMinor > 0)
    .sort((a, b) => b.rateBasisPoints - a.rateBasisPoints)
}

export type TaxTable = {
  countries: readonly { country: string; pricesIncludeTax: boolean }[]
  rates: readonly { country: string; region: string; taxClass: string; rateBasisPoints: number }[]
}

/** Everywhere else, and where prices are shown before the buyer said where the order goes. */
export const anyCountry = '*'

/** A region's rates over its country's over those of everywhere else. */
export function taxRulesFor(table: TaxTable, country: string, region: string | undefined): TaxRules {
  const asked = normalRegion(region)
  const pick = (wanted: string, part: string) =>
    table.rates
      .filter((rate) => rate.country === wanted && rate.region === part)
      .map((rate) => [rate.taxClass, rate.rateBasisPoints] as const)
  const setting =
    table.countries.find((each) => each.country === country) ??
    table.countries.find((each) => each.country === anyCountry)
  return {
    rates: Object.fromEntries([
      ...pick(anyCountry, ''),
      ...pick(country, ''),
      ...(asked === '' ? [] : pick(country, asked)),
    ]),
    pricesIncludeTax: setting?.pricesIncludeTax ?? true,
  }
}

/** `ca ` and `CA` are one region; it is written by hand in an address. */
export function normalRegion(region: string | undefined): string {
  return (region ?? '').trim().toUpperCase()
}
