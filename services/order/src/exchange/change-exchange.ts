import type { Sql } from '@souk/db/connect'
import { AppError, notFound } from '@souk/kernel/errors'
import { faultPoint } from '@souk/service/fault-point'
import type { OrderContext } from '../context.ts'
import type { ChangeExchange, ExchangeWishes, ReturnDetail } from '../contract.ts'
import { continueFollowUpInBackground } from '../follow-up/continue-follow-up.ts'
import { findFollowUp } from '../follow-up/follow-up-store.ts'
import { promiseFollowUp } from '../follow-up/start-follow-up.ts'
import { actorOf } from '../order/access.ts'
import { findOrder } from '../order/order-store.ts'
import { changeReturn, loadReturn } from '../return/change-return.ts'
import type { Return } from '../return/return.ts'
import { findReturn, saveReturn, saveWishes } from '../return/return-store.ts'
import { changedMeanwhile, isWished, withWishes } from './exchange.ts'
import { endExchange, findOpenExchange, startExchange } from './exchange-steps.ts'
import { openExchange, orLetGo } from './open-exchange.ts'
import { namesOf } from './quote-wanted.ts'
import { nothingTold } from './settle-exchange.ts'

/**
 * Staff choose what is sent instead, or that nothing is. Until the return is approved that is a wish; from then on
 * it is held, and what was held before goes free. Goods that are here already pay for it at once.
 */
export async function changeExchange(ctx: OrderContext, input: ChangeExchange): Promise<ReturnDetail> {
  const known = await findReturn(ctx.db.sql, input.id)
  const order = known && (await findOrder(ctx.db.sql, known.orderId))
  if (!known || !order) throw notFound('return')
  if (await isSo(ctx.db.sql, known, input.exchange)) return await loadReturn(ctx, known.id)
  await requireChangeable(ctx.db.sql, known)
  const actor = actorOf(ctx.principal)
  const isWish = known.status === 'requested'
  const asked = { id: input.exchangeId, wishes: input.exchange }
  const names = isWish ? await namesOf(ctx, order, input.exchange) : []
  const opened = isWish ? undefined : await openExchange(ctx, order, known, asked)
  faultPoint('exchange.held')
  const command = { operation: 'return.exchange', id: known.id, input }
  await orLetGo(ctx, opened, async () => {
    await changeReturn(ctx, command, async (tx, origin, current, others) => {
      if (await isSo(tx, current, input.exchange)) return undefined
      if (current.status !== known.status || current.exchangeId !== known.exchangeId) throw changedMeanwhile()
      await requireChangeable(tx, current)
      const ended = await endExchange(ctx, tx, origin, current)
      const changed = {
        ...withWishes(current, opened?.wanted ?? names),
        exchangeId: opened?.id ?? null,
      }
      await saveWishes(tx, changed)
      await saveReturn(tx, changed)
      if (opened) await promiseFollowUp(tx, opened.id, ctx.clock.now())
      const isHere = opened !== undefined && current.status === 'received'
      const started = isHere ? await startExchange(ctx, tx, origin, changed, others) : nothingTold
      const note = `${current.number}: ${wordsOf(changed)}`
      return {
        order: origin,
        announces: [...ended.announces, ...started.announces],
        history: [
          ...ended.history,
          { type: 'exchange_changed', actor: actor.name, note },
          ...started.history,
        ],
      }
    })
  })
  faultPoint('exchange.changed')
  if (known.exchangeId !== null) await continueFollowUpInBackground(ctx, known.exchangeId)
  if (opened) await continueFollowUpInBackground(ctx, opened.id)
  return await loadReturn(ctx, known.id)
}

/** The same again changes nothing. An exchange that ended is over even though the wish for it still stands there. */
async function isSo(sql: Sql, current: Return, wishes: ExchangeWishes): Promise<boolean> {
  if (!isWished(current, wishes)) return false
  if (current.status === 'requested') return true
  const open = await findOpenExchange(sql, current)
  return wishes.length === 0 ? open === undefined : open !== undefined
}

async function requireChangeable(sql: Sql, current: Return): Promise<void> {
  const followUp = current.exchangeId === null ? undefined : await findFollowUp(sql, current.exchangeId)
  const isOrdered = followUp?.state === 'placed'
  if (['requested', 'approved', 'received'].includes(current.status) && !isOrdered) return
  const message = isOrdered
    ? 'What is sent instead has been ordered.'
    : `Of a return that is ${current.status} nothing can be exchanged any more.`
  throw new AppError('INVALID_STATE', message, {
    details: { reason: 'invalid_state', status: current.status },
  })
}

function wordsOf(current: Return): string {
  const list = current.lines.flatMap(({ sku, exchangeFor }) =>
    exchangeFor ? [`${sku} for ${exchangeFor.sku}`] : [],
  )
  return list.length === 0 ? 'no exchange' : list.join(', ')
}
