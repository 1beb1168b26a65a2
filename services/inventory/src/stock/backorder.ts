import type { LevelAt } from './stock.ts'

export type Waiting = { reservationId: string; orderId: string; waiting: number }
export type Fill = Waiting & { locationId: string; quantity: number }

/** What arrived goes to those who wait, oldest first, from the places in the order given. */
export function fillOldestFirst(places: readonly LevelAt[], waiting: readonly Waiting[]): Fill[] {
  const free = places.map(({ locationId, onHand, reserved }) => ({ locationId, left: onHand - reserved }))
  return waiting.flatMap((order) => {
    let wanted = order.waiting
    const fills: Fill[] = []
    for (const place of free) {
      const quantity = Math.min(wanted, place.left)
      if (quantity <= 0) continue
      fills.push({ ...order, locationId: place.locationId, quantity })
      place.left -= quantity
      wanted -= quantity
    }
    return fills
  })
}
