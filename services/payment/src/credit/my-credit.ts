import { AppError } from '@souk/kernel/errors'
import { money } from '@souk/kernel/money'
import type { PaymentContext } from '../context.ts'
import type { MyCredit } from '../contract.ts'
import { findStoreCredit } from './credit-store.ts'
import { readEntries } from './entry-store.ts'

/** The shop has one currency; a customer has at most one store credit in it. */
const currency = 'EUR'

export async function myCredit(ctx: PaymentContext): Promise<MyCredit> {
  const { principal } = ctx
  if (principal.kind !== 'user') throw new AppError('UNAUTHENTICATED', 'Please sign in first.')
  const credit = await findStoreCredit(ctx.db.sql, principal.userId, currency)
  if (!credit) return { balance: money(0, currency), entries: [] }
  return {
    balance: money(credit.balanceMinor, credit.currency),
    entries: await readEntries(ctx.db.sql, credit),
  }
}
