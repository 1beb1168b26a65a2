import { AppError, notFound } from '@souk/kernel/errors'
import { newId } from '@souk/kernel/id'
import { once } from '@souk/service/idempotency'
import { actorName } from '../actor-name.ts'
import type { PaymentContext } from '../context.ts'
import type { CreditWithEntries } from '../contract.ts'
import { lockCredits, disableCredit as markDisabled } from './credit-store.ts'
import { getCredit } from './get-credit.ts'
import { moveCredit } from './ledger-store.ts'

/**
 * Ends a gift card for good: what is on it is void. What an order holds stays with that
 * order; should it come back, disabling again voids that too.
 */
export async function disableCredit(
  ctx: PaymentContext,
  input: { id: string; reason: string },
): Promise<CreditWithEntries> {
  const command = { operation: 'credit.disable', principal: ctx.principal, input }
  await once(ctx.db, command, async (tx) => {
    const [credit] = await lockCredits(tx, [input.id])
    if (!credit) throw notFound('gift card')
    if (credit.kind !== 'gift_card') throw notACard()
    await markDisabled(tx, credit.id)
    const move = { creditId: credit.id, amountMinor: credit.balanceMinor, sourceId: newId(), orderId: null }
    if (credit.balanceMinor > 0)
      await moveCredit(tx, { ...move, verb: 'void', actor: actorName(ctx.principal), note: input.reason })
    return null
  })
  return await getCredit(ctx, input)
}

function notACard(): AppError {
  return new AppError('INVALID_STATE', 'The store credit of a customer cannot be disabled.', {
    details: { reason: 'invalid_state' },
  })
}
