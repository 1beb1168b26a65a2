import type { ShopEvent } from '@souk/events/catalog'

type Listener = () => void

export type OrderFeed = {
  /** Calls `listener` after each event of the order, until the returned function is called. */
  follow(orderId: string, listener: Listener): () => void
  onEvent(event: ShopEvent): void
  /** Events may have been missed: everybody looks again. */
  onGap(): void
  followed(): number
}

/** Brings events of orders and their payments to those who look at them. */
export function createOrderFeed(): OrderFeed {
  const followers = new Map<string, Set<Listener>>()
  return {
    follow: (orderId, listener) => {
      const listeners = followers.get(orderId) ?? new Set()
      followers.set(orderId, listeners.add(listener))
      return () => {
        listeners.delete(listener)
        if (listeners.size === 0 && followers.get(orderId) === listeners) followers.delete(orderId)
      }
    },
    onEvent: (event) => {
      const orderId = orderOf(event)
      if (orderId !== undefined) for (const listener of followers.get(orderId) ?? []) listener()
    },
    onGap: () => {
      for (const listeners of followers.values()) for (const listener of listeners) listener()
    },
    followed: () => followers.size,
  }
}

function orderOf(event: ShopEvent): string | undefined {
  return 'orderId' in event.data ? event.data.orderId : undefined
}
