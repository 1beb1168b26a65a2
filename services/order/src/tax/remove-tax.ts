import { AppError, notFound } from '@souk/kernel/errors'
import { once } from '@souk/service/idempotency'
import type { OrderContext } from '../context.ts'
import { actorOf } from '../order/access.ts'
import { writePriceChange } from '../pricing/change-store.ts'
import { anyCountry } from './tax.ts'
import { lockTaxCountry, removeTaxCountry } from './tax-store.ts'

/** From now on the country goes by the rates of everywhere else. */
export async function removeTax(ctx: OrderContext, input: { country: string }): Promise<{ country: string }> {
  if (input.country === anyCountry) {
    throw new AppError('INVALID_STATE', 'The rates of everywhere else can be changed but not removed.')
  }
  const command = { operation: 'tax.remove', principal: ctx.principal, input }
  const { name: actor } = actorOf(ctx.principal)
  const removed = await once(ctx.db, command, async (tx) => {
    const before = await lockTaxCountry(tx, input.country)
    if (!before) throw notFound('country')
    await removeTaxCountry(tx, input.country)
    await writePriceChange(tx, { actor, action: 'tax_removed', subject: input.country, details: { before } })
    return { country: input.country }
  })
  await ctx.announcePrices()
  return removed
}
