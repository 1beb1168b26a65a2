import type { Sql } from '@souk/db/connect'
import { AppError } from '@souk/kernel/errors'
import type { OrderContext } from '../context.ts'
import { findDraft } from '../draft/draft-store.ts'
import { endFollowUp } from '../follow-up/end-follow-up.ts'
import type { FollowUp } from '../follow-up/follow-up.ts'
import { findFollowUp } from '../follow-up/follow-up-store.ts'
import { afterFollowUp } from '../follow-up/over.ts'
import { startFollowUp } from '../follow-up/start-follow-up.ts'
import { actorOf } from '../order/access.ts'
import type { Order } from '../order/order.ts'
import { propose, type Return } from '../return/return.ts'
import { worthOf } from './exchange.ts'
import { nothingTold, type Told } from './settle-exchange.ts'

/** The exchange of a return while it is neither ordered nor over. */
export async function findOpenExchange(tx: Sql, current: Return): Promise<FollowUp | undefined> {
  const followUp = current.exchangeId === null ? undefined : await findFollowUp(tx, current.exchangeId)
  return followUp && (followUp.state === 'open' || followUp.state === 'started') ? followUp : undefined
}

/** Money is given back by the exchange itself while there is one. */
export async function requireNoExchange(tx: Sql, current: Return): Promise<void> {
  if (!(await findOpenExchange(tx, current))) return
  throw new AppError(
    'INVALID_STATE',
    'Something else is being sent for these goods. Take the exchange back first.',
    { details: { reason: 'exchange_open' } },
  )
}

/** The goods are here: what was paid for them pays for what is sent instead. */
export async function startExchange(
  ctx: OrderContext,
  tx: Sql,
  order: Order,
  received: Return,
  others: readonly Return[],
): Promise<Told> {
  if (received.exchangeId === null) return nothingTold
  const isPaid = order.payment?.status === 'captured'
  const { announces } = await startFollowUp(tx, received.exchangeId, {
    movableMinor: isPaid ? Math.min(worthOf(order, received), propose(order, received, others).mostMinor) : 0,
    isCod: !isPaid && order.payment?.method.type === 'cod',
    tokenSecret: ctx.settings.orderTokenSecret,
    now: ctx.clock.now(),
  })
  return { announces, history: [] }
}

/** Lets what is held go free; what was promised of it is told. Nothing when there is no exchange to end. */
export async function endExchange(ctx: OrderContext, tx: Sql, order: Order, current: Return): Promise<Told> {
  const open = await findOpenExchange(tx, current)
  if (!open) return nothingTold
  const actor = actorOf(ctx.principal)
  const now = ctx.clock.now()
  const ended = await endFollowUp(tx, open.id, { reason: 'withdrawn', actor: actor.name, now })
  if (!ended) return nothingTold
  const draft = await findDraft(tx, open.draftId)
  const { announces, history } = await afterFollowUp(tx, order, ended, { number: draft?.number ?? '', actor })
  return { announces, history }
}
