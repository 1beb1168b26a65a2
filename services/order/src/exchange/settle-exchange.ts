import type { Sql } from '@souk/db/connect'
import { newId } from '@souk/kernel/id'
import { formatMoney, money } from '@souk/kernel/money'
import type { FollowUp } from '../follow-up/follow-up.ts'
import { type Change, type Order, system } from '../order/order.ts'
import { refOf } from '../return/return.ts'
import { findReturnOfExchange, findReturnsOf, saveReturn } from '../return/return-store.ts'
import { settle } from './exchange.ts'

/** What an exchange adds to the change of its order. */
export type Told = Pick<Change, 'announces' | 'history'>
export const nothingTold: Told = { announces: [], history: [] }

/** In the transaction in which its follow-up is placed or ends, with the order's row locked. */
export async function settleExchange(tx: Sql, order: Order, followUp: FollowUp): Promise<Told> {
  const current = await findReturnOfExchange(tx, followUp.id)
  if (!current) return nothingTold
  const returns = await findReturnsOf(tx, order.id)
  const others = returns.filter(({ id }) => id !== current.id)
  // The first refund of a return has its own id, so that it is paid back once.
  const refundId = current.refundProblem === null ? current.id : newId()
  const settled = settle(order, current, others, { ...followUp, refundId })
  if (!settled) return nothingTold
  await saveReturn(tx, settled)
  const isOver = settled.status === 'completed'
  const amount = formatMoney(money(settled.refundMinor ?? 0, order.currency))
  return {
    announces: [
      { name: isOver ? 'order.return_completed' : 'order.return_refunding', source: refOf(settled) },
    ],
    history: [
      {
        type: isOver ? 'return_completed' : 'return_refunding',
        actor: system.name,
        note: isOver ? settled.number : `${settled.number}: ${amount}`,
      },
    ],
  }
}
