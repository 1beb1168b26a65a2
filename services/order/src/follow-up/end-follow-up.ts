import type { Sql } from '@souk/db/connect'
import { AppError } from '@souk/kernel/errors'
import type { FollowUpReason } from '../contract.ts'
import { lockDraft, markDiscarded } from '../draft/draft-store.ts'
import { findOrder } from '../order/order-store.ts'
import { type FollowUp, moveFollowUp } from './follow-up.ts'
import { findFollowUp, saveFollowUp } from './follow-up-store.ts'

/**
 * Ends a follow-up that is not being ordered; its goods are let go afterwards. In the transaction of whoever
 * settles what was promised with it, and who has the origin's row locked. Nothing when it has ended already.
 */
export async function endFollowUp(
  tx: Sql,
  id: string,
  end: { reason: FollowUpReason; actor: string; now: Date },
): Promise<FollowUp | undefined> {
  const known = await findFollowUp(tx, id)
  if (!known) return undefined
  await lockDraft(tx, known.draftId)
  const current = await findFollowUp(tx, id)
  if (!current || current.state === 'ended') return undefined
  const order = await findOrder(tx, current.orderId)
  if (order && order.status !== 'failed' && !(order.status === 'cancelled' && order.confirmedAt === null)) {
    throw new AppError('INVALID_STATE', `It is being paid: see order ${order.number}.`, {
      details: { reason: 'follow_up_ordered' },
    })
  }
  const ended = moveFollowUp(current, 'ended', end.reason)
  if (!(await saveFollowUp(tx, ended))) return undefined
  if (end.reason !== 'expired') await markDiscarded(tx, current.draftId, end.actor, end.now)
  return { ...ended, version: ended.version + 1 }
}
