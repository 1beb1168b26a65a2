import type { Sql } from '@souk/db/connect'
import type { PaymentRecord } from '../payment/payment.ts'
import { type CreditPart, spreadBack } from './credit.ts'
import { moveCredit } from './ledger-store.ts'

type Use = { creditId: string; amountMinor: number; backMinor: number }
type Paid = Pick<PaymentRecord, 'id' | 'orderId' | 'creditStatus'>
const actor = 'system'

async function usesOf(tx: Sql, paymentId: string): Promise<Use[]> {
  const rows = await tx.query<Use>(
    `select credit_id as "creditId", amount_minor as "amountMinor", back_minor as "backMinor"
     from credit_use where payment_id = $1 order by position`,
    [paymentId],
    'credit-uses',
  )
  return rows.map((row) => ({
    creditId: row.creditId,
    amountMinor: Number(row.amountMinor),
    backMinor: Number(row.backMinor),
  }))
}

/**
 * Takes what a payment is paid with; spent at once when nothing else is to be paid. The credits come
 * last and in one order, so that their rows are locked shortly and nobody waits in a circle.
 */
export async function holdCredit(tx: Sql, payment: Paid, parts: readonly CreditPart[]): Promise<void> {
  await tx.query(
    `insert into credit_use (payment_id, credit_id, position, amount_minor)
     select $1, part.* from unnest($2::uuid[], $3::int[], $4::bigint[]) as part`,
    [
      payment.id,
      parts.map(({ creditId }) => creditId),
      parts.map((_, position) => position),
      parts.map(({ amountMinor }) => amountMinor),
    ],
    'credit-use-insert',
  )
  for (const part of inLockOrder(parts)) {
    await moveCredit(tx, { ...part, verb: 'hold', sourceId: payment.id, ...why(payment) })
    if (payment.creditStatus === 'spent')
      await moveCredit(tx, { ...part, verb: 'spend', sourceId: payment.id, ...why(payment) })
  }
}

/** The payment has ended: what was held for it is spent, or free again. In the transaction of that step, which happens once. */
export async function endHold(tx: Sql, payment: Paid): Promise<void> {
  if (payment.creditStatus !== 'spent' && payment.creditStatus !== 'released') return
  const verb = payment.creditStatus === 'spent' ? 'spend' : 'release'
  const uses = await usesOf(tx, payment.id)
  for (const { creditId, amountMinor } of inLockOrder(uses))
    await moveCredit(tx, { creditId, amountMinor, verb, sourceId: payment.id, ...why(payment) })
}

/** Part of a refund goes back to where the payment took it from. The caller has the payment's row locked. */
export async function giveBackToUses(
  tx: Sql,
  payment: Paid,
  refund: { id: string; creditMinor: number; reason: string },
): Promise<void> {
  const parts = spreadBack(await usesOf(tx, payment.id), refund.creditMinor)
  for (const { creditId, amountMinor } of inLockOrder(parts)) {
    await tx.query(
      'update credit_use set back_minor = back_minor + $3 where payment_id = $1 and credit_id = $2',
      [payment.id, creditId, amountMinor],
    )
    const move = { creditId, amountMinor, verb: 'give_back', sourceId: refund.id } as const
    await moveCredit(tx, { ...move, ...why(payment), note: refund.reason })
  }
}

function why(payment: Paid) {
  return { orderId: payment.orderId, actor, note: null }
}

/** As `lockCredits` takes them. */
function inLockOrder<Part extends CreditPart>(parts: readonly Part[]): Part[] {
  return parts.toSorted((a, b) => (a.creditId < b.creditId ? -1 : 1))
}
