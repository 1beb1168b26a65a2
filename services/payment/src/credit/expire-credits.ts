import { newId } from '@souk/kernel/id'
import type { PaymentContext } from '../context.ts'
import { lockExpired } from './credit-store.ts'
import { moveCredit } from './ledger-store.ts'

const batchSize = 50

/** Takes what is left off cards whose time is over. Instances pass over each other's rows. */
export async function expireCredits(ctx: PaymentContext): Promise<void> {
  for (let isMore = true; isMore; ) {
    isMore = await ctx.db.transaction(async (tx) => {
      const expired = await lockExpired(tx, batchSize)
      for (const { id, balanceMinor } of expired)
        await moveCredit(tx, {
          verb: 'expire',
          creditId: id,
          amountMinor: balanceMinor,
          sourceId: newId(),
          orderId: null,
          actor: 'system',
          note: null,
        })
      return expired.length === batchSize
    })
  }
}
