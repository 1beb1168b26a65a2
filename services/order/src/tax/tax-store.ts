import type { Sql } from '@souk/db/connect'
import type { TaxCountry } from '../contract.ts'
import type { TaxTable } from './tax.ts'

type CountryRow = {
  country: string
  prices_include_tax: boolean
  version: number
  rates: { region: string; taxClass: string; rateBasisPoints: number }[] | null
}

const select = `select c.country, c.prices_include_tax, c.version,
  (select json_agg(json_build_object('region', r.region, 'taxClass', r.tax_class, 'rateBasisPoints', r.rate_basis_points)
     order by r.region, r.tax_class desc)
   from tax_rate r where r.country = c.country) as rates from tax_country c`

export async function listTaxCountries(sql: Sql): Promise<TaxCountry[]> {
  return (await sql.query<CountryRow>(`${select} order by c.country`, [], 'tax-countries')).map(toCountry)
}

export async function loadTaxTable(sql: Sql): Promise<TaxTable> {
  const countries = await listTaxCountries(sql)
  return {
    countries,
    rates: countries.flatMap(({ country, rates }) => rates.map((rate) => ({ ...rate, country }))),
  }
}

export async function lockTaxCountry(tx: Sql, country: string): Promise<TaxCountry | undefined> {
  await tx.query('select 1 from tax_country where country = $1 for update', [country])
  const [row] = await tx.query<CountryRow>(`${select} where c.country = $1`, [country])
  return row && toCountry(row)
}

export async function saveTaxCountry(
  tx: Sql,
  country: Pick<TaxCountry, 'country' | 'pricesIncludeTax' | 'rates'>,
): Promise<TaxCountry> {
  await tx.query(
    `insert into tax_country (country, prices_include_tax) values ($1, $2)
     on conflict (country) do update set prices_include_tax = excluded.prices_include_tax, version = tax_country.version + 1`,
    [country.country, country.pricesIncludeTax],
  )
  await tx.query('delete from tax_rate where country = $1', [country.country])
  await tx.query(
    `insert into tax_rate (country, region, tax_class, rate_basis_points)
     select $1, rate.* from unnest($2::text[], $3::text[], $4::int[]) as rate`,
    [
      country.country,
      country.rates.map((rate) => rate.region),
      country.rates.map((rate) => rate.taxClass),
      country.rates.map((rate) => rate.rateBasisPoints),
    ],
  )
  const [row] = await tx.query<CountryRow>(`${select} where c.country = $1`, [country.country])
  if (!row) throw new Error('The taxes that were just written are not there')
  return toCountry(row)
}

export async function removeTaxCountry(tx: Sql, country: string): Promise<void> {
  await tx.query('delete from tax_country where country = $1', [country])
}

function toCountry(row: CountryRow): TaxCountry {
  return {
    country: row.country,
    pricesIncludeTax: row.prices_include_tax,
    rates: row.rates ?? [],
    version: row.version,
  }
}
