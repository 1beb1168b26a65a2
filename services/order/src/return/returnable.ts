import type { Shipment } from '../contract.ts'
import type { Order, OrderLine } from '../order/order.ts'
import { quantityIn } from '../shipment/shipment.ts'
import { canComeBack, type Return, type ReturnLine } from './return.ts'

/** What is known of an order's parcels and returns, and when. */
export type ReturnFacts = {
  at: Date
  shipments: readonly Pick<Shipment, 'lines' | 'deliveredAt' | 'returnableUntil'>[]
  returns: readonly (Pick<Return, 'status' | 'createdAt'> & {
    lines: readonly Pick<ReturnLine, 'sku' | 'quantity' | 'restockedQuantity' | 'writtenOffQuantity'>[]
  })[]
}
type Arrived = { from: number; until: number; left: number }
type Line = Pick<OrderLine, 'sku' | 'returnedQuantity' | 'returnPendingQuantity'>

/**
 * How many pieces of a line the customer may still ask to return. Each parcel has its own time. Nobody says
 * from which parcel a piece is: what was asked for counts against those whose time was running then, the one
 * that ends first before the others, so that the customer keeps the most.
 */
export function returnableOf(order: Pick<Order, 'status'>, facts: ReturnFacts): (line: Line) => number {
  const now = facts.at.getTime()
  return (line) => {
    if (!canComeBack(order)) return 0
    const parcels = arrivedWith(line.sku, facts)
    let unexplained = line.returnedQuantity + line.returnPendingQuantity
    for (const each of facts.returns.toSorted((a, b) => a.createdAt.getTime() - b.createdAt.getTime())) {
      const pieces = piecesOf(each, line.sku)
      unexplained -= pieces
      const then = each.createdAt.getTime()
      const inTime = parcels.filter(({ from, until }) => from <= then && then <= until)
      // Staff may take back what is out of time.
      take(parcels, take(inTime, pieces))
    }
    take(parcels, unexplained)
    return parcels.reduce((sum, { until, left }) => sum + (now <= until ? left : 0), 0)
  }
}

function arrivedWith(sku: string, { shipments }: ReturnFacts): Arrived[] {
  return shipments
    .flatMap(({ lines, deliveredAt, returnableUntil }) => {
      const left = quantityIn(lines, sku)
      if (left === 0 || deliveredAt === null) return []
      // Without a promise, its time is over.
      const until = returnableUntil === null ? 0 : Date.parse(returnableUntil)
      return [{ from: Date.parse(deliveredAt), until, left }]
    })
    .sort((a, b) => a.until - b.until)
}

/** What a return takes of a line: all that was asked for until it arrived, then what did arrive. */
function piecesOf({ status, lines }: ReturnFacts['returns'][number], sku: string): number {
  if (status === 'declined') return 0
  const isAwaited = status === 'requested' || status === 'approved'
  return lines
    .filter((line) => line.sku === sku)
    .reduce(
      (sum, line) => sum + (isAwaited ? line.quantity : line.restockedQuantity + line.writtenOffQuantity),
      0,
    )
}

/** Takes pieces from the parcels in their order; what they do not have is the answer. */
function take(parcels: readonly Arrived[], pieces: number): number {
  let left = Math.max(0, pieces)
  for (const parcel of parcels) {
    const taken = Math.min(parcel.left, left)
    parcel.left -= taken
    left -= taken
  }
  return left
}
