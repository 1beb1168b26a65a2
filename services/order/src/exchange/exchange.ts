import { AppError } from '@souk/kernel/errors'
import type { ExchangeVariant, ExchangeWishes } from '../contract.ts'
import type { FollowUp } from '../follow-up/follow-up.ts'
import type { Order } from '../order/order.ts'
import { type Piece, paidForGoods, propose, type Return, refund } from '../return/return.ts'

/** For how long the goods are held: until those that come back are here, and the customer has paid. */
export const holdDays = 37

/** The return with what is sent instead from now on; the money of its other lines goes back. */
export function withWishes(
  current: Return,
  wanted: readonly { sku: string; variant: ExchangeVariant }[],
): Return {
  const lines = current.lines.map((line) => ({
    ...line,
    exchangeFor: wanted.find(({ sku }) => sku === line.sku)?.variant ?? null,
  }))
  return { ...current, lines }
}

export function wishesIn(current: Return): ExchangeWishes {
  return current.lines.flatMap(({ sku, exchangeFor }) =>
    exchangeFor ? [{ sku, exchangeFor: exchangeFor.sku }] : [],
  )
}

/** `wishes` in any order and spelling mean what the return says already. */
export function isWished(current: Return, wishes: ExchangeWishes): boolean {
  const known = new Map(wishesIn(current).map(({ sku, exchangeFor }) => [sku, exchangeFor.toLowerCase()]))
  return (
    known.size === wishes.length &&
    wishes.every(({ sku, exchangeFor }) => known.get(sku) === exchangeFor.toLowerCase())
  )
}

/** How many pieces of a line are exchanged: those asked for, and once they are here those that came. */
export function piecesOf(current: Return, sku: string): Piece {
  const line = current.lines.find((each) => each.sku === sku)
  const isHere = current.goodsMinor !== null
  const arrived = (line?.restockedQuantity ?? 0) + (line?.writtenOffQuantity ?? 0)
  return { sku, quantity: isHere ? arrived : (line?.quantity ?? 0) }
}

export function exchangedPieces(current: Return): Piece[] {
  return wishesIn(current).map(({ sku }) => piecesOf(current, sku))
}

/** What was paid for the pieces that are exchanged. */
export function worthOf(order: Order, current: Return): number {
  const pieces = exchangedPieces(current)
  if (current.goodsMinor === null) return paidForGoods(order, pieces)
  // The order counts them among those that came back: what was paid for them is reckoned as before they did.
  const lines = order.lines.map((line) => ({
    ...line,
    returnedQuantity: Math.max(0, line.returnedQuantity - piecesOf(current, line.sku).quantity),
  }))
  return Math.min(current.goodsMinor, paidForGoods({ ...order, lines }, pieces))
}

/** Whether all has come back for which something else is held. */
export function isExchangeComplete(received: Return): boolean {
  return received.lines.every(
    (line) => line.exchangeFor === null || line.restockedQuantity + line.writtenOffQuantity === line.quantity,
  )
}

/**
 * What the return gives back once its exchange took its course: all that the other order did not take, and
 * everything when there is none. Where staff took the exchange back, they decide.
 */
export function settle(
  order: Order,
  current: Return,
  others: readonly Return[],
  over: Pick<FollowUp, 'state' | 'reason' | 'movesMinor'> & { refundId: string },
): Return | undefined {
  const isPlaced = over.state === 'placed'
  if (current.status !== 'received' || (!isPlaced && over.reason === 'withdrawn')) return undefined
  const exchanged = { ...current, exchangedMinor: isPlaced ? over.movesMinor : 0 }
  const proposal = propose(order, exchanged, others)
  return refund(
    exchanged,
    proposal,
    {
      amountMinor: Math.min(proposal.goodsMinor, proposal.mostMinor),
      includesShipping: false,
      refundId: over.refundId,
      refundTo: 'original',
    },
    'system',
  )
}

export function changedMeanwhile(): AppError {
  return new AppError('CONFLICT', 'Somebody else changed this return. Look at it again.', {
    details: { reason: 'return_changed' },
  })
}
