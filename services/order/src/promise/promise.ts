import type { OrderStatus } from '../contract.ts'
import type { Change, Order, OrderLine } from '../order/order.ts'
import { isBeingPlaced, system } from '../order/order.ts'

/** Pieces of a line that were sold before they were there, and how many of these have come since. */
export type LinePromise = { quantity: number; arrived: number; expectedOn: string | null }
export type Promised = { sku: string; quantity: number; expectedOn: string | null }
export type StillToCome = { shipsLater: number; expectedOn: string | null }

const standing: readonly OrderStatus[] = ['pending', 'awaiting_payment', 'confirmed', 'processing']

/** How many pieces of a line the buyer still waits for. What has left, by whatever way, has come. */
export function stillToCome(order: Pick<Order, 'status'>, line: OrderLine): StillToCome {
  const { promise } = line
  const waiting = promise && standing.includes(order.status) ? promise.quantity - promise.arrived : 0
  const shipsLater = Math.max(0, Math.min(waiting, line.quantity - line.shippedQuantity))
  return { shipsLater, expectedOn: shipsLater > 0 && promise ? promise.expectedOn : null }
}

/** A day that is over says nothing about when the goods come. */
export function upcoming(expectedOn: string | null, now: Date): string | null {
  return expectedOn !== null && expectedOn >= now.toISOString().slice(0, 10) ? expectedOn : null
}

/** What a buyer of so many pieces would be told, as stock is now. */
export function wouldShipLater(
  quantity: number,
  stock: { available: number; backorderable: number; expectedOn: string | null } | undefined,
  now: Date,
): StillToCome {
  const canBeHad = stock ? Math.min(quantity, stock.available + stock.backorderable) : 0
  const shipsLater = stock ? Math.max(0, canBeHad - stock.available) : 0
  return { shipsLater, expectedOn: shipsLater > 0 && stock ? upcoming(stock.expectedOn, now) : null }
}

/** The order with what inventory could only promise. */
export function withPromises(order: Order, promised: readonly Promised[]): Order {
  return {
    ...order,
    lines: order.lines.map((line) => {
      const found = promised.find(({ sku }) => sku === line.sku)
      if (!found) return line
      const { quantity, expectedOn } = found
      return { ...line, promise: { quantity, arrived: line.promise?.arrived ?? 0, expectedOn } }
    }),
  }
}

export function promisedPieces(order: Pick<Order, 'lines'>): { sku: string; quantity: number }[] {
  return order.lines.flatMap(({ sku, promise }) =>
    promise && promise.quantity > 0 ? [{ sku, quantity: promise.quantity }] : [],
  )
}

/**
 * Pieces that the order waited for have come. The buyer is told once, when nothing more is waited for. An order
 * that is still being placed only takes note: its confirmation will say what is left.
 */
export function arrive(
  order: Order,
  arrival: { sku: string; quantity: number; isComplete: boolean },
): Change | undefined {
  const line = order.lines.find(({ sku }) => sku === arrival.sku)
  if (!line || !standing.includes(order.status)) return undefined
  if (isBeingPlaced(order)) return { order, announces: [], history: [] }
  const name = [line.name, line.optionsLabel].filter((part) => part !== '').join(', ')
  return {
    order,
    announces: arrival.isComplete && promisedPieces(order).length > 0 ? [{ name: 'order.promise_kept' }] : [],
    history: [{ type: 'arrived', actor: system.name, note: `${arrival.quantity} × ${name}` }],
  }
}
