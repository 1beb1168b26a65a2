import type { Sql } from '@souk/db/connect'
import { moveCredit } from '../credit/ledger-store.ts'
import { giveBackToUses } from '../credit/use-store.ts'
import type { PaymentRecord } from '../payment/payment.ts'
import type { RefundRecord } from './refund.ts'
import { insertRefund, type NewRefund, settleSucceeded } from './refund-store.ts'

/** Settles a refund of which a part, or all, goes back as credit. Nothing when it was settled before. */
export async function succeedWithCredit(
  tx: Sql,
  payment: PaymentRecord,
  refund: RefundRecord,
  settled: Parameters<typeof settleSucceeded>[2],
): Promise<RefundRecord | undefined> {
  const done = await settleSucceeded(tx, refund, settled)
  if (!done) return undefined
  const { id, creditId, creditMinor, reason, requestedBy } = done
  if (creditMinor === 0) return done
  if (creditId === null) await giveBackToUses(tx, payment, { id, creditMinor, reason })
  else
    await moveCredit(tx, {
      verb: 'give_back',
      creditId,
      amountMinor: creditMinor,
      sourceId: id,
      orderId: payment.orderId,
      actor: requestedBy,
      note: reason,
    })
  return done
}

/** Holds a refund back on its payment. One that is all credit asks nobody, so it is done at once. */
export async function reserveRefund(
  tx: Sql,
  payment: PaymentRecord,
  refund: NewRefund,
): Promise<RefundRecord> {
  const reserved = await insertRefund(tx, payment, refund)
  if (refund.amountMinor + refund.transferMinor > 0) return reserved
  const settled = { orderId: payment.orderId, providerRefundId: null, account: 'provider' } as const
  return (await succeedWithCredit(tx, payment, reserved, settled)) ?? reserved
}
