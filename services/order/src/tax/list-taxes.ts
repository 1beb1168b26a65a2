import type { OrderContext } from '../context.ts'
import type { TaxCountry } from '../contract.ts'
import { listTaxCountries } from './tax-store.ts'

export async function listTaxes(ctx: OrderContext): Promise<{ items: TaxCountry[] }> {
  return { items: await listTaxCountries(ctx.db.sql) }
}
