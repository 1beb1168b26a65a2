import type { Order } from '@souk/order/contract'

/** Answers can overtake each other: an older state never replaces a newer one. */
export function newerOrder(known: Order, next: Order): Order {
  return next.id === known.id && next.updatedAt >= known.updatedAt ? next : known
}

const longestPauseMs = 30_000

/** 1, 2, 4 ... seconds, at most half a minute. */
export function reconnectPauseMs(failures: number): number {
  return Math.min(longestPauseMs, 1000 * 2 ** Math.min(failures - 1, 10))
}
