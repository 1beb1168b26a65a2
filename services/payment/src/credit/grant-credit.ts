import { newId } from '@souk/kernel/id'
import { once } from '@souk/service/idempotency'
import { actorName } from '../actor-name.ts'
import type { PaymentContext } from '../context.ts'
import type { Credit, GrantCredit } from '../contract.ts'
import { findStoreCredit, openStoreCredit } from './credit-store.ts'
import { toCreditView } from './credit-view.ts'
import { hasEntry } from './entry-store.ts'
import { moveCredit } from './ledger-store.ts'

/** Puts money on a customer's store credit. The same id, or the same Idempotency-Key, does it once. */
export async function grantCredit(ctx: PaymentContext, input: GrantCredit): Promise<Credit> {
  const { id, ...asked } = input
  const { currency } = input.amount
  const actor = actorName(ctx.principal)
  const command = { operation: 'credit.grant', principal: ctx.principal, input: asked }
  await once(ctx.db, command, async (tx) => {
    const owner = { id: newId(), userId: input.userId, currency, issuedBy: actor }
    const credit = await openStoreCredit(tx, owner)
    const move = { creditId: credit.id, amountMinor: input.amount.amount, sourceId: id, orderId: null }
    if (!(await hasEntry(tx, credit.id, 'issue', id)))
      await moveCredit(tx, { ...move, verb: 'issue', actor, note: input.reason })
    return null
  })
  const credit = await findStoreCredit(ctx.db.sql, input.userId, currency)
  if (!credit) throw new Error('The store credit was not written')
  return toCreditView(credit, ctx.clock.now())
}
