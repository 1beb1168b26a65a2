import { once } from '@souk/service/idempotency'
import type { OrderContext } from '../context.ts'
import type { SaveTaxCountry, TaxCountry } from '../contract.ts'
import { actorOf } from '../order/access.ts'
import { writePriceChange } from '../pricing/change-store.ts'
import { differences, staleVersion } from '../pricing/price-change.ts'
import { lockTaxCountry, saveTaxCountry } from './tax-store.ts'

/** A country's taxes as they shall be from now on; orders that were placed keep theirs. */
export async function saveTax(ctx: OrderContext, input: SaveTaxCountry): Promise<TaxCountry> {
  const command = { operation: 'tax.save', principal: ctx.principal, input }
  const { name: actor } = actorOf(ctx.principal)
  const saved = await once(ctx.db, command, async (tx) => {
    const before = await lockTaxCountry(tx, input.country)
    if (input.expectedVersion !== undefined && input.expectedVersion !== (before?.version ?? 0)) {
      throw staleVersion(before?.version ?? 0)
    }
    const after = await saveTaxCountry(tx, input)
    const { version: _old, ...was } = before ?? { version: 0 }
    const { version: _new, ...is } = after
    await writePriceChange(tx, {
      actor,
      action: before ? 'tax_changed' : 'tax_created',
      subject: input.country,
      details: differences(was, is),
    })
    return after
  })
  await ctx.announcePrices()
  return saved
}
