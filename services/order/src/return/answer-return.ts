import { notFound } from '@souk/kernel/errors'
import { faultPoint } from '@souk/service/fault-point'
import type { z } from 'zod'
import type { OrderContext } from '../context.ts'
import type { ApproveReturn, DeclineReturn, ReturnDetail } from '../contract.ts'
import { changedMeanwhile, isWished, wishesIn, withWishes, worthOf } from '../exchange/exchange.ts'
import { endExchange } from '../exchange/exchange-steps.ts'
import { type OpenedExchange, openExchange, orLetGo } from '../exchange/open-exchange.ts'
import { continueFollowUpInBackground } from '../follow-up/continue-follow-up.ts'
import { promiseFollowUp } from '../follow-up/start-follow-up.ts'
import { actorOf } from '../order/access.ts'
import type { Order } from '../order/order.ts'
import { findOrder } from '../order/order-store.ts'
import { changeReturn, loadReturn } from './change-return.ts'
import { moveReturn, type Return, refOf } from './return.ts'
import { findReturn, saveReturn, saveWishes } from './return-store.ts'

/** The customer may send the goods, and what is sent instead is held; the same answer again changes nothing. */
export async function approveReturn(
  ctx: OrderContext,
  input: z.output<typeof ApproveReturn>,
): Promise<ReturnDetail> {
  const opened = await holdExchange(ctx, input)
  faultPoint('return.exchange_held')
  await orLetGo(ctx, opened, async () => {
    await answer(ctx, 'approved', input, opened)
  })
  return await loadReturn(ctx, input.id)
}

/** Also for goods that were approved and never came. What is held instead of them goes free. */
export async function declineReturn(
  ctx: OrderContext,
  input: z.output<typeof DeclineReturn>,
): Promise<ReturnDetail> {
  await answer(ctx, 'declined', input, undefined)
  faultPoint('return.declined')
  const declined = await loadReturn(ctx, input.id)
  if (declined.exchange) await continueFollowUpInBackground(ctx, declined.exchange.id)
  return declined
}

/** The price of what is sent instead is fixed now. A return that is answered already holds nothing more. */
async function holdExchange(
  ctx: OrderContext,
  { id, exchange }: z.output<typeof ApproveReturn>,
): Promise<OpenedExchange | undefined> {
  const current = await findReturn(ctx.db.sql, id)
  const order = current && (await findOrder(ctx.db.sql, current.orderId))
  if (!current || !order) throw notFound('return')
  if (current.status !== 'requested') return undefined
  return await openExchange(ctx, order, current, { id, wishes: exchange ?? wishesIn(current) })
}

async function answer(
  ctx: OrderContext,
  status: 'approved' | 'declined',
  input: z.output<typeof ApproveReturn>,
  opened: OpenedExchange | undefined,
): Promise<void> {
  const actor = actorOf(ctx.principal)
  const { id, answer: words = null, exchange } = input
  const command = { operation: `return.${status}`, id, input: { id, words, ...(exchange && { exchange }) } }
  await changeReturn(ctx, command, async (tx, order, current) => {
    const wishes = exchange ?? wishesIn(current)
    if (current.status === status && current.answer === words && isWished(current, wishes)) return undefined
    const answered = { ...moveReturn(current, status, 'staff'), answer: words }
    const type = `return_${status}` as const
    const note = [current.number, words].filter((part) => part !== null).join(': ')
    const source = refOf(current)
    if (status === 'declined') {
      const ended = await endExchange(ctx, tx, order, current)
      await saveReturn(tx, answered)
      return {
        order,
        announces: [
          ...ended.announces,
          { name: `order.${type}`, source, lines: current.lines, answer: words },
        ],
        history: [...ended.history, { type, actor: actor.name, note }],
      }
    }
    const promised = withWishes({ ...answered, exchangeId: opened?.id ?? null }, opened?.wanted ?? [])
    if (!isWished(promised, wishes)) throw changedMeanwhile()
    await saveWishes(tx, promised)
    await saveReturn(tx, promised)
    if (opened) await promiseFollowUp(tx, opened.id, ctx.clock.now())
    return {
      order,
      announces: [
        {
          name: `order.${type}`,
          source,
          lines: current.lines,
          answer: words,
          ...(opened && { exchange: announcedExchange(order, promised, opened) }),
        },
      ],
      history: [{ type, actor: actor.name, note }],
    }
  })
}

/** What the customer is told of what is held for him. */
function announcedExchange(order: Order, promised: Return, { lines, totalMinor }: OpenedExchange) {
  const worthMinor = worthOf(order, promised)
  return {
    lines: lines.map(({ sku, name, optionsLabel, quantity }) => ({ sku, name, optionsLabel, quantity })),
    toPayMinor: Math.max(0, totalMinor - worthMinor),
    backMinor: Math.max(0, worthMinor - totalMinor),
  }
}
