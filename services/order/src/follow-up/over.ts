import type { Sql } from '@souk/db/connect'
import { formatMoney, money } from '@souk/kernel/money'
import { moveEdit } from '../edit/edit.ts'
import { findEdit, saveEdit } from '../edit/edit-store.ts'
import { nothingTold, settleExchange } from '../exchange/settle-exchange.ts'
import { type Actor, type Change, cancel, type Order, system } from '../order/order.ts'
import type { FollowUp } from './follow-up.ts'

/**
 * What becomes of the origin when a follow-up was placed or has ended. The caller has the origin's row locked
 * and writes the change in the transaction in which the follow-up ends.
 */
export async function afterFollowUp(
  tx: Sql,
  origin: Order,
  followUp: FollowUp,
  told: { number: string; actor: Actor },
): Promise<Change> {
  if (followUp.kind === 'addition') await settleAddition(tx, origin, followUp)
  const settled = followUp.kind === 'exchange' ? await settleExchange(tx, origin, followUp) : nothingTold
  const isPlaced = followUp.state === 'placed'
  const change: Change = {
    order: origin,
    announces: [
      {
        name: 'order.follow_up_over',
        followUpId: followUp.id,
        kind: followUp.kind,
        isPlaced,
        reason: followUp.reason,
      },
      ...settled.announces,
    ],
    history: [
      {
        type: isPlaced ? 'follow_up_placed' : 'follow_up_ended',
        actor: told.actor.name,
        note: isPlaced ? placedNote(followUp, told.number, origin) : `${told.number}: ${words(followUp)}`,
      },
      ...settled.history,
    ],
  }
  // All its goods were exchanged for others: nothing is left to be sent.
  const isEmpty =
    origin.lines.length === 0 && (origin.status === 'confirmed' || origin.status === 'processing')
  if (!isEmpty) return change
  const reason = isPlaced ? `Replaced by order ${told.number}` : 'Everything was taken out'
  const cancelled = cancel(origin, system, reason)
  return {
    order: cancelled.order,
    announces: [...change.announces, ...cancelled.announces],
    history: [...change.history, ...cancelled.history],
  }
}

/** What did not pay for the addition goes back. */
async function settleAddition(tx: Sql, origin: Order, followUp: FollowUp): Promise<void> {
  const edit = await findEdit(tx, followUp.id)
  if (edit?.status !== 'waiting') return
  const movedMinor = followUp.state === 'placed' ? followUp.movesMinor : 0
  // Of an empty order nothing was taken yet: its hold is let go as a whole when it is cancelled.
  const isOnlyHeld = origin.payment?.status !== 'captured'
  const isSettled = isOnlyHeld || edit.loweredMinor === movedMinor
  await saveEdit(tx, { ...moveEdit(edit, isSettled ? 'completed' : 'refunding'), movedMinor })
}

function placedNote({ movesMinor }: FollowUp, number: string, { currency }: Order): string {
  const moved = formatMoney(money(movesMinor, currency))
  return movesMinor === 0 ? `Order ${number}` : `Order ${number}, for which ${moved} was moved`
}

function words({ reason }: FollowUp): string {
  return (reason ?? 'ended').replaceAll('_', ' ')
}
