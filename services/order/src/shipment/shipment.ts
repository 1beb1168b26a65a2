import { AppError } from '@souk/kernel/errors'
import { type Actor, type Change, move, type Order, type OrderLine, system } from '../order/order.ts'

export type ParcelLine = { sku: string; quantity: number }
export type Tracking = { carrier: string | null; trackingNumber: string | null }
export type Parcel = Tracking & { id: string; lines: ParcelLine[]; deliveredAt: Date | null }
type Countable = Pick<OrderLine, 'sku' | 'quantity' | 'shippedQuantity' | 'unitPriceMinor'>
export type NewParcel = Tracking & { id: string; lines: ParcelLine[]; amountMinor: number }

/** Sends a parcel. The order is `shipped` when nothing is left, and `processing` until then. */
export function ship(
  order: Order,
  actor: Actor,
  asked: Tracking & { id: string; lines: readonly ParcelLine[] | undefined },
  note: string | null,
  worthOf: WorthOf,
): { change: Change; parcel: NewParcel } {
  const shipped = move(order, 'shipped', actor)
  const lines = asked.lines ? linesInParcel(order, asked.lines) : leftToShip(order)
  if (lines.length === 0) throw nothingLeft(order)
  const isComplete = isAllShipped(order, lines)
  const parcel = {
    id: asked.id,
    carrier: asked.carrier,
    trackingNumber: asked.trackingNumber,
    lines,
    amountMinor: shareOf(order, lines, worthOf),
  }
  const announcement = {
    name: 'order.shipped',
    parcel: { ...parcel, isComplete },
  } as const
  if (isComplete) {
    const history = [{ type: 'shipped', actor: actor.name, note }]
    return { change: { order: shipped, announces: [announcement], history }, parcel }
  }
  const list = wordsOf(order, lines)
  const entry = {
    type: 'parcel_shipped',
    actor: actor.name,
    note: note === null ? list : `${list}. ${note}`,
  }
  if (order.status === 'processing') {
    return { change: { order, announces: [announcement], history: [entry] }, parcel }
  }
  const change: Change = {
    order: move(order, 'processing', actor),
    announces: [{ name: 'order.processing' }, announcement],
    history: [{ type: 'processing', actor: actor.name, note: null }, entry],
  }
  return { change, parcel }
}

/** What the order would cost with these pieces only. */
export type WorthOf = (pieces: readonly ParcelLine[]) => number

/**
 * A parcel's share of the order's total: what all goods sent by now are worth of it, less the shares before.
 * Never more than the order would cost with just these goods, since the rest may yet be cancelled. The last
 * parcel takes what is left, so the shares add up to the total exactly.
 */
export function shareOf(
  order: Pick<Order, 'totalMinor' | 'shippedMinor'> & { lines: readonly Countable[] },
  lines: readonly ParcelLine[],
  worthOf: WorthOf,
): number {
  if (isAllShipped(order, lines)) return order.totalMinor - order.shippedMinor
  const isFree = order.lines.every((line) => line.unitPriceMinor === 0)
  let all = 0n
  let sent = 0n
  for (const line of order.lines) {
    const weight = BigInt(isFree ? 1 : line.unitPriceMinor)
    all += weight * BigInt(line.quantity)
    sent += weight * BigInt(line.shippedQuantity + quantityIn(lines, line.sku))
  }
  const byPriceMinor = Number((BigInt(order.totalMinor) * sent) / all)
  const upToNowMinor = Math.min(byPriceMinor, worthOf(sentWith(order, lines)))
  return Math.max(0, upToNowMinor - order.shippedMinor)
}

/** What has left, with these pieces. */
export function sentWith(
  order: { lines: readonly Pick<Countable, 'sku' | 'shippedQuantity'>[] },
  lines: readonly ParcelLine[] = [],
): ParcelLine[] {
  return order.lines
    .map(({ sku, shippedQuantity }) => ({ sku, quantity: shippedQuantity + quantityIn(lines, sku) }))
    .filter(({ quantity }) => quantity > 0)
}

/** Everything that was sent has arrived. The status tells at once when pieces came back before. */
export function deliver(order: Order, actor: Actor, note: string | null): Change {
  const delivered = move(order, 'delivered', actor)
  const hasComeBack = order.lines.some((line) => line.returnedQuantity > 0)
  return {
    order: hasComeBack ? move(order, 'partially_returned', system) : delivered,
    announces: [{ name: 'order.delivered' }],
    history: [{ type: 'delivered', actor: actor.name, note }],
  }
}

/** One parcel has arrived; the order is delivered with the last one. Nothing when it had arrived before. */
export function deliverParcel(
  order: Order,
  actor: Actor,
  parcel: Parcel,
  note: string | null,
): Change | undefined {
  if (parcel.deliveredAt !== null) return undefined
  const isLast = order.lines.every(
    (line) => line.deliveredQuantity + quantityIn(parcel.lines, line.sku) === line.quantity,
  )
  if (isLast) return deliver(order, actor, note)
  const list = wordsOf(order, parcel.lines)
  return {
    order,
    announces: [{ name: 'order.parcel_delivered', shipmentId: parcel.id }],
    history: [
      { type: 'parcel_delivered', actor: actor.name, note: note === null ? list : `${list}. ${note}` },
    ],
  }
}

/** Nothing when the parcel already says so. */
export function correctTracking(
  order: Order,
  actor: Actor,
  parcel: Parcel,
  to: Tracking,
): Change | undefined {
  if (parcel.carrier === to.carrier && parcel.trackingNumber === to.trackingNumber) return undefined
  const words = [to.carrier, to.trackingNumber].filter((part) => part !== null).join(', ')
  return {
    order,
    announces: [{ name: 'order.tracking_corrected', parcel: { id: parcel.id, lines: parcel.lines, ...to } }],
    history: [{ type: 'tracking_corrected', actor: actor.name, note: words === '' ? null : words }],
  }
}

/** Whether a repeated command means the parcel it made when it first came. */
export function isSameParcel(parcel: Parcel, lines: readonly ParcelLine[] | undefined): boolean {
  if (!lines) return true
  const skus = new Set([...parcel.lines, ...lines].map(({ sku }) => sku))
  return [...skus].every((sku) => quantityIn(parcel.lines, sku) === quantityIn(lines, sku))
}

export function quantityIn(lines: readonly ParcelLine[], sku: string): number {
  return lines.reduce((sum, line) => sum + (line.sku === sku ? line.quantity : 0), 0)
}

/** `2 × Harbour mug`: how pieces are named in a timeline. */
export function wordsOf(order: Order, lines: readonly ParcelLine[]): string {
  return lines
    .map(({ sku, quantity }) => {
      const line = order.lines.find((known) => known.sku === sku)
      return `${quantity} × ${[line?.name ?? sku, line?.optionsLabel].filter(Boolean).join(', ')}`
    })
    .join('; ')
}

function leftToShip(order: Order): ParcelLine[] {
  return order.lines
    .map((line) => ({ sku: line.sku, quantity: line.quantity - line.shippedQuantity }))
    .filter(({ quantity }) => quantity > 0)
}

function isAllShipped(order: { lines: readonly Countable[] }, lines: readonly ParcelLine[]): boolean {
  return order.lines.every((line) => line.shippedQuantity + quantityIn(lines, line.sku) === line.quantity)
}

/** The given lines, one per SKU, when the order has that many left. */
function linesInParcel(order: Order, given: readonly ParcelLine[]): ParcelLine[] {
  const skus = [...new Set(given.map(({ sku }) => sku))]
  return skus.map((sku) => {
    const path = `lines.${given.findIndex((line) => line.sku === sku)}`
    const line = order.lines.find((known) => known.sku === sku)
    if (!line) throw refusal('INVALID_INPUT', `${path}.sku`, `${sku} is not part of this order.`)
    const quantity = quantityIn(given, sku)
    const left = line.quantity - line.shippedQuantity
    if (quantity > line.quantity) {
      throw refusal('INVALID_INPUT', `${path}.quantity`, `Only ${line.quantity} of ${sku} were ordered.`)
    }
    if (quantity > left) {
      throw refusal('INVALID_STATE', `${path}.quantity`, `Only ${left} of ${sku} are left to ship.`)
    }
    return { sku, quantity }
  })
}

function refusal(code: 'INVALID_INPUT' | 'INVALID_STATE', path: string, message: string): AppError {
  return new AppError(code, message, { details: { errors: [{ path, message }] } })
}

function nothingLeft(order: Order): AppError {
  return new AppError('INVALID_STATE', 'Everything in this order is shipped already.', {
    details: { reason: 'invalid_state', status: order.status },
  })
}
