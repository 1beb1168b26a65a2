import { notFound } from '@souk/kernel/errors'
import type { PaymentContext } from '../context.ts'
import type { CreditWithEntries } from '../contract.ts'
import { findCredit } from './credit-store.ts'
import { toCreditView } from './credit-view.ts'
import { readEntries } from './entry-store.ts'

export async function getCredit(ctx: PaymentContext, input: { id: string }): Promise<CreditWithEntries> {
  const credit = await findCredit(ctx.db.sql, input.id)
  if (!credit) throw notFound('gift card')
  return { ...toCreditView(credit, ctx.clock.now()), entries: await readEntries(ctx.db.sql, credit) }
}
