import { AppError } from '@souk/kernel/errors'
import { allocate } from '@souk/kernel/money'
import {
  canMoveReturn,
  type Disposition,
  type ExchangeVariant,
  type ReturnReason,
  type ReturnStatus,
} from '../contract.ts'
import { type Actor, type Change, type Order, type OrderLine, receiveReturn } from '../order/order.ts'

export type ReturnLine = {
  sku: string
  quantity: number
  restockedQuantity: number
  writtenOffQuantity: number
  /** What is sent instead of the money. */
  exchangeFor: ExchangeVariant | null
}
export type Return = {
  id: string
  number: string
  orderId: string
  status: ReturnStatus
  requestedBy: 'customer' | 'staff'
  reason: ReturnReason
  note: string | null
  answer: string | null
  goodsMinor: number | null
  /** The part of the refund that is for shipping. */
  shippingMinor: number | null
  refundMinor: number | null
  refundId: string | null
  refundTo: 'original' | 'store_credit' | 'gift_card'
  refundProblem: string | null
  /** The follow-up order of its exchange. */
  exchangeId: string | null
  /** What of the goods' money that order took. */
  exchangedMinor: number
  createdAt: Date
  updatedAt: Date
  lines: ReturnLine[]
}
export type Piece = { sku: string; quantity: number }
export type ArrivedPiece = Piece & { disposition: Disposition }

/** Only goods that were sold and have left can come back. */
export function canComeBack(order: Pick<Order, 'status'>): boolean {
  return ['processing', 'shipped', 'delivered', 'partially_returned'].includes(order.status)
}

/**
 * The pieces of a new return, one line per SKU, when the order has that many delivered and not on their way
 * back, and a customer is in time for them. Other parcels of the order may still be on their way.
 */
export function request(
  order: Order,
  actor: Actor,
  given: readonly Piece[],
  returnable: (line: OrderLine) => number,
): Piece[] {
  if (!canComeBack(order) || order.lines.every((line) => line.deliveredQuantity === 0)) {
    throw invalidState('Only goods that were delivered can be returned.', order)
  }
  return mergedBySku(given).map(({ sku, quantity }) => {
    const path = `lines.${given.findIndex((line) => line.sku === sku)}`
    const line = lineOf(order, sku, `${path}.sku`)
    if (quantity > line.deliveredQuantity) {
      throw badInput(`${path}.quantity`, `Only ${line.deliveredQuantity} of ${sku} were delivered.`)
    }
    const left = line.deliveredQuantity - line.returnedQuantity - line.returnPendingQuantity
    if (quantity > left) {
      throw new AppError('INVALID_STATE', `Only ${left} of ${sku} can still be returned.`, {
        details: { errors: [{ path: `${path}.quantity`, message: `Only ${left} are left` }] },
      })
    }
    const inTime = returnable(line)
    if (actor.kind === 'customer' && quantity > inTime) {
      const message =
        inTime === 0
          ? 'The time in which these goods could be returned is over.'
          : `Only ${inTime} of ${sku} can still be returned in time.`
      throw new AppError('INVALID_STATE', message, {
        details: { reason: 'invalid_state', errors: [{ path: `${path}.quantity`, message }] },
      })
    }
    return { sku, quantity }
  })
}

/** Whether a repeated request means the return it made when it first came. */
export function isSameRequest(
  known: Return,
  asked: {
    orderId: string
    lines: readonly (Piece & { exchangeFor?: string | undefined })[]
    reason: string
    note: string | null
  },
): boolean {
  const lines = mergedBySku(asked.lines)
  return (
    known.orderId === asked.orderId &&
    known.reason === asked.reason &&
    known.note === asked.note &&
    known.lines.length === lines.length &&
    lines.every(({ sku, quantity }) =>
      known.lines.some(
        (line) =>
          line.sku === sku &&
          line.quantity === quantity &&
          line.exchangeFor?.sku.toLowerCase() ===
            asked.lines.find((each) => each.sku === sku)?.exchangeFor?.toLowerCase(),
      ),
    )
  )
}

/** The return in its next status, when the table has such a step. */
export function moveReturn(current: Return, to: ReturnStatus, by: 'staff' | 'system'): Return {
  if (canMoveReturn(current.status, to, by)) return { ...current, status: to }
  throw new AppError('INVALID_STATE', `A return that is ${current.status} cannot become ${to}.`, {
    details: { reason: 'invalid_state', status: current.status },
  })
}

/** The goods are here: what they are worth is settled, and the order shows what came back. */
export function receive(
  order: Order,
  current: Return,
  actor: Actor,
  arrived: readonly ArrivedPiece[],
  note: string | null,
): { received: Return; change: Change } {
  const received = moveReturn(current, 'received', 'staff')
  for (const [index, { sku }] of arrived.entries()) {
    const line = current.lines.find((each) => each.sku === sku)
    if (!line) throw badInput(`lines.${index}.sku`, `${sku} is not part of this return.`)
    if (sum(arrived.filter((each) => each.sku === sku)) > line.quantity) {
      throw badInput(`lines.${index}.quantity`, `Only ${line.quantity} of ${sku} were to come back.`)
    }
  }
  const count = (sku: string, disposition: Disposition) =>
    sum(arrived.filter((each) => each.sku === sku && each.disposition === disposition))
  const goodsMinor = paidForGoods(order, arrived)
  // What this return held back is free from now on; what did not arrive can be asked for again.
  const released = {
    ...order,
    lines: order.lines.map((line) => ({
      ...line,
      returnPendingQuantity:
        line.returnPendingQuantity - sum(current.lines.filter(({ sku }) => sku === line.sku)),
    })),
  }
  const back = receiveReturn(released, actor, arrived, note)
  return {
    received: {
      ...received,
      goodsMinor,
      lines: current.lines.map((line) => ({
        ...line,
        restockedQuantity: count(line.sku, 'restock'),
        writtenOffQuantity: count(line.sku, 'write_off'),
      })),
    },
    change: {
      ...back,
      announces: back.announces.map((each) =>
        each.name === 'order.returned' ? { ...each, source: refOf(current) } : each,
      ),
      history: back.history.map((entry) => ({ ...entry, note: `${current.number}: ${entry.note}` })),
    },
  }
}

export type Priced = Pick<Order, 'discountMinor' | 'shippingMinor' | 'subtotalMinor' | 'pricesIncludeTax'> & {
  lines: readonly Pick<
    OrderLine,
    'sku' | 'quantity' | 'totalMinor' | 'taxMinor' | 'discountMinor' | 'taxBasisPoints' | 'returnedQuantity'
  >[]
}

/**
 * What was paid for pieces after discounts. Whatever pieces come back in whatever returns, all returns of a
 * line together give exactly what was paid for it.
 */
export function paidForGoods(order: Priced, pieces: readonly Piece[]): number {
  const paid = paidPerLine(order)
  return order.lines.reduce((total, line, index) => {
    const quantity = sum(pieces.filter(({ sku }) => sku === line.sku))
    const upTo = (count: number) => Number((BigInt(paid[index] ?? 0) * BigInt(count)) / BigInt(line.quantity))
    return total + upTo(line.returnedQuantity + quantity) - upTo(line.returnedQuantity)
  }, 0)
}

/** What of the total was not for goods. */
export function paidForShipping(order: Priced & Pick<Order, 'totalMinor'>): number {
  return Math.max(0, order.totalMinor - paidPerLine(order).reduce((total, each) => total + each, 0))
}

/** What was paid for each line, with its tax. */
export function paidPerLine(order: Priced): number[] {
  // Orders from before lines knew their share of a discount; one as high as the shipping was on the shipping.
  const isOld =
    order.lines.every((line) => line.taxBasisPoints === null && line.discountMinor === 0) &&
    order.discountMinor !== order.shippingMinor
  const shares = isOld
    ? allocate(
        Math.min(order.discountMinor, order.subtotalMinor),
        order.lines.map((line) => line.totalMinor),
      )
    : order.lines.map((line) => line.discountMinor)
  return order.lines.map((line, index) =>
    Math.max(0, line.totalMinor - (shares[index] ?? 0) + (order.pricesIncludeTax ? 0 : line.taxMinor)),
  )
}

export type Proposal = { goodsMinor: number; shippingMinor: number; mostMinor: number }

/** What may be given back for a return, beside what other returns of the order give and gave. */
export function propose(order: Order, current: Return, others: readonly Return[]): Proposal {
  const goodsMinor = (current.goodsMinor ?? paidForGoods(order, current.lines)) - current.exchangedMinor
  const shippingGiven = others.reduce((total, other) => total + (other.shippingMinor ?? 0), 0)
  const shippingMinor = Math.max(0, paidForShipping(order) - shippingGiven)
  // A refund that is done may not have reached the order yet; payment has the last word.
  const onTheWay = others
    .filter(({ status }) => status === 'refunding')
    .reduce((total, other) => total + (other.refundMinor ?? 0), 0)
  const byReturns = others
    .filter(({ status }) => status === 'completed')
    .reduce((total, other) => total + (other.refundMinor ?? 0), 0)
  const exchanged = others.reduce((total, other) => total + other.exchangedMinor, current.exchangedMinor)
  const given = Math.max(order.refundedMinor, byReturns) + onTheWay + exchanged
  const leftMinor = Math.max(0, order.totalMinor - given)
  return { goodsMinor, shippingMinor, mostMinor: Math.min(goodsMinor + shippingMinor, leftMinor) }
}

/** Decides the amount; zero completes the return without a refund. */
export function refund(
  current: Return,
  proposal: Proposal,
  asked: {
    amountMinor: number | undefined
    includesShipping: boolean
    refundId: string
    refundTo: Return['refundTo']
  },
  by: 'staff' | 'system' = 'staff',
): Return {
  const { goodsMinor, shippingMinor, mostMinor } = proposal
  const wanted = goodsMinor + (asked.includesShipping ? shippingMinor : 0)
  const refundMinor = asked.amountMinor ?? Math.min(wanted, mostMinor)
  const moved = moveReturn(current, refundMinor === 0 ? 'completed' : 'refunding', by)
  if (refundMinor > mostMinor) {
    throw new AppError('INVALID_INPUT', 'This is more than can be given back for this return.', {
      details: { mostMinor, errors: [{ path: 'amount.amount', message: `At most ${mostMinor}` }] },
    })
  }
  return {
    ...moved,
    refundMinor,
    shippingMinor: Math.max(0, refundMinor - goodsMinor),
    refundId: refundMinor === 0 ? null : asked.refundId,
    refundTo: asked.refundTo,
    refundProblem: null,
  }
}

/** What is said about a return in the order's timeline and events. */
export function refOf(current: Pick<Return, 'id' | 'number'>): { returnId: string; returnNumber: string } {
  return { returnId: current.id, returnNumber: current.number }
}

function mergedBySku(lines: readonly Piece[]): Piece[] {
  const skus = [...new Set(lines.map(({ sku }) => sku))]
  return skus.map((sku) => ({ sku, quantity: sum(lines.filter((line) => line.sku === sku)) }))
}

function sum(pieces: readonly { quantity: number }[]): number {
  return pieces.reduce((total, { quantity }) => total + quantity, 0)
}

function lineOf(order: Order, sku: string, path: string): OrderLine {
  const line = order.lines.find((each) => each.sku === sku)
  if (!line) throw badInput(path, `${sku} is not part of this order.`)
  return line
}

function badInput(path: string, message: string): AppError {
  return new AppError('INVALID_INPUT', message, { details: { errors: [{ path, message }] } })
}

function invalidState(message: string, order: Order): AppError {
  return new AppError('INVALID_STATE', message, {
    details: { reason: 'invalid_state', status: order.status },
  })
}
