import { AppError, isAppError } from '@souk/kernel/errors'
import type { OrderContext } from '../context.ts'
import type { ExchangeVariant, ExchangeWishes } from '../contract.ts'
import type { DraftLine } from '../draft/draft.ts'
import { dropFollowUp } from '../follow-up/drop-follow-up.ts'
import type { FollowUp } from '../follow-up/follow-up.ts'
import { openFollowUp } from '../follow-up/open-follow-up.ts'
import { actorOf } from '../order/access.ts'
import type { Order } from '../order/order.ts'
import { priceTable } from '../pricing/pricing-store.ts'
import type { Return } from '../return/return.ts'
import { taxRulesFor } from '../tax/tax.ts'
import { holdDays, piecesOf } from './exchange.ts'
import { priceExchange } from './price-exchange.ts'
import { quoteWanted, variantOf } from './quote-wanted.ts'

/** Held for a minute: whoever opened it promises it in the transaction that changes the return. */
export type OpenedExchange = {
  id: string
  followUp: FollowUp
  wanted: { sku: string; variant: ExchangeVariant }[]
  lines: DraftLine[]
  totalMinor: number
}

/**
 * Fixes what the goods cost that are sent instead, and holds them; says what is left when there are not enough.
 * Nothing when there is nothing to exchange.
 */
export async function openExchange(
  ctx: OrderContext,
  order: Order,
  current: Return,
  asked: { id: string; wishes: ExchangeWishes },
): Promise<OpenedExchange | undefined> {
  const { id, wishes } = asked
  if (wishes.length === 0) return undefined
  const quoted = await quoteWanted(
    ctx,
    order,
    wishes.map((wish, index) => ({ ...wish, path: `exchange.${index}.exchangeFor` })),
    { isSameProduct: false },
  )
  const pieces = quoted.map((each, index) => {
    const piece = piecesOf(current, each.sku)
    if (piece.quantity > 0) return { ...each, ...piece }
    const message = `No piece of ${each.sku} is part of this return.`
    throw new AppError('INVALID_INPUT', message, {
      details: { errors: [{ path: `exchange.${index}.sku`, message }] },
    })
  })
  const { country, region } = order.shippingAddress
  const priced = priceExchange(order, pieces, {
    id,
    name: `Exchange for return ${current.number}`,
    tax: taxRulesFor((await priceTable(ctx.db)).tax, country, region),
    actor: actorOf(ctx.principal).name,
  })
  if (priced.price.totalMinor === 0) {
    const message = 'Nothing was paid for these goods, so they cannot be exchanged.'
    throw new AppError('INVALID_INPUT', message, { details: { errors: [{ path: 'exchange', message }] } })
  }
  const followUp = await openFollowUp(ctx, {
    id,
    kind: 'exchange',
    origin: order,
    lines: priced.lines.map(({ sku, quantity }) => ({ sku, quantity })),
    priced,
    holdDays,
    note: `In exchange for what you send back with return ${current.number}.`,
    path: 'exchange',
  })
  return {
    id,
    followUp,
    wanted: quoted.map(({ sku, wanted }) => ({ sku, variant: variantOf(wanted) })),
    lines: priced.lines,
    totalMinor: priced.price.totalMinor,
  }
}

/** Goods that were held for what was then refused are let go at once. */
export async function orLetGo(
  ctx: OrderContext,
  opened: OpenedExchange | undefined,
  work: () => Promise<void>,
): Promise<void> {
  try {
    await work()
  } catch (error) {
    // A repeat that came too early must not take away what the first request is about to promise.
    const isRefusal = isAppError(error) && error.details?.reason !== 'idempotency_in_flight'
    if (opened && isRefusal) await dropFollowUp(ctx, opened.followUp)
    throw error
  }
}
